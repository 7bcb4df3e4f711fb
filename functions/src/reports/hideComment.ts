import type { z } from "zod";
import type { Caller } from "../caller.js";
import { adminRef, commentRef, showRef } from "../collections.js";
import type { hideComment as contract } from "../contract/reports.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { assertAdmin, assertClaimsAdmin } from "../admins/assertAdmin.js";
import { decideMatter, type DecidingDependencies } from "./decideMatter.js";
import { ownInitiative } from "./ownInitiative.js";

/** Hides a comment that nobody has reported. A comment that an admin has hidden before keeps that decision. */
export async function hideComment(
  deps: DecidingDependencies,
  caller: Caller,
  { showId, commentId, reason }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  assertClaimsAdmin(caller);
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
    const matter = { ...ownInitiative(deps, caller, reason, named), show, comment };
    const admin = { uid: caller.uid, record };
    const wanted = {
      decision: "content_hidden",
      reason,
      until: null,
      action: "hideComment",
    } as const;
    await decideMatter(deps, transaction, admin, matter, wanted);
    return { reportId: matter.ref.id };
  });
}
