import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import { audienceCount } from "../audience/audienceCount.js";
import type { Caller } from "../callable.js";
import {
  commentsRef,
  feedRef,
  liveShowRef,
  participantsRef,
  showRef,
  summaryRef,
} from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { queries, select } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { lifecycleStep } from "./lifecycle.js";
import type { endShow as contract, ShowDocument, ShowSummary } from "./schema.js";

/**
 * Ends the show and keeps its summary. Participants keep their state, so that those who were there
 * can still read. Anyone but the creator, who leads and an admin is refused with NOT_HOST.
 */
export async function endShow(
  deps: Pick<Dependencies, "firestore" | "clock">,
  caller: Caller,
  { showId }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  return db.runTransaction(async (transaction) => {
    const [showSnapshot, summarySnapshot, feedSnapshot] = await readTogether(
      transaction,
      showRef(db, showId),
      summaryRef(db, showId),
      feedRef(db, showId),
    );
    const show = showSnapshot.data();
    if (!show) throw new Refusal("SHOW_NOT_FOUND");
    if (!mayEnd(show, caller)) throw new Refusal("NOT_HOST");
    if (lifecycleStep("end", show.status) === "done") {
      const summary = summarySnapshot.data();
      if (!summary || !show.endedAt) throw new Error("an ended show has lost its summary");
      return { status: "ended", endedAt: show.endedAt.toMillis(), summary };
    }

    const now = Timestamp.fromMillis(deps.clock.now());
    const { present, ...counted } = await totals(deps, showId);
    const peak = Math.max(present, feedSnapshot.data()?.audience.peak ?? 0);
    const audience = { listeners: present, peak, countedAt: now };
    const summary: ShowSummary = {
      ...counted,
      durationMs: show.startedAt ? Math.max(0, now.toMillis() - show.startedAt.toMillis()) : 0,
      peak,
      tracksPlayed: 0,
    };

    transaction
      .update(showSnapshot.ref, {
        status: "ended",
        endedAt: now,
        endReason: isLeading(show, caller) ? "ended_by_host" : "ended_by_admin",
        audience,
        updatedAt: now,
      })
      .set(summarySnapshot.ref, summary)
      .set(feedSnapshot.ref, { audience, updatedAt: now }, { merge: true })
      .delete(liveShowRef(db, show.creatorUid));
    return { status: "ended", endedAt: now.toMillis(), summary };
  });
}

function isLeading(show: ShowDocument, caller: Caller): boolean {
  return caller.uid === show.creatorUid || caller.uid === show.hostUid;
}

function mayEnd(show: ShowDocument, caller: Caller): boolean {
  return isLeading(show, caller) || caller.isAdmin;
}

/**
 * Counted outside the transaction on purpose: a lock on every comment would make the room wait for
 * the count. What arrives between the count and the end is not in it.
 */
async function totals(
  deps: Pick<Dependencies, "firestore">,
  showId: string,
): Promise<Pick<ShowSummary, "listeners" | "comments" | "speakers"> & { present: number }> {
  const db = deps.firestore;
  const [participants, present, speakers, comments] = await Promise.all([
    participantsRef(db, showId).count().get(),
    audienceCount(db, showId),
    select(participantsRef(db, showId), queries.onStage, ["creator", "cohost", "speaker"])
      .count()
      .get(),
    commentsRef(db, showId).count().get(),
  ]);
  return {
    // The creator's own participant document is not one of his listeners.
    listeners: participants.data().count - 1,
    present,
    speakers: speakers.data().count,
    comments: comments.data().count,
  };
}
