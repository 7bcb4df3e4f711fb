import type { z } from "zod";
import { AmbientError } from "../errors/ambientError.js";
import type { DocumentSnapshotHandle } from "../sdk/firebaseSdk.js";

/** A document of a collection: what it says, and its id. */
export type Identified<Document> = Document & { readonly id: string };

export function isAbsent(snapshot: DocumentSnapshotHandle): boolean {
  const data = snapshot.data();
  return data === undefined || data === null;
}

/** One's own write shows before the server has stamped it. */
function dataOf(snapshot: DocumentSnapshotHandle): unknown {
  return snapshot.data({ serverTimestamps: "estimate" });
}

/** What a snapshot says; throws `OUTDATED` where this version cannot read it. */
export function readBy<Schema extends z.ZodObject>(
  schema: Schema,
  snapshot: DocumentSnapshotHandle,
): z.output<Schema> | undefined {
  if (isAbsent(snapshot)) return undefined;
  const read = schema.safeParse(dataOf(snapshot));
  if (read.success) return read.data;
  throw new AmbientError("OUTDATED", { cause: read.error });
}

/** One that cannot be read is left out: it must not take the others with it. */
export function readAll<Schema extends z.ZodObject>(
  schema: Schema,
  snapshots: readonly DocumentSnapshotHandle[],
): readonly Identified<z.output<Schema>>[] {
  return snapshots.flatMap((snapshot) => {
    const read = schema.safeParse(dataOf(snapshot));
    return read.success ? [{ ...read.data, id: snapshot.id }] : [];
  });
}
