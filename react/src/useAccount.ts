import type { Profile } from "@ambient/client/core";
import { useAmbient, useUid } from "./context.js";
import { constant, useObservable, type Observation } from "./useObservable.js";

/**
 * The signed-in person.
 *
 * @example
 * ```ts
 * const nameOf = ({ profile }: AccountState) => profile.value?.displayName ?? "";
 * ```
 */
export interface AccountState {
  /** `null`: nobody is signed in. `undefined`: not known yet, while the app starts. */
  readonly uid: string | null | undefined;
  /** Known to be undefined if nobody is signed in. */
  readonly profile: Observation<Profile | undefined>;
}

const noProfile = constant(undefined);

/**
 * Who is signed in, and their profile.
 *
 * @example
 * ```ts
 * const { uid, profile } = useAccount();
 * ```
 */
export function useAccount(): AccountState {
  const { account } = useAmbient();
  const uid = useUid();
  const mine = typeof uid === "string" ? account.profile(uid) : undefined;
  return { uid, profile: useObservable(uid === null ? noProfile : mine) };
}
