import type { z } from "zod";
import { AmbientError } from "../errors/ambientError.js";
import { field } from "../json.js";
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

/**
 * A document as this version of the app received it. A newer server may have a value that this version does not know,
 * for a status or a role, for example: it is read as `unknown`, and the rest of the document is kept.
 *
 * @example
 * ```ts
 * const label = (mode: Received<"talk" | "music">) => (mode === "unknown" ? "" : mode);
 * ```
 */
export type Received<Value> = Value extends string
  ? string extends Value
    ? Value
    : Value | "unknown"
  : Value extends { toMillis(): number }
    ? Value
    : Value extends readonly (infer Item)[]
      ? Received<Item>[]
      : Value extends object
        ? { [Key in keyof Value]: Received<Value[Key]> }
        : Value;

/** The parsed document. Throws `OUTDATED` if this version of the app cannot read it. */
export function readBy<Schema extends z.ZodObject>(
  schema: Schema,
  snapshot: DocumentSnapshotHandle,
): Received<z.output<Schema>> | undefined {
  if (isAbsent(snapshot)) return undefined;
  const read = parse(schema, dataOf(snapshot));
  if (read.success) return read.data;
  throw new AmbientError("OUTDATED", { cause: read.error });
}

/** A live list. Unchanged documents, and an unchanged list, keep their identity. */
export class ReadList<Schema extends z.ZodObject> {
  readonly #schema: Schema;
  /** Undefined: it cannot be read. */
  #documents = new Map<string, Identified<Received<z.output<Schema>>> | undefined>();
  #list: readonly Identified<Received<z.output<Schema>>>[] | undefined;

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  read(snapshot: QuerySnapshotHandle): readonly Identified<Received<z.output<Schema>>>[] {
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
): Identified<Received<z.output<Schema>>> | undefined {
  const read = parse(schema, dataOf(snapshot));
  return read.success ? { ...read.data, id: snapshot.id } : undefined;
}

/** Skips documents that cannot be read, so that one of them does not break the list. */
export function readAll<Schema extends z.ZodObject>(
  schema: Schema,
  snapshots: readonly DocumentSnapshotHandle[],
): readonly Identified<Received<z.output<Schema>>>[] {
  return snapshots
    .map((snapshot) => readIdentified(schema, snapshot))
    .filter((document) => document !== undefined);
}

type Parsed<Data> = z.ZodSafeParseSuccess<Data> | z.ZodSafeParseError<unknown>;

/**
 * Replaces values that the schema does not list with `unknown`. The server, which writes them, is strict. TypeScript
 * cannot follow the replacing, so here alone a document gets the type `Received`.
 */
function parse<Schema extends z.ZodObject>(
  schema: Schema,
  document: unknown,
): Parsed<Received<z.output<Schema>>>;
function parse(schema: z.ZodObject, document: unknown): Parsed<unknown> {
  const strict = schema.safeParse(document);
  if (strict.success) return strict;
  const newer = strict.error.issues.flatMap((issue) =>
    issue.code === "invalid_value" && typeof valueAt(document, issue.path) === "string"
      ? [{ path: issue.path, known: issue.values[0] }]
      : [],
  );
  const known = newer.reduce((data, one) => replaced(data, one.path, one.known), document);
  const read = schema.safeParse(known);
  if (!read.success) return read;
  const data = newer.reduce<unknown>((all, { path }) => replaced(all, path, "unknown"), read.data);
  return { success: true, data };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((part, key) => field(part, String(key)), value);
}

/** A copy with another value at the path. */
function replaced(whole: unknown, [key, ...rest]: readonly PropertyKey[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(whole)) {
    return whole.map((item: unknown, index) =>
      index === key ? replaced(item, rest, value) : item,
    );
  }
  return isFields(whole) ? { ...whole, [key]: replaced(whole[String(key)], rest, value) } : whole;
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
