import { Timestamp, type DocumentSnapshot } from "firebase-admin/firestore";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { adminRef } from "../collections.js";
import type { setAdmin as contract } from "../contract/admins.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { leaveToSweep } from "../leaveToSweep.js";
import { readTogether } from "../readTogether.js";
import { assertAdmin, assertNotOneself, OPERATOR } from "./assertAdmin.js";
import {
  type ActingAdmin,
  confirmationOf,
  confirmBySecondAdmin,
  isAdminAccount,
  lineOf,
} from "./secondAdmin.js";
import { writeAudit } from "./writeAudit.js";

const action = "setAdmin";

/**
 * Makes a person an admin, or revokes the role. The custom claim follows the document. A person who is already an
 * admin keeps their record, and so their line.
 */
export async function setAdmin(
  deps: Pick<Dependencies, "firestore" | "clock" | "newId" | "accounts">,
  caller: Caller,
  { uid, admin: isAdmin, reason }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  assertNotOneself(caller, uid);
  const db = deps.firestore;
  const claim = await deps.accounts.isAdmin(uid);
  if (claim === null) throw new Refusal("PERSON_NOT_FOUND");
  const status = await db.runTransaction(async (transaction) => {
    const ref = adminRef(db, uid);
    const [record, targetRecord, confirmation] = await readTogether(
      transaction,
      adminRef(db, caller.uid),
      ref,
      confirmationOf(db, action, uid),
    );
    assertAdmin(caller, record);
    if (isAdminAccount(targetRecord, claim) === isAdmin) return "done";
    const entry = { detail: isAdmin ? "admin" : "no admin", reason };
    const admin = { uid: caller.uid, record };
    const request = { action, uid, until: null, entry } as const;
    if (
      !isAdmin &&
      !(await confirmBySecondAdmin(deps, transaction, admin, confirmation, request))
    ) {
      return "awaiting_second_admin";
    }
    const at = Timestamp.fromMillis(deps.clock.now());
    const line = isAdmin ? lineOfAppointment(admin, uid) : lineOf(targetRecord, uid);
    transaction.set(ref, { uid, isAdmin, by: caller.uid, line, at, isApplied: false });
    writeAudit(deps, transaction, { by: caller.uid, action, uid, ...entry });
    return "done";
  });
  if (status === "done") {
    await leaveToSweep("the admin claim is left to the sweep", { uid }, () =>
      applyAdmin(deps, uid),
    );
  }
  return { status, admin: status === "done" ? isAdmin : true };
}

/** An admin whom the operator appoints starts a line of their own. */
function lineOfAppointment(by: ActingAdmin, uid: string): string {
  return by.uid === OPERATOR.uid ? uid : lineOf(by.record, by.uid);
}

/** Sets the custom claim to match the document. Safe to repeat or interrupt. */
export async function applyAdmin(
  { firestore, accounts }: Pick<Dependencies, "firestore" | "accounts">,
  uid: string,
): Promise<void> {
  const ref = adminRef(firestore, uid);
  for (;;) {
    const before = await ref.get();
    const record = before.data();
    if (!record || record.isApplied) return;
    await accounts.setAdmin(uid, record.isAdmin);
    const isDone = await firestore.runTransaction(async (transaction) => {
      const current = await transaction.get(ref);
      if (!isUnchanged(before, current)) return false;
      transaction.update(ref, { isApplied: true });
      return true;
    });
    if (isDone) return;
  }
}

function isUnchanged(before: DocumentSnapshot, now: DocumentSnapshot): boolean {
  return before.updateTime !== undefined && now.updateTime?.isEqual(before.updateTime) === true;
}
