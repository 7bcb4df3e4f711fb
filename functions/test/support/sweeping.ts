import { systemClock } from "../../src/clock.js";
import type { Dependencies } from "../../src/dependencies.js";
import { reconcileRoom } from "../../src/shows/reconcileRoom.js";
import { sweepShow } from "../../src/shows/sweepShow.js";
import { firestore } from "./backstage.js";
import type { LivekitBackdoor } from "./livekitBackdoor.js";

/** As in production, in ms: sweeps in tests run so much later, and nobody waits. */
export const PRESENCE_GRACE_MS = 150_000;
export const HOST_GRACE_MS = 300_000;

export interface Sweeping {
  /** What the sweep does with the room and with who is present, as it will be so much later. */
  reconcile(laterMs?: number): Promise<void>;
  /** The whole sweep. The feed that it publishes is newer than now, too. */
  sweep(laterMs?: number): Promise<void>;
}

export function sweeping(showId: string, { rooms }: Pick<LivekitBackdoor, "rooms">): Sweeping {
  const noQueue = { enqueue: () => Promise.resolve() };
  const deps = (laterMs: number) =>
    ({
      firestore,
      rooms,
      clock: { ...systemClock, now: () => systemClock.now() + laterMs },
      tasks: { publishFeed: noQueue, sweepShow: noQueue },
      presenceGraceMs: PRESENCE_GRACE_MS,
      hostGraceMs: HOST_GRACE_MS,
      audienceIntervalMs: 1_000,
      digestIntervalMs: 1_000,
    }) satisfies Partial<Dependencies>;
  return {
    reconcile: (laterMs = 0) => reconcileRoom(deps(laterMs), showId),
    sweep: (laterMs = 0) => sweepShow(deps(laterMs), { showId }),
  };
}
