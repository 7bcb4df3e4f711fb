import type { z } from "zod";
import { reconcileRoom } from "./reconcileRoom.js";
import { attemptInTurn } from "../attemptAll.js";
import { showRef } from "../collections.js";
import type { ShowStatus } from "../contract/shows.js";
import type { Dependencies } from "../dependencies.js";
import { publishFeed } from "../feed/publishFeed.js";
import type { sweepShowTask } from "../tasks/tasks.js";
import { cleanUpShow } from "./cleanUpShow.js";
import { handOver } from "./handOver.js";

/** A start that takes longer was given up by who began it (ms). */
const STARTING_LASTS_MS = 60_000;

/**
 * After this time (ms) a sweep leaves the rest to the next one, which comes within a minute: two at once would repair
 * the same participants. Well below the function's timeout.
 */
const SWEEP_LASTS_MS = 45_000;

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
 * Repairs one show: who leads, the feed, the audio room and the rights in it, and who is present; or, once it is
 * over, what its end left undone. What fails does not keep the rest from being repaired. Presence comes last,
 * because it alone takes longer the larger the show is.
 */
export async function sweepShow(
  deps: SweepDependencies,
  { showId, participants }: z.output<typeof sweepShowTask.payload>,
): Promise<void> {
  const stopAt = deps.clock.now() + SWEEP_LASTS_MS;
  const show = await showRef(deps.firestore, showId).get();
  const status = show.data()?.status;
  // Somebody else's room on the same LiveKit server.
  if (status === undefined) return;
  if (status !== "live") {
    if (!(await isStarting(deps, showId, status))) await cleanUpShow(deps, showId);
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
        if (!hasEnded) await reconcileRoom(deps, showId, { participants, stopAt });
      },
    ],
    `show ${showId} is not repaired`,
  );
}

/** `startShow` makes the room before it writes that the show is live. */
async function isStarting(
  { rooms, clock }: SweepDependencies,
  showId: string,
  status: ShowStatus,
): Promise<boolean> {
  if (status !== "draft" && status !== "scheduled") return false;
  const room = await rooms.look(showId);
  return room !== null && clock.now() - room.since < STARTING_LASTS_MS;
}
