import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import { assertAdmin, assertNotOneself } from "../admins/assertAdmin.js";
import { confirmationOf, confirmBySecondAdmin, isAdminAccount } from "../admins/secondAdmin.js";
import { writeAudit } from "../admins/writeAudit.js";
import type { Caller } from "../caller.js";
import { adminRef, deletionRef, suspensionRef, userRef } from "../collections.js";
import type { liftSuspension as contract } from "../contract/suspensions.js";
import { otherDecisions, withdraw } from "../decisions/otherDecisions.js";
import { readRecipients, sendNotice } from "../decisions/sendNotice.js";
import type { Dependencies } from "../dependencies.js";
import { isSuspended } from "../identity/assertNotSuspended.js";
import { readTogether } from "../readTogether.js";
import { endSuspensionNow } from "./applySuspension.js";

const action = "liftSuspension";

/**
 * Ends a suspension now, whichever decisions it is based on. Does nothing if the person is not suspended, except
 * completing an end that was interrupted.
 */
export async function liftSuspension(
  deps: Pick<Dependencies, "firestore" | "clock" | "newId" | "accounts">,
  caller: Caller,
  { uid, reason }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  assertNotOneself(caller, uid);
  const db = deps.firestore;
  const claim = await deps.accounts.isAdmin(uid);
  const { status, isEnding } = await db.runTransaction(async (transaction) => {
    const [record, targetRecord, suspension, user, deletion, confirmation] = await readTogether(
      transaction,
      adminRef(db, caller.uid),
      adminRef(db, uid),
      suspensionRef(db, uid),
      userRef(db, uid),
      deletionRef(db, uid),
      confirmationOf(db, action, uid),
    );
    assertAdmin(caller, record);
    const now = deps.clock.now();
    const current = suspension.data();
    if (!isSuspended(current, now)) {
      return { status: "lifted" as const, isEnding: suspension.exists };
    }
    const { reportId } = current;
    const profile = user.data() ?? deletion.data()?.profile;
    const about = {
      kind: "profile" as const,
      uid,
      showId: null,
      commentId: null,
      excerpt: profile?.displayName ?? "",
    };
    const [recipients, decisions] = await Promise.all([
      readRecipients(db, transaction, [uid]),
      otherDecisions(deps, transaction, { about, decision: "account_suspended" }),
    ]);
    const entry = { reason, reportId };
    if (isAdminAccount(targetRecord, claim)) {
      const admin = { uid: caller.uid, record };
      const request = { action, uid, until: null, entry } as const;
      if (!(await confirmBySecondAdmin(deps, transaction, admin, confirmation, request))) {
        return { status: "awaiting_second_admin" as const, isEnding: false };
      }
    }
    const at = Timestamp.fromMillis(now);
    transaction.update(suspension.ref, { until: at });
    withdraw(transaction, decisions);
    sendNotice(deps, transaction, recipients, uid, {
      kind: "suspension_lifted",
      reportId,
      decision: "account_suspended",
      about,
      reason,
      until: at,
      appealUntil: null,
    });
    writeAudit(deps, transaction, { by: caller.uid, action, uid, ...entry });
    return { status: "lifted" as const, isEnding: true };
  });
  if (isEnding) await endSuspensionNow(deps, uid);
  return { status };
}
