import { Timestamp, type DocumentSnapshot } from "firebase-admin/firestore";
import { warn as logWarning } from "firebase-functions/logger";
import type { z } from "zod";
import { writeAudit } from "./writeAudit.js";
import type { Caller } from "../caller.js";
import { adminRef } from "../collections.js";
import type { setAdmin as contract } from "../contract/admins.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { assertAdmin, assertClaimsAdmin, assertNotOneself } from "./assertAdmin.js";
import { confirmationOf, isAdminAccount, isConfirmed } from "./secondAdmin.js";

const action = "setAdmin";

type Needs = Pick<Dependencies, "firestore" | "clock" | "newId" | "accounts">;

/** Makes a person an admin, or no longer one. The custom claim follows the document. */
export async function setAdmin(
  deps: Needs,
  caller: Caller,
  { uid, admin: isAdmin, reason }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  assertClaimsAdmin(caller);
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
    const now = deps.clock.now();
    const detail = isAdmin ? "admin" : "no admin";
    const entry = { by: caller.uid, action, uid, detail, reason } as const;
    if (!isAdmin) {
      const acting = { uid: caller.uid, record };
      const wanted = { action, uid, until: null };
      const answer = isConfirmed(transaction, confirmation, acting, wanted, now);
      if (answer === "requested") writeAudit(deps, transaction, { ...entry, step: "requested" });
      if (answer !== "confirmed") return "awaiting_second_admin";
    }
    const at = Timestamp.fromMillis(now);
    transaction.set(ref, { uid, isAdmin, by: caller.uid, at, isApplied: false });
    writeAudit(deps, transaction, entry);
    return "done";
  });
  if (status === "done") await applyNow(deps, uid);
  return { status, admin: status === "done" ? isAdmin : true };
}

/** Makes the custom claim say what the document says. Safe to repeat and to break off. */
export async function applyAdmin(
  { firestore, accounts }: Pick<Needs, "firestore" | "accounts">,
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

async function applyNow(deps: Needs, uid: string): Promise<void> {
  try {
    await applyAdmin(deps, uid);
  } catch (error) {
    logWarning("the admin claim is left to the sweep", { uid, error: String(error) });
  }
}
