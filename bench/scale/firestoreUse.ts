import { z } from "zod";
import { fieldsOf, messagesIn, numbersIn, textIn } from "./protobuf.js";

/** The billed use of the connections to Firestore. The rules' lookups are not included. */
export const firestoreUse = z.object({
  /** By collection; counts and empty queries have their own names. */
  reads: z.record(z.string(), z.number()),
  /** The bytes of the delivered documents, by the same names. */
  bytes: z.record(z.string(), z.number()),
  writes: z.number(),
  deletes: z.number(),
});
export type FirestoreUse = z.infer<typeof firestoreUse>;

export const unused = (): FirestoreUse => ({ reads: {}, bytes: {}, writes: 0, deletes: 0 });

export function readsOf({ reads }: FirestoreUse): number {
  return Object.values(reads).reduce((sum, count) => sum + count, 0);
}

export function together(uses: readonly FirestoreUse[]): FirestoreUse {
  const sum = unused();
  for (const { reads, bytes, writes, deletes } of uses) {
    for (const [name, count] of Object.entries(reads)) add(sum.reads, name, count);
    for (const [name, count] of Object.entries(bytes)) add(sum.bytes, name, count);
    sum.writes += writes;
    sum.deletes += deletes;
  }
  return sum;
}

const TARGET_ADDED = 1;
/** A count is billed as one read per 1,000 index entries, but at least one. */
export const ENTRIES_PER_READ = 1_000;

/** Measures one call of Firestore's gRPC API by its messages in both directions. */
export class CallMeter {
  readonly #method: string;
  readonly #use: () => FirestoreUse;
  #documents = 0;
  /** Per target of a listen stream, the version of each document that it was sent. */
  readonly #delivered = new Map<number, Map<string, string>>();

  /**
   * `path` is the gRPC path, such as `/google.firestore.v1.Firestore/Listen`. Adds to what `use`
   * returns at that moment.
   */
  constructor(path: string, use: () => FirestoreUse) {
    this.#method = path.slice(path.lastIndexOf("/") + 1);
    this.#use = use;
  }

  sent(message: Uint8Array): void {
    // WriteRequest has its writes in a different field than CommitRequest and BatchWriteRequest.
    const field = { Write: 3, Commit: 2, BatchWrite: 2 }[this.#method];
    if (field === undefined) return;
    for (const write of messagesIn(message, field)) {
      const isDelete = [...fieldsOf(write)].some(({ number }) => number === 2);
      this.#use()[isDelete ? "deletes" : "writes"] += 1;
    }
  }

  received(message: Uint8Array): void {
    switch (this.#method) {
      case "Listen":
        for (const change of messagesIn(message, 2)) this.#targetChanged(change);
        for (const change of messagesIn(message, 3)) this.#documentChanged(change);
        break;
      case "BatchGetDocuments":
        // Lookups are billed whether the document was found or is missing.
        for (const document of messagesIn(message, 1))
          this.#read(collectionOf(textIn(document, 1)));
        for (const name of messagesIn(message, 2)) this.#read(collectionOf(decoder.decode(name)));
        break;
      case "RunQuery":
        for (const document of messagesIn(message, 1))
          this.#read(collectionOf(textIn(document, 1)));
        break;
      case "RunAggregationQuery":
        for (const result of messagesIn(message, 1)) {
          this.#read("counts", Math.max(1, Math.ceil(countIn(result) / ENTRIES_PER_READ)));
        }
        break;
    }
  }

  ended(): void {
    if (this.#method === "RunQuery" && this.#documents === 0) this.#read("empty queries");
  }

  #targetChanged(change: Uint8Array): void {
    const isAdded = numbersIn(change, 1).includes(TARGET_ADDED);
    if (isAdded) for (const target of numbersIn(change, 2)) this.#delivered.delete(target);
  }

  /**
   * Counts the results that a document entered or changed in. Only leaving a result is free. The emulator
   * tells the whole result after each change, where production tells and bills only what is new.
   */
  #documentChanged(change: Uint8Array): void {
    const [document = new Uint8Array()] = messagesIn(change, 1);
    const name = textIn(document, 1);
    const version = String(messagesIn(document, 4)[0]);
    const isNew = (target: number) => {
      const delivered = this.#delivered.get(target) ?? new Map<string, string>();
      this.#delivered.set(target, delivered);
      if (delivered.get(name) === version) return false;
      delivered.set(name, version);
      return true;
    };
    const targets = numbersIn(change, 5).filter(isNew).length;
    if (targets === 0) return;
    this.#read(collectionOf(name), targets);
    add(this.#use().bytes, collectionOf(name), change.length);
  }

  #read(name: string, count = 1): void {
    this.#documents += count;
    add(this.#use().reads, name, count);
  }
}

const decoder = new TextDecoder();

/** `projects/…/shows/x/comments/y` → `comments`. */
function collectionOf(documentName: string): string {
  return documentName.split("/").at(-2) ?? documentName;
}

/** The largest number in an AggregationResult. */
function countIn(result: Uint8Array): number {
  const values = messagesIn(result, 2).flatMap((entry) => messagesIn(entry, 2));
  return Math.max(0, ...values.flatMap((value) => numbersIn(value, 2)));
}

function add(counts: Record<string, number>, name: string, count: number): void {
  counts[name] = (counts[name] ?? 0) + count;
}
