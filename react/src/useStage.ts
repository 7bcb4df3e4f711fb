import {
  isHost as isHostRole,
  type Participant,
  type Show,
  type SpeakRequest,
} from "@ambient/client/core";
import { constant, useObservable, type Observation } from "./useObservable.js";

/**
 * Who is on the stage, and where the person stands.
 *
 * @example
 * ```ts
 * const isInvited = ({ me }: StageState) => me.invitedTo !== null;
 * ```
 */
export interface StageState {
  readonly people: Observation<readonly Participant[]>;
  /** The person's own request to speak. */
  readonly request: Observation<SpeakRequest | undefined>;
  readonly me: Participant;
  readonly isHost: boolean;
  /** For hosts: the pending requests. None for others. */
  readonly requests: Observation<readonly SpeakRequest[]>;
}

const noRequests = constant<readonly SpeakRequest[]>([]);

/**
 * The stage of a show. Act with `show.stage` in a `useAction`.
 *
 * @example
 * ```ts
 * const { people, request, isHost } = useStage(show);
 * ```
 */
export function useStage(show: Show): StageState {
  const me = useObservable(show.me).value;
  const isHost = isHostRole(me.role);
  return {
    people: useObservable(show.stage.people),
    request: useObservable(show.stage.request),
    requests: useObservable(isHost ? show.stage.requests() : noRequests),
    me,
    isHost,
  };
}
