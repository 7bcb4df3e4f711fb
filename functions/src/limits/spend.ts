import {
  Timestamp,
  type DocumentReference,
  type DocumentSnapshot,
  type Firestore,
  type Transaction,
} from "firebase-admin/firestore";
import { createHash } from "node:crypto";
import { limitRef } from "../collections.js";
import { limits, type LimitDocument, type LimitName } from "../contract/limits.js";
import { Refusal } from "../errors.js";
import { takeOne } from "./allowance.js";

/** Whose allowance it is: `subject` is a uid, or the key of a network. */
export function allowanceRef(
  db: Firestore,
  limit: LimitName,
  subject: string,
): DocumentReference<LimitDocument> {
  return limitRef(db, limit, createHash("sha256").update(subject).digest("hex"));
}

/**
 * Counts one in the caller's transaction, so that it is counted with what it is for or not at all.
 * RATE_LIMITED, and nothing written, where the allowance is used up.
 */
export function spend(
  transaction: Pick<Transaction, "set">,
  limit: LimitName,
  allowance: DocumentSnapshot<LimitDocument>,
  now: number,
): void {
  const fullAt = assertAllowed(limit, allowance, now);
  transaction.set(allowance.ref, { expiresAt: Timestamp.fromMillis(Math.ceil(fullAt)) });
}

/** RATE_LIMITED where the allowance is used up; else when it is full again after one more. */
export function assertAllowed(
  limit: LimitName,
  allowance: DocumentSnapshot<LimitDocument>,
  now: number,
): number {
  const { count, seconds } = limits[limit];
  const fullAt = allowance.data()?.expiresAt.toMillis();
  const taking = takeOne({ count, refillMs: seconds * 1_000 }, fullAt, now);
  if ("fullAt" in taking) return taking.fullAt;
  throw new Refusal("RATE_LIMITED", { retryAfterSeconds: Math.ceil(taking.waitMs / 1_000) });
}
