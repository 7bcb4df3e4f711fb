import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { adminRef, suspensionRef, userRef } from "../collections.js";
import type { suspendAccount as contract } from "../contract/suspensions.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { isSuspended } from "../identity/assertNotSuspended.js";
import { assertAdmin, assertClaimsAdmin, assertNotOneself } from "../admins/assertAdmin.js";
import { decideMatter, finishDecision, type DecidingDependencies } from "./decideMatter.js";
import { ownInitiative } from "./ownInitiative.js";

/**
 * Suspends an account. The same suspension again gives the same answer and completes what broke off; another end
 * replaces it.
 */
export async function suspendAccount(
  deps: DecidingDependencies,
  caller: Caller,
  { uid, until, reason }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  assertClaimsAdmin(caller);
  assertNotOneself(caller, uid);
  const db = deps.firestore;
  const end = until === null ? null : Timestamp.fromMillis(until);
  const outcome = await db.runTransaction(async (transaction) => {
    const [record, user, suspension] = await readTogether(
      transaction,
      adminRef(db, caller.uid),
      userRef(db, uid),
      suspensionRef(db, uid),
    );
    assertAdmin(caller, record);
    const current = suspension.data();
    const isSame =
      isSuspended(current, deps.clock.now()) && current.until?.toMillis() === end?.toMillis();
    if (isSame) return { status: "suspended" as const, reportId: current.reportId };
    const profile = user.data();
    if (!profile) throw new Refusal("PERSON_NOT_FOUND");
    const matter = { ...ownInitiative(deps, caller, reason, { uid, user: profile }), user };
    const admin = { uid: caller.uid, record };
    const wanted = {
      decision: "account_suspended",
      reason,
      until: end,
      action: "suspendAccount",
    } as const;
    const status = await decideMatter(deps, transaction, admin, matter, wanted);
    return status === "resolved"
      ? { status: "suspended" as const, reportId: matter.ref.id }
      : { status, reportId: null };
  });
  if (outcome.status === "suspended") {
    await finishDecision(deps, "account_suspended", { uid, showId: null });
  }
  return { ...outcome, until };
}
