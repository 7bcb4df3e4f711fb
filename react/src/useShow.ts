import {
  isStaying,
  ownShowOnAir,
  type StayState,
  type Presence,
  type Show,
} from "@ambient/client/core";
import type { AmbientError } from "@ambient/client/core";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useAmbientContext, useStay } from "./context.js";
import { useObservable } from "./useObservable.js";

/**
 * A show that a view joins.
 *
 * - `joining`: the server has not answered yet
 * - `in`: `presence` says whether the person is still there, and why not
 * - `refused`: joining failed
 * - `onAir`: the person is live in `own`, a show of their own. It continues unless `retry` leaves it to join this one
 * - `outside`: not in the show, because the person left while joining or is in another show, because nobody is signed in,
 *   or because the view has no id yet
 *
 * @example
 * ```ts
 * const titleOf = (state: ShowState) =>
 *   state.kind === "in" ? state.show.details.current.title : "";
 * ```
 */
export type ShowState = (
  | { readonly kind: "joining" }
  | { readonly kind: "in"; readonly show: Show; readonly presence: Presence }
  | { readonly kind: "refused"; readonly error: AmbientError }
  | { readonly kind: "onAir"; readonly own: Show }
  | { readonly kind: "outside" }
) & {
  /** Leaves the show, or stops joining it. */
  readonly leave: () => Promise<void>;
  /** Joins again, after an error, a removal or a stay elsewhere. */
  readonly retry: () => void;
};

/**
 * Joins a show when its view opens. The stay and its audio continue after the view closes, until `leave` is called or
 * another show is joined. Without an id it joins nothing. It takes no creator out of their own live show.
 *
 * @example
 * ```ts
 * const state = useShow(showId);
 * const title = state.kind === "in" ? state.show.details.current.title : "One moment";
 * ```
 */
export function useShow(showId: string | undefined): ShowState {
  const { stay, uid, views } = useAmbientContext();
  const state = useObservable(stay.state).value;
  const entered = useRef<{ readonly stay: unknown; readonly showId: string }>(undefined);
  // Before the sign-in is restored, the server would refuse.
  const isSignedIn = typeof uid === "string";
  useEffect(() => {
    if (showId === undefined || !isSignedIn) return undefined;
    entered.current = { stay, showId };
    views.push(showId);
    stay.enter(showId);
    return () => {
      views.splice(views.indexOf(showId), 1);
      if (!views.includes(showId)) stay.forget(showId);
    };
  }, [stay, views, showId, isSignedIn]);
  const hasEntered = entered.current?.stay === stay && entered.current.showId === showId;
  const isAboutToJoin = !hasEntered && showId !== undefined && uid !== null;
  const leave = useCallback(async () => {
    if (stay.state.current.showId === showId) await stay.leave();
  }, [stay, showId]);
  const retry = useCallback(() => {
    if (showId !== undefined) stay.rejoin(showId);
  }, [stay, showId]);
  return useMemo(
    () => ({ ...stateAt(state, showId, isAboutToJoin), leave, retry }),
    [state, showId, isAboutToJoin, leave, retry],
  );
}

function stateAt(state: StayState, showId: string | undefined, isAboutToJoin: boolean) {
  if (showId === undefined) return { kind: "outside" } as const;
  if (state.showId === showId) {
    switch (state.kind) {
      case "joining":
        return { kind: state.kind } as const;
      case "refused":
        return { kind: state.kind, error: state.error } as const;
      case "in":
        return { kind: state.kind, show: state.show, presence: state.presence } as const;
    }
  }
  const own = ownShowOnAir(state);
  if (own) return { kind: "onAir", own } as const;
  return { kind: isAboutToJoin ? "joining" : "outside" } as const;
}

/**
 * The show that the person is in, in any view; undefined if they are in none. It is still theirs while the client rejoins
 * after a network failure.
 *
 * @example
 * ```ts
 * const show = useCurrentShow();
 * const title = show?.details.current.title;
 * ```
 */
export function useCurrentShow(): Show | undefined {
  const state = useObservable(useStay().state).value;
  return isStaying(state) ? state.show : undefined;
}
