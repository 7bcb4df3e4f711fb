import { systemClock } from "../../src/clock.js";
import type { Dependencies } from "../../src/dependencies.js";
import { reconcileRoom } from "../../src/shows/reconcileRoom.js";
import { sweepShow } from "../../src/shows/sweepShow.js";
import { firestore } from "./backstage.js";
import type { LivekitBackdoor } from "./livekitBackdoor.js";

/**
 * Production's grace periods in ms. Tests sweep with a clock that is ahead, so that nobody waits.
 */
export const PRESENCE_GRACE_MS = 150_000;
export const HOST_GRACE_MS = 300_000;

export interface Sweeping {
  /** Reconciles the room and the participants with a clock that is ahead by `laterMs`. */
  reconcile(laterMs?: number): Promise<void>;
  /** Runs the whole sweep, which also publishes a feed with that future time. */
  sweep(laterMs?: number): Promise<void>;
}

export function sweeping(showId: string, { rooms }: Pick<LivekitBackdoor, "rooms">): Sweeping {
  const noQueue = { enqueue: () => Promise.resolve() };
  const deps = (laterMs: number) =>
    ({
      firestore,
      rooms,
      clock: { ...systemClock, now: () => systemClock.now() + laterMs },
      tasks: {
        publishFeed: noQueue,
        sweepShow: noQueue,
        notify: noQueue,
        countFollowers: noQueue,
      },
      presenceGraceMs: PRESENCE_GRACE_MS,
      hostGraceMs: HOST_GRACE_MS,
      audienceIntervalMs: 1_000,
      digestIntervalMs: 1_000,
    }) satisfies Partial<Dependencies>;
  return {
    reconcile: (laterMs = 0) => reconcileRoom(deps(laterMs), showId, { stopAt: Infinity }),
    sweep: (laterMs = 0) => sweepShow(deps(laterMs), { showId }),
  };
}
