import { Timestamp } from "firebase-admin/firestore";
import { z } from "zod";
import { invalidArgument } from "../errors.js";

/** Where an export resumes. */
export interface ExportPlace {
  /** The moment whose data all pages contain. */
  readonly readTime: Timestamp;
  /** Which source, by its name. */
  readonly source: string;
  /** The key of the last group that was exported; null at a source's beginning. */
  readonly after: string | null;
}

/** Firestore keeps old versions for one hour. */
const READS_BACK_MS = 3_600_000;
/** How far Firestore's clock may be ahead of this one, in ms. */
const CLOCKS_DIFFER_MS = 60_000;

const cursorSchema = z.strictObject({
  uid: z.string(),
  at: z.tuple([z.int().nonnegative(), z.int().min(0).max(999_999_999)]),
  source: z.string(),
  after: z.string().nullable(),
});

export function cursorOf(uid: string, { readTime, source, after }: ExportPlace): string {
  const cursor: z.input<typeof cursorSchema> = {
    uid,
    at: [readTime.seconds, readTime.nanoseconds],
    source,
    after,
  };
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

/**
 * Throws INVALID_ARGUMENT if the cursor is malformed, too old, or another account's. A forged one could only
 * lead to other data of the same person: the caller's uid is part of each query.
 */
export function readCursor(cursor: string, uid: string, now: number): ExportPlace {
  const read = cursorSchema.safeParse(parsed(cursor));
  if (!read.success || read.data.uid !== uid)
    throw invalidArgument("cursor", "is not one of the caller's cursors");
  const { at, source, after } = read.data;
  const readTime = new Timestamp(...at);
  const age = now - readTime.toMillis();
  if (age > READS_BACK_MS || age < -CLOCKS_DIFFER_MS) {
    throw invalidArgument("cursor", "is too old: start the export again");
  }
  return { readTime, source, after };
}

function parsed(cursor: string): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return value;
  } catch {
    return undefined;
  }
}
