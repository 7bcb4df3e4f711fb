import type { DocumentReference, DocumentSnapshot, Transaction } from "firebase-admin/firestore";

/**
 * Reads several documents of a transaction in one round trip, each with its own type. (The Admin
 * SDK's `transaction.getAll` knows one type for all; several `transaction.get` cost two round trips,
 * since the first has to begin the transaction.)
 */
export function readTogether<Documents extends readonly unknown[]>(
  transaction: Transaction,
  ...refs: { [Index in keyof Documents]: DocumentReference<Documents[Index]> }
): Promise<{ [Index in keyof Documents]: DocumentSnapshot<Documents[Index]> }>;
export function readTogether(
  transaction: Transaction,
  ...refs: DocumentReference[]
): Promise<DocumentSnapshot[]> {
  return transaction.getAll(...refs);
}
