import type {
  DocumentReference,
  DocumentSnapshot,
  Firestore,
  Query,
  QuerySnapshot,
} from "firebase-admin/firestore";
import type { SubjectRole } from "../contract/dataPolicies.js";
import { inventory, type InventoryEntry, type Locator } from "../contract/inventory.js";
import { queries } from "../contract/queries.js";
import { select, selectInAll } from "../queries.js";

const PLACES = "shows/{showId}/participants/{uid}";

/** A document with personal data of someone whose role in it is `whose`. */
export interface PersonalDocument {
  readonly entry: InventoryEntry;
  readonly whose: SubjectRole;
  readonly ref: DocumentReference;
  /** The field that must still name the person; undefined where the path does. */
  readonly namedBy?: string | undefined;
}

/** Whether a document is still about the person, as it was when it was found. */
export function stillNames(
  { namedBy }: Pick<PersonalDocument, "namedBy">,
  snapshot: DocumentSnapshot,
  uid: string,
): boolean {
  if (namedBy === undefined) return true;
  const named: unknown = snapshot.get(namedBy);
  return Array.isArray(named) ? named.includes(uid) : named === uid;
}

/** Documents that are handled together. */
export interface DocumentGroup {
  /** The path that the query matched, which is the cursor for the next page. */
  readonly key: string;
  readonly documents: readonly PersonalDocument[];
}

/** Some of a person's documents, in the order of their keys. */
export interface Source {
  readonly name: string;
  /** The inventory's path that all keys have. */
  readonly template: string;
  /** Up to `size` groups after the key `after`. */
  page(read: Read, after: string | null, size: number): Promise<readonly DocumentGroup[]>;
}

/** Runs a query, in a transaction or without one. */
export type Read = (query: Query) => Promise<QuerySnapshot>;

/**
 * Where a person's documents are, by the inventory. `wants` chooses what is looked for. Documents in shows come last. They are
 * found through the person's participant document and handled together with it.
 */
export function sourcesOf(
  db: Firestore,
  uid: string,
  wants: (entry: InventoryEntry, whose: SubjectRole) => boolean,
): readonly Source[] {
  const parts = inventory.flatMap((entry: InventoryEntry) =>
    entry.people
      .filter(([whose]) => wants(entry, whose))
      .map(([whose, locator]) => ({ entry, whose, locator })),
  );
  const places = parts.filter(({ locator }) => locator === "place");
  return [
    ...parts.flatMap((part) => sourceOf(db, uid, part) ?? []),
    ...(places.length > 0 ? [placesOf(db, uid, places)] : []),
  ];
}

interface Part {
  readonly entry: InventoryEntry;
  readonly whose: SubjectRole;
  readonly locator: Locator;
}

function sourceOf(db: Firestore, uid: string, { entry, whose, locator }: Part): Source | null {
  if (locator === "place") return null;
  const source = { name: `${entry.path} as ${whose}`, template: entry.path };
  if (locator === "path") {
    const ref = db.doc(pathOf(entry.path, uid));
    return {
      ...source,
      page: (_read, after) =>
        Promise.resolve(
          after === null ? [{ key: ref.path, documents: [{ entry, whose, ref }] }] : [],
        ),
    };
  }
  const [query, namedBy] =
    "beneath" in locator
      ? [select(db.collection(pathOf(collectionOf(entry.path), uid)), locator.beneath)]
      : [selectInAll(db, locator, uid), locator.filters[0]?.[0]];
  return {
    ...source,
    page: async (read, after, size) =>
      (await read(pageOf(db, query, after, size))).docs.map(({ ref }) => ({
        key: ref.path,
        documents: [{ entry, whose, ref, namedBy }],
      })),
  };
}

function placesOf(db: Firestore, uid: string, parts: readonly Part[]): Source {
  const query = selectInAll(db, queries.everyPlaceOf, uid);
  return {
    name: "places in shows",
    template: PLACES,
    page: async (read, after, size) =>
      (await read(pageOf(db, query, after, size))).docs.map(({ ref: { path } }) => {
        const [, showId = ""] = path.split("/");
        const documents = parts.map(({ entry, whose }) => ({
          entry,
          whose,
          ref: db.doc(pathOf(entry.path, uid, showId)),
        }));
        return { key: path, documents };
      }),
  };
}

function pageOf(db: Firestore, query: Query, after: string | null, size: number): Query {
  return (after === null ? query : query.startAfter(db.doc(after))).select().limit(size);
}

function pathOf(template: string, uid: string, showId?: string): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === "showId" && showId !== undefined ? showId : uid,
  );
}

function collectionOf(template: string): string {
  return template.slice(0, template.lastIndexOf("/"));
}

/** Whether a path is one of the inventory's path `template`. */
export function isAt(template: string, path: string): boolean {
  const named = template.split("/");
  const found = path.split("/");
  return (
    named.length === found.length &&
    named.every((name, index) => {
      const segment = found[index] ?? "";
      return name.startsWith("{") ? segment !== "" && segment.length <= 128 : name === segment;
    })
  );
}
