import type {
  DocumentData,
  Firestore,
  Query,
  DocumentSnapshot,
  Transaction,
} from "firebase-admin/firestore";

/**
 * A change of stored documents, after the code that reads both forms is deployed. A new one is a file here, and an entry in
 * `migrations.ts`.
 */
export interface Migration {
  readonly meaning: string;
  /** Every document that may need it, in any state, ordered by path alone. */
  readonly documents: (firestore: Firestore) => Query;
  /**
   * The fields to update in a document as it is now, or undefined if it is already correct, as it must be after the update. It may read
   * other documents in the transaction.
   */
  readonly change: (
    before: DocumentSnapshot,
    transaction: Transaction,
  ) => Promise<DocumentData | undefined>;
}
