import {
  Timestamp,
  type DocumentReference,
  type DocumentSnapshot,
  type Firestore,
  type Transaction,
} from "firebase-admin/firestore";
import { adminRef, confirmationRef } from "../collections.js";
import type {
  AdminAction,
  AdminDocument,
  AuditDocument,
  ConfirmationDocument,
} from "../contract/admins.js";
import type { Dependencies } from "../dependencies.js";
import { OPERATOR } from "./assertAdmin.js";
import { writeAudit } from "./writeAudit.js";

const DAY_MS = 24 * 3_600_000;

/** How long a first admin's request waits, in ms. */
const WAITS_MS = DAY_MS;

/** An admin, with their own `admins/{uid}`. */
export interface ActingAdmin {
  readonly uid: string;
  readonly record: DocumentSnapshot<AdminDocument>;
}

/** An action on an admin. */
export interface AdminRequest {
  readonly action: AdminAction;
  readonly uid: string;
  readonly until: Timestamp | null;
  /** The other fields of its audit entry. */
  readonly entry: Pick<AuditDocument, "reason"> &
    Partial<Pick<AuditDocument, "showId" | "commentId" | "reportId" | "detail">>;
}

/** One document per action and admin: a second request replaces a different first one. */
export function confirmationOf(
  db: Firestore,
  action: AdminAction,
  uid: string,
): DocumentReference<ConfirmationDocument> {
  return confirmationRef(db, `${action}_${uid}`);
}

/**
 * Whether the caller confirms what another admin requested within the last 24 hours. Then the end that the first
 * admin named applies. Null: the action waits for a second admin, and the caller's request is stored, with an entry
 * in the audit log. Two admins of one line count as one, because one person chose both. The operator acts alone: with
 * the project's credentials they could write every document anyway.
 */
export async function confirmBySecondAdmin(
  deps: Pick<Dependencies, "firestore" | "clock" | "newId">,
  transaction: Transaction,
  admin: ActingAdmin,
  confirmation: DocumentSnapshot<ConfirmationDocument>,
  { action, uid, until, entry }: AdminRequest,
): Promise<{ readonly until: Timestamp | null } | null> {
  if (admin.uid === OPERATOR.uid) return { until };
  const now = deps.clock.now();
  const request = confirmation.data();
  if (request && request.expiresAt.toMillis() > now && isSameEnd(request.until, until)) {
    if (request.by === admin.uid) return null;
    const first = await transaction.get(adminRef(deps.firestore, request.by));
    if (first.data()?.isAdmin !== false) {
      if (lineOf(first, request.by) === lineOf(admin.record, admin.uid)) return null;
      transaction.delete(confirmation.ref);
      return { until: request.until && Timestamp.fromMillis(request.until.toMillis()) };
    }
  }
  const expiresAt = Timestamp.fromMillis(now + WAITS_MS);
  transaction.set(confirmation.ref, { action, uid, until, by: admin.uid, expiresAt });
  writeAudit(deps, transaction, { by: admin.uid, action, uid, until, ...entry, step: "requested" });
  return null;
}

/**
 * The admin at the start of the line of appointments that made somebody an admin. The operator, and anyone who sets
 * the claim by hand, starts a new line with each admin.
 */
export function lineOf(record: DocumentSnapshot<AdminDocument>, uid: string): string {
  const appointed = record.data();
  if (appointed?.line !== undefined) return appointed.line;
  // The record was written before lines were introduced.
  return !appointed || appointed.by === OPERATOR.uid ? uid : appointed.by;
}

/** Two admins never name the same millisecond, and a form that says "7 days" counts from its own call. */
export function isSameEnd(
  one: ConfirmationDocument["until"],
  other: ConfirmationDocument["until"],
): boolean {
  if (!one || !other) return one === other;
  return Math.abs(one.toMillis() - other.toMillis()) <= DAY_MS;
}

/** Whether a person is an admin: by the document or, for an admin who was made by hand, by the claim. */
export function isAdminAccount(
  record: DocumentSnapshot<AdminDocument>,
  claim: boolean | null,
): boolean {
  return record.data()?.isAdmin ?? claim === true;
}
