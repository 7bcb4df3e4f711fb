import { Timestamp } from "firebase-admin/firestore";
import { createHash } from "node:crypto";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { commentRef, reportRef, showRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { allowanceRef, spend } from "../limits/spend.js";
import { readTogether } from "../readTogether.js";
import type { report as contract } from "../contract/moderation.js";

/**
 * Files a report. Its id comes from what it says, so that the retry of a lost answer, and whoever
 * presses twice, files it once.
 */
export async function report(
  deps: Pick<Dependencies, "firestore" | "clock">,
  caller: Caller,
  { showId, commentId, uid, reason }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const said = {
    showId,
    ...(commentId !== undefined && { commentId }),
    ...(uid !== undefined && { uid }),
    reason,
  };
  const reportId = createHash("sha256")
    .update(JSON.stringify([caller.uid, said]))
    .digest("hex");
  await db.runTransaction(async (transaction) => {
    const [showSnapshot, reportSnapshot, allowance, commentSnapshot] = await readTogether(
      transaction,
      showRef(db, showId),
      reportRef(db, reportId),
      allowanceRef(db, "report", caller.uid),
      // Without a comment to look at, another document that is read anyway.
      commentId === undefined ? showRef(db, showId) : commentRef(db, showId, commentId),
    );
    if (reportSnapshot.exists) return;
    const show = showSnapshot.data();
    const isHidden = show?.status === "draft" && show.creatorUid !== caller.uid;
    if (!show || isHidden) throw new Refusal("SHOW_NOT_FOUND");
    if (!commentSnapshot.exists) throw new Refusal("COMMENT_NOT_FOUND");

    const now = deps.clock.now();
    spend(transaction, "report", allowance, now);
    const createdAt = Timestamp.fromMillis(now);
    transaction.set(reportSnapshot.ref, { reporterUid: caller.uid, ...said, createdAt });
  });
  return { reportId };
}
