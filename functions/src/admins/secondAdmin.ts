import {
  Timestamp,
  type DocumentReference,
  type DocumentSnapshot,
  type Firestore,
  type Transaction,
} from "firebase-admin/firestore";
import { confirmationRef } from "../collections.js";
import type { AdminAction, AdminDocument, ConfirmationDocument } from "../contract/admins.js";
import { OPERATOR } from "./assertAdmin.js";

/** How long a first admin's request waits (ms). */
const WAITS_MS = 24 * 3_600_000;

/** One document per action and admin: a second request replaces a different first one. */
export function confirmationOf(
  db: Firestore,
  action: AdminAction,
  uid: string,
): DocumentReference<ConfirmationDocument> {
  return confirmationRef(db, `${action}_${uid}`);
}

/**
 * Whether two admins want the same of a third: the caller, and another one within the last 24 hours. Otherwise the
 * caller's request is kept for a second admin. Somebody whom the first admin made an admin does not count, or else
 * one person would be two admins. The operator acts alone: whoever has the project's credentials could write every
 * document anyway.
 */
export function isConfirmed(
  transaction: Transaction,
  confirmation: DocumentSnapshot<ConfirmationDocument>,
  caller: { readonly uid: string; readonly record: DocumentSnapshot<AdminDocument> },
  wanted: Pick<ConfirmationDocument, "action" | "uid" | "until">,
  now: number,
): "confirmed" | "requested" | "requested before" {
  if (caller.uid === OPERATOR.uid) return "confirmed";
  const request = confirmation.data();
  const isSame =
    request !== undefined &&
    request.expiresAt.toMillis() > now &&
    request.until?.toMillis() === wanted.until?.toMillis();
  const isSecond = isSame && request.by !== caller.uid && caller.record.data()?.by !== request.by;
  if (isSecond) {
    transaction.delete(confirmation.ref);
    return "confirmed";
  }
  if (isSame) return "requested before";
  const expiresAt = Timestamp.fromMillis(now + WAITS_MS);
  transaction.set(confirmation.ref, { ...wanted, by: caller.uid, expiresAt });
  return "requested";
}

/** Whether a person is an admin: by the document or, for one who was made by hand, by the claim. */
export function isAdminAccount(
  record: DocumentSnapshot<AdminDocument>,
  claim: boolean | null,
): boolean {
  return record.data()?.isAdmin ?? claim === true;
}
