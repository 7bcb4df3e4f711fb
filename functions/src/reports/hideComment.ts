import type { z } from "zod";
import type { Caller } from "../caller.js";
import { adminRef, commentRef, showRef } from "../collections.js";
import type { hideComment as contract } from "../contract/reports.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { assertAdmin } from "../admins/assertAdmin.js";
import { decideCase, type DecidingDependencies } from "./decideCase.js";
import { ownInitiative } from "./ownInitiative.js";

/** Hides a comment that nobody has reported. If an admin has already hidden the comment, that decision stands. */
export async function hideComment(
  deps: DecidingDependencies,
  caller: Caller,
  { showId, commentId, reason }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  return db.runTransaction(async (transaction) => {
    const [record, show, comment] = await readTogether(
      transaction,
      adminRef(db, caller.uid),
      showRef(db, showId),
      commentRef(db, showId, commentId),
    );
    assertAdmin(caller, record);
    if (!show.exists) throw new Refusal("SHOW_NOT_FOUND");
    const current = comment.data();
    if (!current) throw new Refusal("COMMENT_NOT_FOUND");
    if (current.hiddenByReport !== undefined) return { reportId: current.hiddenByReport };
    const named = { showId, commentId, show: show.data(), comment: current };
    const reportCase = { ...ownInitiative(deps, caller, reason, named), show, comment };
    const admin = { uid: caller.uid, record };
    const verdict = {
      decision: "content_hidden",
      reason,
      until: null,
      action: "hideComment",
    } as const;
    await decideCase(deps, transaction, admin, reportCase, verdict);
    return { reportId: reportCase.ref.id };
  });
}
