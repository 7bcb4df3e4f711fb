import { Timestamp } from "firebase-admin/firestore";
import type { ParticipantDocument } from "../contract/audience.js";
import { participantRef, participantsRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { queries } from "../contract/queries.js";
import { select } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { cleanUpNow, concludeShow, readLiveShow } from "./concludeShow.js";
import { readTotals, type ShowTotals } from "./showTotals.js";

type HandOverDependencies = Pick<
  Dependencies,
  | "firestore"
  | "clock"
  | "rooms"
  | "tasks"
  | "audienceIntervalMs"
  | "digestIntervalMs"
  | "hostGraceMs"
>;

/**
 * Makes sure that somebody who is present leads a live show. The creator leads while they are present. Once the leading host has been absent for longer than the grace period, the present cohost who joined first leads. Without a cohost, the show
 * ends (`host_left`), and the answer is "ended".
 * Safe to run at any time and any number of times.
 */
export async function handOver(
  deps: HandOverDependencies,
  showId: string,
): Promise<"ended" | null> {
  if ((await findLeader(deps, showId, null)) !== "nobody") return null;
  // The show is about to end: count its audience for the last time, then decide again.
  const totals = await readTotals(deps.firestore, showId);
  if ((await findLeader(deps, showId, totals)) !== "ended") return null;
  await cleanUpNow(deps, showId);
  return "ended";
}

/** "nobody": the show has to end, for which its totals are needed. */
async function findLeader(
  deps: HandOverDependencies,
  showId: string,
  totals: ShowTotals | null,
): Promise<"nobody" | "ended" | null> {
  const db = deps.firestore;
  return db.runTransaction(async (transaction) => {
    const live = await readLiveShow(transaction, db, showId);
    if (!live) return null;
    const { ref, show } = live;
    const hostUid = show.hostUid ?? show.creatorUid;
    const [creatorSnapshot, leaderSnapshot] = await readTogether(
      transaction,
      participantRef(db, showId, show.creatorUid),
      participantRef(db, showId, hostUid),
    );
    const creator = creatorSnapshot.data();
    const leader = leaderSnapshot.data();
    if (creator?.state === "present") return null;
    if (leader?.state === "present" && leader.role === "cohost") return null;

    const now = deps.clock.now();
    const lookAt = Math.max(goneSince(creator), goneSince(leader)) + deps.hostGraceMs;
    if (now < lookAt) return null;
    const cohosts = select(
      participantsRef(db, showId),
      queries.presentCohosts,
      "present",
      "cohost",
    ).limit(1);
    const [next] = (await transaction.get(cohosts)).docs;
    if (next) {
      const updatedAt = Timestamp.fromMillis(now);
      transaction.update(ref, { hostUid: next.id, updatedAt });
      return null;
    }
    if (!totals) return "nobody";
    await concludeShow(deps, transaction, live, "host_left", totals);
    return "ended";
  });
}

/** A demoted leader is present, but no longer leads. */
function goneSince(participant: ParticipantDocument | undefined): number {
  return participant?.leftAt?.toMillis() ?? 0;
}
