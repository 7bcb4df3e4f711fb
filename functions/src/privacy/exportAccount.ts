import type { Timestamp, Transaction } from "firebase-admin/firestore";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { userRef } from "../collections.js";
import type { exportAccount as contract } from "../contract/privacy.js";
import type { Dependencies } from "../dependencies.js";
import { invalidArgument } from "../errors.js";
import { cursorOf, type ExportPlace, readCursor } from "./exportCursor.js";
import { exportedLine, isExported } from "./exportedLine.js";
import { isAt, type Source, sourcesOf, type DocumentGroup } from "./sources.js";

/** How many groups of documents are read at a time. */
const GROUPS_PER_QUERY = 50;
/** A page ends with the group that reaches this (bytes); a callable answers with 10 MB at most. */
const PAGE_BYTES = 1_000_000;

/**
 * A page of everything that is stored about the caller, by the inventory. All pages show the data as of the first page,
 * regardless of later writes.
 */
export async function exportAccount(
  { firestore: db, clock }: Pick<Dependencies, "firestore" | "clock">,
  { uid }: Pick<Caller, "uid">,
  { cursor }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const sources = sourcesOf(db, uid, isExported);
  const start = cursor === undefined ? null : readCursor(cursor, uid, clock.now());
  const first = start === null ? 0 : sources.findIndex(({ name }) => name === start.source);
  const template = sources[first]?.template;
  const after = start?.after ?? null;
  if (template === undefined || (after !== null && !isAt(template, after))) {
    throw invalidArgument("cursor", "is not one of the caller's cursors");
  }
  const readTime = start?.readTime ?? (await userRef(db, uid).get()).readTime;
  const request = { uid, sources: sources.slice(first), after, readTime };
  const { lines, next } = await db.runTransaction((transaction) => readPage(transaction, request), {
    readOnly: true,
    readTime,
  });
  return {
    lines: lines.map((line) => `${line}\n`).join(""),
    cursor: next && cursorOf(uid, next),
  };
}

interface PageRequest {
  readonly uid: string;
  readonly sources: readonly Source[];
  /** Where the export resumes in the first source. */
  readonly after: string | null;
  readonly readTime: Timestamp;
}

interface Page {
  readonly lines: readonly string[];
  /** Where the next page begins; null after the last one. */
  readonly next: ExportPlace | null;
}

async function readPage(
  transaction: Transaction,
  { uid, sources, after: start, readTime }: PageRequest,
): Promise<Page> {
  const lines: string[] = [];
  let bytes = 0;
  let after = start;
  for (const source of sources) {
    for (;;) {
      const groups = await source.page((query) => transaction.get(query), after, GROUPS_PER_QUERY);
      const found = await linesOf(transaction, groups, uid);
      for (const [key, groupLines] of found) {
        if (bytes >= PAGE_BYTES) return { lines, next: { readTime, source: source.name, after } };
        lines.push(...groupLines);
        for (const line of groupLines) bytes += Buffer.byteLength(line) + 1;
        after = key;
      }
      if (groups.length < GROUPS_PER_QUERY) break;
    }
    after = null;
  }
  return { lines, next: null };
}

async function linesOf(
  transaction: Transaction,
  groups: readonly DocumentGroup[],
  uid: string,
): Promise<readonly (readonly [key: string, lines: readonly string[]])[]> {
  const refs = groups.flatMap(({ documents }) => documents.map(({ ref }) => ref));
  if (refs.length === 0) return [];
  const snapshots = await transaction.getAll(...refs);
  const byPath = new Map(snapshots.map((snapshot) => [snapshot.ref.path, snapshot]));
  return groups.map(({ key, documents }) => [
    key,
    documents.flatMap((document) => {
      const snapshot = byPath.get(document.ref.path);
      return (snapshot && exportedLine(document, snapshot, uid)) ?? [];
    }),
  ]);
}
