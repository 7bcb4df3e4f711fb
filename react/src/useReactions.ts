import type { ReactionKind, ReactionTotals, Show, Tap } from "@ambient/client/core";
import { useCallback } from "react";
import { useObservable, type Observation } from "./useObservable.js";

/**
 * The reactions of a show.
 *
 * @example
 * ```ts
 * const claps = ({ totals }: ReactionsState) => totals.value?.clap ?? 0;
 * ```
 */
export interface ReactionsState {
  readonly totals: Observation<ReactionTotals>;
  /** Whether a tap counts now. */
  readonly isOpen: boolean;
  readonly send: (kind: ReactionKind) => Tap;
}

/**
 * The reactions of a show, with the person's own taps at once. For animations use `show.reactions.onBurst`.
 *
 * @example
 * ```ts
 * const { totals, isOpen, send } = useReactions(show);
 * ```
 */
export function useReactions(show: Show): ReactionsState {
  const presence = useObservable(show.presence).value;
  const connection = useObservable(show.connection).value;
  const details = useObservable(show.details).value;
  return {
    totals: useObservable(show.reactions.totals),
    isOpen: presence.kind === "present" && connection === "online" && details.status === "live",
    send: useCallback((kind: ReactionKind) => show.reactions.send(kind), [show]),
  };
}
