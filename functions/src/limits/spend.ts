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
import { takeOne, type Allowance } from "./allowance.js";

/** Whose allowance it is: `subject` is a uid, or the key of a network. */
export function allowanceRef(
  db: Firestore,
  limit: LimitName,
  subject: string,
): DocumentReference<LimitDocument> {
  return limitRef(db, limit, createHash("sha256").update(subject).digest("hex"));
}

/**
 * Counts one in the caller's transaction, so that it is counted with what it is for or not at all. Refuses with
 * RATE_LIMITED, and writes nothing, if the allowance is used up.
 */
export function spend(
  transaction: Pick<Transaction, "set">,
  limit: LimitName,
  allowance: DocumentSnapshot<LimitDocument>,
  now: number,
): void {
  const { granted, retryAfterSeconds } = spendUpTo(transaction, limit, allowance, now, 1);
  if (granted === 0) throw new Refusal("RATE_LIMITED", { retryAfterSeconds });
}

/** Counts as many as there are left, `wanted` at most, and says when there is one more. */
export function spendUpTo(
  transaction: Pick<Transaction, "set">,
  limit: LimitName,
  allowance: DocumentSnapshot<LimitDocument>,
  now: number,
  wanted: number,
): { readonly granted: number; readonly retryAfterSeconds: number } {
  let fullAt = fullAtOf(allowance);
  let granted = 0;
  let retryAfterSeconds = 0;
  while (granted < wanted && retryAfterSeconds === 0) {
    const taking = takeOne(allowanceOf(limit), fullAt, now);
    if ("fullAt" in taking) {
      fullAt = taking.fullAt;
      granted += 1;
    } else {
      retryAfterSeconds = Math.ceil(taking.waitMs / 1_000);
    }
  }
  if (fullAt !== undefined && granted > 0) {
    transaction.set(allowance.ref, { expiresAt: Timestamp.fromMillis(Math.ceil(fullAt)) });
  }
  return { granted, retryAfterSeconds };
}

/** RATE_LIMITED where the allowance is used up. */
export function assertAllowed(
  limit: LimitName,
  allowance: DocumentSnapshot<LimitDocument>,
  now: number,
): void {
  const taking = takeOne(allowanceOf(limit), fullAtOf(allowance), now);
  if ("fullAt" in taking) return;
  throw new Refusal("RATE_LIMITED", { retryAfterSeconds: Math.ceil(taking.waitMs / 1_000) });
}

function allowanceOf(limit: LimitName): Allowance {
  const { count, seconds } = limits[limit];
  return { count, refillMs: seconds * 1_000 };
}

function fullAtOf(allowance: DocumentSnapshot<LimitDocument>): number | undefined {
  return allowance.data()?.expiresAt.toMillis();
}
