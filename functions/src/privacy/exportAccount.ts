import type { Timestamp, Transaction } from "firebase-admin/firestore";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { userRef } from "../collections.js";
import type { exportAccount as contract } from "../contract/privacy.js";
import type { Dependencies } from "../dependencies.js";
import { invalidArgument } from "../errors.js";
import { cursorOf, type ExportPlace, readCursor } from "./exportCursor.js";
import { exportedLine, isExported } from "./exportedLine.js";
import { isAt, type Source, sourcesOf, type Unit } from "./sources.js";

/** So many units are read at a time. */
const UNITS = 50;
/** A page ends with the unit that reaches this (bytes); a callable answers with 10 MB at most. */
const PAGE_BYTES = 1_000_000;

/**
 * A page of everything that is stored about the caller, by the inventory. All pages tell of the moment at which the first
 * was read, whatever is written or deleted meanwhile.
 */
export async function exportAccount(
  { firestore: db, clock }: Pick<Dependencies, "firestore" | "clock">,
  { uid }: Pick<Caller, "uid">,
  { cursor }: z.output<typeof contract.request>,
  pageBytes = PAGE_BYTES,
): Promise<z.input<typeof contract.response>> {
  const sources = sourcesOf(db, uid, isExported);
  const start = cursor === undefined ? null : readCursor(cursor, uid, clock.now());
  const first = start === null ? 0 : sources.findIndex(({ name }) => name === start.source);
  const template = sources[first]?.template;
  const after = start?.after ?? null;
  if (template === undefined || (after !== null && !isAt(template, after))) {
    throw invalidArgument("cursor", "is not a cursor of yours");
  }
  const readTime = start?.readTime ?? (await userRef(db, uid).get()).readTime;
  const request = {
    uid,
    sources: sources.slice(first),
    after,
    readTime,
    pageBytes,
  };
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
  /** Where the first source goes on. */
  readonly after: string | null;
  readonly readTime: Timestamp;
  readonly pageBytes: number;
}

interface Page {
  readonly lines: readonly string[];
  /** Where the next page begins; null after the last one. */
  readonly next: ExportPlace | null;
}

async function readPage(
  transaction: Transaction,
  { uid, sources, after: start, readTime, pageBytes }: PageRequest,
): Promise<Page> {
  const lines: string[] = [];
  let bytes = 0;
  let after = start;
  for (const source of sources) {
    for (;;) {
      const units = await source.page((query) => transaction.get(query), after, UNITS);
      const found = await linesOf(transaction, units, uid);
      for (const [key, unitLines] of found) {
        if (bytes >= pageBytes) return { lines, next: { readTime, source: source.name, after } };
        lines.push(...unitLines);
        for (const line of unitLines) bytes += Buffer.byteLength(line) + 1;
        after = key;
      }
      if (units.length < UNITS) break;
    }
    after = null;
  }
  return { lines, next: null };
}

async function linesOf(
  transaction: Transaction,
  units: readonly Unit[],
  uid: string,
): Promise<readonly (readonly [key: string, lines: readonly string[]])[]> {
  const refs = units.flatMap(({ held }) => held.map(({ ref }) => ref));
  if (refs.length === 0) return [];
  const documents = await transaction.getAll(...refs);
  const byPath = new Map(documents.map((document) => [document.ref.path, document.data()]));
  return units.map(({ key, held }) => [
    key,
    held.flatMap((one) => {
      const data = byPath.get(one.ref.path);
      return data === undefined ? [] : (exportedLine(one, data, uid) ?? []);
    }),
  ]);
}
