import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import { assertAdmin, assertNotOneself } from "../admins/assertAdmin.js";
import { isAdminAccount, isSameEnd } from "../admins/secondAdmin.js";
import type { Caller } from "../caller.js";
import { adminRef, deletionRef, suspensionRef, userRef } from "../collections.js";
import type { suspendAccount as contract } from "../contract/suspensions.js";
import { Refusal } from "../errors.js";
import { isSuspended } from "../identity/assertNotSuspended.js";
import { readTogether } from "../readTogether.js";
import { decideCase, finishDecision, type DecidingDependencies } from "./decideCase.js";
import { ownInitiative } from "./ownInitiative.js";

/**
 * Suspends an account. The same suspension again gives the same answer and completes what was interrupted; a different
 * end replaces the suspension.
 */
export async function suspendAccount(
  deps: DecidingDependencies,
  caller: Caller,
  { uid, until, reason }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  assertNotOneself(caller, uid);
  const db = deps.firestore;
  const end = until === null ? null : Timestamp.fromMillis(until);
  const claim = await deps.accounts.isAdmin(uid);
  const outcome = await db.runTransaction(async (transaction) => {
    const [record, target, user, deletion, suspension] = await readTogether(
      transaction,
      adminRef(db, caller.uid),
      adminRef(db, uid),
      userRef(db, uid),
      deletionRef(db, uid),
      suspensionRef(db, uid),
    );
    assertAdmin(caller, record);
    const current = suspension.data();
    if (isSuspended(current, deps.clock.now())) {
      const isSame = isAdminAccount(target, claim)
        ? isSameEnd(current.until, end)
        : current.until?.toMillis() === end?.toMillis();
      if (isSame) return { status: "suspended" as const, ...current };
    }
    const profile = user.data() ?? deletion.data()?.profile;
    if (!profile) throw new Refusal("PERSON_NOT_FOUND");
    const reportCase = ownInitiative(deps, caller, reason, { uid, user: profile });
    const admin = { uid: caller.uid, record };
    const verdict = {
      decision: "account_suspended",
      reason,
      until: end,
      action: "suspendAccount",
    } as const;
    const decided = await decideCase(deps, transaction, admin, reportCase, verdict, claim);
    return decided.status === "resolved"
      ? { status: "suspended" as const, reportId: reportCase.ref.id, until: decided.until }
      : { status: decided.status, reportId: null, until: end };
  });
  const { status, reportId } = outcome;
  if (status === "suspended") {
    await finishDecision(deps, "account_suspended", { uid, showId: null });
  }
  return { status, reportId, until: outcome.until?.toMillis() ?? null };
}
