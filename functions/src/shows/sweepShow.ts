import type { z } from "zod";
import { reconcileRoom } from "./reconcileRoom.js";
import { attemptInTurn, causesOf } from "../attemptAll.js";
import { showRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { isRefusal } from "../errors.js";
import { publishFeed } from "../feed/publishFeed.js";
import type { sweepShowTask } from "../tasks/tasks.js";
import { cleanUpShow } from "./cleanUpShow.js";
import { handOver } from "./handOver.js";
import { log } from "../log.js";

/** How long a start may take before it counts as abandoned, in ms. */
const STARTING_LASTS_MS = 60_000;

/**
 * How long a sweep works before it leaves the rest to the next one, in ms. The next one comes within a minute, and two
 * simultaneous sweeps would repair the same participants. This is well below the function's timeout.
 */
const SWEEP_LASTS_MS = 45_000;

/** If a scheduled sweep is later than this (in ms), it does nothing: the next one is already in the queue. */
const STALE_MS = 60_000;

type SweepDependencies = Pick<
  Dependencies,
  | "firestore"
  | "clock"
  | "rooms"
  | "tasks"
  | "audienceIntervalMs"
  | "digestIntervalMs"
  | "hostGraceMs"
  | "presenceGraceMs"
>;

/**
 * Sweeps one show. A scheduled sweep that is late does nothing, so that a queue that has fallen behind catches up. A
 * failure of LiveKit alone does not cause a retry of a scheduled sweep: the next minute's sweep tries again, and sweeps
 * that wait for LiveKit would delay all others. A sweep that a call or an event requested is retried.
 */
export async function sweepShow(
  deps: SweepDependencies,
  task: z.output<typeof sweepShowTask.payload>,
): Promise<void> {
  const { showId, plannedAt } = task;
  if (plannedAt === undefined) return repairShow(deps, task);
  if (deps.clock.now() - plannedAt > STALE_MS) {
    log("INFO", "sweep came too late", { showId, plannedAt });
    return;
  }
  try {
    await repairShow(deps, task);
  } catch (error) {
    const isLivekitAlone = causesOf(error).every((cause) => isRefusal(cause, "AUDIO_UNAVAILABLE"));
    // The LiveKit adapter has already logged the error.
    if (!isLivekitAlone) throw error;
  }
}

/**
 * Repairs one show: who leads, the feed, the audio room and the permissions in it, and who is present; or, after its end,
 * what is still to be cleaned up. A failure does not prevent the rest from being repaired. Presence comes last,
 * because it alone takes longer the larger the show is.
 */
async function repairShow(
  deps: SweepDependencies,
  { showId, participants, isLivekitSilent }: z.output<typeof sweepShowTask.payload>,
): Promise<void> {
  const stopAt = deps.clock.now() + SWEEP_LASTS_MS;
  const show = await showRef(deps.firestore, showId).get();
  const status = show.data()?.status;
  // The room belongs to another project on the same LiveKit server.
  if (status === undefined) return;
  if (status === "draft" || status === "scheduled") {
    // An abandoned start leaves behind a room and nothing else.
    if (!(await isStarting(deps, showId))) await deps.rooms.close(showId);
    return;
  }
  if (status !== "live") {
    await cleanUpShow(deps, showId);
    return;
  }
  let hasEnded = false;
  await attemptInTurn(
    [
      async () => {
        hasEnded = (await handOver(deps, showId)) === "ended";
      },
      () => publishFeed(deps, { showId }),
      async () => {
        if (!hasEnded && !isLivekitSilent)
          await reconcileRoom(deps, showId, { participants, stopAt });
      },
    ],
    `show ${showId} is not repaired`,
  );
}

/** `startShow` makes the room before it writes that the show is live. */
async function isStarting({ rooms, clock }: SweepDependencies, showId: string): Promise<boolean> {
  const room = await rooms.look(showId);
  return room !== null && clock.now() - room.since < STARTING_LASTS_MS;
}
