import type { z } from "zod";
import { AmbientError } from "../errors/ambientError.js";
import { isEqual } from "../observe/isEqual.js";
import type { DocumentSnapshotHandle, QuerySnapshotHandle } from "../sdk/firebaseSdk.js";

/** A document and its id. */
export type Identified<Document> = Document & { readonly id: string };

export function isAbsent(snapshot: DocumentSnapshotHandle): boolean {
  const data = snapshot.data();
  return data === undefined || data === null;
}

/** Estimates server timestamps, so that the person's own writes appear before the server has stamped them. */
function dataOf(snapshot: DocumentSnapshotHandle): unknown {
  return snapshot.data({ serverTimestamps: "estimate" });
}

/** The parsed document. Throws `OUTDATED` if this version of the app cannot read it. */
export function readBy<Schema extends z.ZodObject>(
  schema: Schema,
  snapshot: DocumentSnapshotHandle,
): z.output<Schema> | undefined {
  if (isAbsent(snapshot)) return undefined;
  const read = schema.safeParse(dataOf(snapshot));
  if (read.success) return read.data;
  throw new AmbientError("OUTDATED", { cause: read.error });
}

/** A live list, whose unchanged documents and unchanged whole stay the same objects. */
export class ReadList<Schema extends z.ZodObject> {
  readonly #schema: Schema;
  /** Undefined: it cannot be read. */
  #documents = new Map<string, Identified<z.output<Schema>> | undefined>();
  #list: readonly Identified<z.output<Schema>>[] | undefined;

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  read(snapshot: QuerySnapshotHandle): readonly Identified<z.output<Schema>>[] {
    const changed = new Set(snapshot.docChanges().map(({ doc }) => doc.id));
    const before = this.#documents;
    this.#documents = new Map(
      snapshot.docs.map((found) => {
        const known = before.get(found.id);
        if (before.has(found.id) && !changed.has(found.id)) return [found.id, known];
        const read = readIdentified(this.#schema, found);
        return [found.id, isEqual(read, known) ? known : read];
      }),
    );
    const list = [...this.#documents.values()].filter((document) => document !== undefined);
    const isSame =
      list.length === this.#list?.length &&
      list.every((document, index) => document === this.#list?.[index]);
    return (this.#list = isSame && this.#list ? this.#list : list);
  }
}

function readIdentified<Schema extends z.ZodObject>(
  schema: Schema,
  snapshot: DocumentSnapshotHandle,
): Identified<z.output<Schema>> | undefined {
  const read = schema.safeParse(dataOf(snapshot));
  return read.success ? { ...read.data, id: snapshot.id } : undefined;
}

/** Skips documents that cannot be read, so that one of them does not break the list. */
export function readAll<Schema extends z.ZodObject>(
  schema: Schema,
  snapshots: readonly DocumentSnapshotHandle[],
): readonly Identified<z.output<Schema>>[] {
  return snapshots
    .map((snapshot) => readIdentified(schema, snapshot))
    .filter((document) => document !== undefined);
}
