import { Timestamp } from "firebase-admin/firestore";
import { createHash } from "node:crypto";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { commentRef, reportRef, showRef, userRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { invalidArgument, Refusal } from "../errors.js";
import { requireProfile } from "../identity/requireProfile.js";
import { allowanceRef, spend } from "../limits/spend.js";
import { readTogether } from "../readTogether.js";
import type { report as contract } from "../contract/reports.js";
import { openReport, reportedContent } from "./openReport.js";

/**
 * Files a report with a snapshot of what it is about. The id is a hash of the report, so a retry or a double click files
 * it once.
 */
export async function report(
  deps: Pick<Dependencies, "firestore" | "clock">,
  caller: Caller,
  { showId, commentId, uid, reason, category = "other" }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const content = {
    ...(showId !== undefined && { showId }),
    ...(commentId !== undefined && { commentId }),
    ...(uid !== undefined && { uid }),
    reason,
    ...(category !== "other" && { category }),
  };
  const reportId = createHash("sha256")
    .update(JSON.stringify([caller.uid, content]))
    .digest("hex");
  await db.runTransaction(async (transaction) => {
    // For what the report does not name, a placeholder is read and ignored.
    const [reportSnapshot, allowance, showSnapshot, commentSnapshot, userSnapshot, reporter] =
      await readTogether(
        transaction,
        reportRef(db, reportId),
        allowanceRef(db, "report", caller.uid),
        showRef(db, showId ?? "-"),
        commentRef(db, showId ?? "-", commentId ?? "-"),
        userRef(db, uid ?? caller.uid),
        userRef(db, caller.uid),
      );
    if (reportSnapshot.exists) return;
    const show = showId === undefined ? undefined : showSnapshot.data();
    const isMine = show?.creatorUid === caller.uid;
    const isHidden = show?.status === "draft" || show?.visibility === "taken_down";
    if (showId !== undefined && (!show || (isHidden && !isMine))) {
      throw new Refusal("SHOW_NOT_FOUND");
    }
    const comment = commentId === undefined ? undefined : commentSnapshot.data();
    if (commentId !== undefined && !comment) throw new Refusal("COMMENT_NOT_FOUND");
    const user = uid === undefined ? undefined : userSnapshot.data();
    if (uid !== undefined && !user) throw new Refusal("PERSON_NOT_FOUND");
    if (comment && uid !== undefined && comment.authorUid !== uid) {
      throw invalidArgument("uid", "must be the comment's author");
    }
    await requireProfile(transaction, db, reporter);

    const now = deps.clock.now();
    spend(transaction, "report", allowance, now);
    const reported = reportedContent({ showId, commentId, uid, show, comment, user });
    const createdAt = Timestamp.fromMillis(now);
    transaction.set(
      reportSnapshot.ref,
      openReport({ reporterUid: caller.uid, ...content, category, createdAt }, reported),
    );
  });
  return { reportId };
}
