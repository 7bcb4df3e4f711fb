import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import { writeAudit } from "../admins/writeAudit.js";
import type { Caller } from "../caller.js";
import { adminRef, noticeRef, suspensionRef, userRef } from "../collections.js";
import type { liftSuspension as contract } from "../contract/suspensions.js";
import type { Dependencies } from "../dependencies.js";
import { readTogether } from "../readTogether.js";
import { isSuspended } from "../identity/assertNotSuspended.js";
import { assertAdmin, assertClaimsAdmin, assertNotOneself } from "../admins/assertAdmin.js";
import { endSuspensionNow } from "./applySuspension.js";
import { confirmationOf, isAdminAccount, isConfirmed } from "../admins/secondAdmin.js";

const action = "liftSuspension";

/** Ends a suspension now. Of a person who is not suspended there is nothing to lift. */
export async function liftSuspension(
  deps: Parameters<typeof endSuspensionNow>[0] & Pick<Dependencies, "newId">,
  caller: Caller,
  { uid, reason }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  assertClaimsAdmin(caller);
  assertNotOneself(caller, uid);
  const db = deps.firestore;
  const claim = await deps.accounts.isAdmin(uid);
  const status = await db.runTransaction(async (transaction) => {
    const [record, targetRecord, suspension, user, confirmation] = await readTogether(
      transaction,
      adminRef(db, caller.uid),
      adminRef(db, uid),
      suspensionRef(db, uid),
      userRef(db, uid),
      confirmationOf(db, action, uid),
    );
    assertAdmin(caller, record);
    const now = deps.clock.now();
    const current = suspension.data();
    if (!isSuspended(current, now)) return "lifted";
    const entry = { by: caller.uid, action, uid, reason, reportId: current.reportId } as const;
    if (isAdminAccount(targetRecord, claim)) {
      const admin = { uid: caller.uid, record };
      const wanted = { action, uid, until: null };
      const answer = isConfirmed(transaction, confirmation, admin, wanted, now);
      if (answer === "requested") writeAudit(deps, transaction, { ...entry, step: "requested" });
      if (answer !== "confirmed") return "awaiting_second_admin";
    }
    const at = Timestamp.fromMillis(now);
    transaction.update(suspension.ref, { until: at });
    transaction.create(noticeRef(db, uid, deps.newId()), {
      kind: "suspension_lifted",
      reportId: current.reportId,
      decision: "account_suspended",
      about: {
        kind: "profile",
        uid,
        showId: null,
        commentId: null,
        excerpt: user.data()?.displayName ?? "",
      },
      reason,
      until: at,
      appealUntil: null,
      createdAt: at,
    });
    writeAudit(deps, transaction, entry);
    return "lifted";
  });
  if (status === "lifted") await endSuspensionNow(deps, uid);
  return { status };
}
