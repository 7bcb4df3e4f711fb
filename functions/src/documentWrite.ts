import type { DocumentSnapshot, QueryDocumentSnapshot } from "firebase-admin/firestore";
import type { Change } from "firebase-functions/core";
import type { FirestoreEvent } from "firebase-functions/firestore";

/** A document before and after a write, and the ids in its path. */
export type DocumentWrite<Params> = FirestoreEvent<Change<DocumentSnapshot> | undefined, Params>;

/** A document that was deleted, and the ids in its path. */
export type DocumentDeletion<Params> = FirestoreEvent<QueryDocumentSnapshot | undefined, Params>;

/** A document at one side of a change. */
export interface WrittenDocument {
  get(field: string): unknown;
}
