import type { z } from "zod";
import { AmbientError } from "../errors/ambientError.js";
import type { DocumentSnapshotHandle } from "../sdk/firebaseSdk.js";

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

/** Skips documents that cannot be read, so that one of them does not break the list. */
export function readAll<Schema extends z.ZodObject>(
  schema: Schema,
  snapshots: readonly DocumentSnapshotHandle[],
): readonly Identified<z.output<Schema>>[] {
  return snapshots.flatMap((snapshot) => {
    const read = schema.safeParse(dataOf(snapshot));
    return read.success ? [{ ...read.data, id: snapshot.id }] : [];
  });
}
