import { isStaying, type Place, type Presence, type Show } from "@ambient/client/core";
import type { AmbientError } from "@ambient/client/core";
import { useCallback, useEffect, useMemo } from "react";
import { useStay, useUid } from "./context.js";
import { useObservable } from "./useObservable.js";

/**
 * A show that a view joins.
 *
 * - `joining`: the server has not answered yet
 * - `in`: `presence` says whether the person is still there, and why not
 * - `refused`: joining failed
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
) & {
  /** Leaves the show. */
  readonly leave: () => Promise<void>;
  /** Joins anew, after an error or a removal. */
  readonly retry: () => void;
};

/**
 * Joins a show while its view is open. The stay goes on when the view closes, so that its audio does, until `leave` is
 * called or another show is joined. Without an id it joins nothing.
 *
 * @example
 * ```ts
 * const state = useShow(showId);
 * const title = state.kind === "in" ? state.show.details.current.title : "One moment";
 * ```
 */
export function useShow(showId: string | undefined): ShowState {
  const stay = useStay();
  const isStarting = useUid() === undefined;
  const place = useObservable(stay.place).value;
  useEffect(() => {
    // Before the sign-in is restored, the server would refuse.
    if (showId === undefined || isStarting) return undefined;
    stay.enter(showId);
    return () => {
      stay.unwatch();
    };
  }, [stay, showId, isStarting]);
  const leave = useCallback(() => stay.leave(), [stay]);
  const retry = useCallback(() => {
    if (showId !== undefined) stay.enterAgain(showId);
  }, [stay, showId]);
  return useMemo(
    () => ({ ...stateAt(place, showId), leave, retry }),
    [place, showId, leave, retry],
  );
}

function stateAt(place: Place, showId: string | undefined) {
  if (place.showId === showId) {
    if (place.kind === "refused") return { kind: place.kind, error: place.error } as const;
    if (place.kind === "in") {
      return { kind: place.kind, show: place.show, presence: place.presence } as const;
    }
  }
  return { kind: "joining" } as const;
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
  const place = useObservable(useStay().place).value;
  return isStaying(place) ? place.show : undefined;
}
