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
 * Files a report, with what it is about as that is now. Its id comes from what it says, so that the retry of a lost
 * answer, and whoever presses twice, files it once.
 */
export async function report(
  deps: Pick<Dependencies, "firestore" | "clock">,
  caller: Caller,
  { showId, commentId, uid, reason, category = "other" }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const said = {
    ...(showId !== undefined && { showId }),
    ...(commentId !== undefined && { commentId }),
    ...(uid !== undefined && { uid }),
    reason,
    ...(category !== "other" && { category }),
  };
  const reportId = createHash("sha256")
    .update(JSON.stringify([caller.uid, said]))
    .digest("hex");
  await db.runTransaction(async (transaction) => {
    // Where the report does not name one of these, what is read in its place is left alone.
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
    const content = reportedContent({ showId, commentId, uid, show, comment, user });
    const createdAt = Timestamp.fromMillis(now);
    transaction.set(
      reportSnapshot.ref,
      openReport({ reporterUid: caller.uid, ...said, category, createdAt }, content),
    );
  });
  return { reportId };
}
