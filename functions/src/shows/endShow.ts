import type { z } from "zod";
import type { ParticipantDocument } from "../contract/audience.js";
import { isAdminInAuth } from "../admins/assertAdmin.js";
import { writeAudit } from "../admins/writeAudit.js";
import type { Caller } from "../caller.js";
import {
  adminRef,
  feedRef,
  participantRef,
  showRef,
  stageRef,
  summaryRef,
} from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { cleanUpNow, concludeShow } from "./concludeShow.js";
import { lifecycleStep } from "./lifecycle.js";
import { readTotals } from "./showTotals.js";
import type { endShow as contract, ShowDocument } from "../contract/shows.js";

/** Ends the show. Refuses everyone but the creator, the leading host and admins with NOT_HOST. */
export async function endShow(
  deps: Pick<
    Dependencies,
    | "firestore"
    | "clock"
    | "newId"
    | "rooms"
    | "tasks"
    | "accounts"
    | "audienceIntervalMs"
    | "digestIntervalMs"
  >,
  caller: Caller,
  { showId }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const [isAdminAccount, totals] = await Promise.all([
    isAdminInAuth(deps, caller),
    readTotals(db, showId),
  ]);
  const { endedAt, summary } = await db.runTransaction(async (transaction) => {
    const [showSnapshot, participant, summarySnapshot, feed, stage, record] = await readTogether(
      transaction,
      showRef(db, showId),
      participantRef(db, showId, caller.uid),
      summaryRef(db, showId),
      feedRef(db, showId),
      stageRef(db, showId),
      adminRef(db, caller.uid),
    );
    const show = showSnapshot.data();
    if (!show) throw new Refusal("SHOW_NOT_FOUND");
    const isLeading = leads(show, participant.data(), caller.uid);
    const isAdmin = isAdminAccount && record.data()?.isAdmin !== false;
    if (!isLeading && !isAdmin) throw new Refusal("NOT_HOST");
    if (lifecycleStep("end", show.status) === "done") {
      const kept = summarySnapshot.data();
      if (!kept || !show.endedAt) throw new Error("an ended show has lost its summary");
      return { endedAt: show.endedAt, summary: kept };
    }
    const live = { ref: showSnapshot.ref, show, feed, stage: stage.data() };
    if (isLeading) return concludeShow(deps, transaction, live, "ended_by_host", totals);
    const concluded = await concludeShow(deps, transaction, live, "ended_by_admin", totals);
    const uid = show.creatorUid;
    writeAudit(deps, transaction, { by: caller.uid, action: "endShow", uid, showId });
    return concluded;
  });
  await cleanUpNow(deps, showId);
  return { status: "ended", endedAt: endedAt.toMillis(), summary };
}

/** A demoted or removed person no longer leads, even if `hostUid` names them. */
function leads(
  show: ShowDocument,
  participant: ParticipantDocument | undefined,
  uid: string,
): boolean {
  if (uid === show.creatorUid) return true;
  const isOut = participant && (participant.state !== "present" || participant.role !== "cohost");
  return uid === show.hostUid && isOut !== true;
}
