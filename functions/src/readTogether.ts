import type { DocumentReference, DocumentSnapshot } from "firebase-admin/firestore";

/** A transaction, or the database itself for a read without a lock. */
interface Source {
  getAll(...refs: DocumentReference[]): Promise<DocumentSnapshot[]>;
}

/**
 * Reads several documents in one round trip, each with its own type. (The Admin SDK's `getAll`
 * knows one type for all; several `transaction.get` cost two round trips, since the first has to
 * begin the transaction.)
 */
export function readTogether<Documents extends readonly unknown[]>(
  source: Source,
  ...refs: { [Index in keyof Documents]: DocumentReference<Documents[Index]> }
): Promise<{ [Index in keyof Documents]: DocumentSnapshot<Documents[Index]> }>;
export function readTogether(
  source: Source,
  ...refs: DocumentReference[]
): Promise<DocumentSnapshot[]> {
  return source.getAll(...refs);
}
