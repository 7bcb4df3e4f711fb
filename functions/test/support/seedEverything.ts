import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { createHash } from "node:crypto";
import { isArray } from "../../../local/files/json.js";
import { z } from "zod";
import type { Whose } from "../../src/contract/dataPolicies.js";
import { fieldsOf, inventory, type InventoryEntry } from "../../src/contract/inventory.js";
import { showStatus, type ShowStatus } from "../../src/contract/shows.js";

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** A person whose every text contains a word of their own, beside their uid. */
export interface Marked {
  readonly uid: string;
  readonly word: string;
}

/** A document of the seed. `of` stands in it as `whose`; of nobody in particular where that is undefined. */
export interface SeededDocument {
  readonly path: string;
  readonly entry: InventoryEntry;
  readonly data: Readonly<Record<string, unknown>>;
  readonly of?: Marked | undefined;
  readonly whose?: Whose | undefined;
}

export interface Seed {
  readonly documents: readonly SeededDocument[];
  /** The show of a third person in which everybody is. */
  readonly liveShow: string;
  readonly showOf: (person: Marked, status: ShowStatus) => string;
}

/** A third person, who keeps everything. */
const host: Marked = { uid: "spotify_host", word: "hostword" };
const neutral: Marked = { uid: "spotify_neutral", word: "neutral" };

const entries: readonly InventoryEntry[] = inventory;

/** Every field that holds a uid: those by which people are found, and the two beside them. */
const uidFields = new Set([
  "uid",
  "authorUid",
  ...entries.flatMap(({ people }) =>
    people.flatMap(([, locator]) =>
      typeof locator === "object" && "filters" in locator
        ? locator.filters.map(([field]) => field)
        : [],
    ),
  ),
]);

/**
 * Makes each document of the inventory for each person in each part, from its schema: so a new document or field is in
 * the seed by itself. All ids begin with `prefix`, so that several seeds fit into one database.
 */
export function seedOfEverything(people: readonly Marked[], prefix: string, now: number): Seed {
  const liveShow = `${prefix}-live`;
  const shared = [liveShow, `${prefix}-past`];
  // Without a word of the person, so that a show that stays does not count as theirs.
  const nameOf = (person: Marked) => `${prefix}-${people.indexOf(person)}`;
  const showOf = (person: Marked, status: ShowStatus) => `${nameOf(person)}-${status}`;
  const places = [
    ...shared,
    ...people.flatMap((each) => [showOf(each, "live"), showOf(each, "ended")]),
  ];
  const documents = new Map<string, SeededDocument>();
  const add = (document: SeededDocument) => {
    const before = documents.get(document.path);
    const data = before ? joined(before.data, document.data) : document.data;
    documents.set(document.path, { ...document, data });
  };

  for (const entry of entries) {
    const make = (
      ids: Ids,
      person: Marked,
      whose: Whose | undefined,
      changes: Record<string, unknown> = {},
    ) => {
      const path = pathOf(entry.path, ids, `${prefix}-${whose ?? "nobody"}`);
      const data = { ...documentOf(entry, whose, person, now), ...changes };
      add({ path, entry, data, of: whose && person, whose });
    };
    if (entry.people.length === 0) {
      for (const showId of [liveShow, ...people.map((person) => showOf(person, "draft"))]) {
        make({ showId, uid: neutral.uid, other: neutral.uid }, neutral, undefined);
      }
    }
    for (const person of people) {
      for (const [whose, locator] of entry.people) {
        const ids = { uid: person.uid, other: host.uid, showId: `${nameOf(person)}-led` };
        if (locator === "place") {
          for (const showId of places) make({ ...ids, showId }, person, whose);
        } else if (entry.path === "shows/{showId}" && whose === "creator") {
          for (const status of showStatus.options) {
            const takenDown = { reportId: "report", visibility: "public", status: "draft" };
            const changes = { status, pinnedCommentId: null, hostUid: person.uid, takenDown };
            make({ ...ids, showId: showOf(person, status) }, person, whose, changes);
          }
        } else if (entry.path === "liveShows/{creatorUid}") {
          make(ids, person, whose, { showId: showOf(person, "live") });
        } else if (entry.path === "deletions/{uid}") {
          // Only the first person's is due.
          const dueAt = Timestamp.fromMillis(now + people.indexOf(person) * 3_600_000);
          make(ids, person, whose, { begunAt: null, dueAt });
        } else if (whose === "followed") {
          make({ ...ids, uid: host.uid, other: person.uid }, person, whose);
        } else if (whose === "actor") {
          make({ ...ids, uid: host.uid }, person, whose);
        } else {
          make(ids, person, whose);
        }
      }
    }
  }
  const showEntry = entries.find(({ path }) => path === "shows/{showId}");
  if (!showEntry) throw new Error("the inventory has no shows");
  for (const [index, showId] of shared.entries()) {
    const status = index === 0 ? "live" : "ended";
    const data = { ...documentOf(showEntry, "creator", host, now), status, hostUid: host.uid };
    add({ path: `shows/${showId}`, entry: showEntry, data });
  }
  return { documents: [...documents.values()], liveShow, showOf };
}

export async function store(db: Firestore, { documents }: Seed): Promise<void> {
  const writer = db.bulkWriter();
  const writes = documents.map(({ path, data }) => writer.set(db.doc(path), data));
  await writer.close();
  await Promise.all(writes);
}

/** Every document of the database, by path. */
export async function everyDocument(
  source: Pick<Firestore, "listCollections">,
): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  const collections = await source.listCollections();
  await Promise.all(
    collections.map(async (collection) => {
      const [{ docs }, refs] = await Promise.all([collection.get(), collection.listDocuments()]);
      for (const { ref, ...document } of docs.map((doc) => ({ ref: doc.ref, data: doc.data() }))) {
        found.set(ref.path, document.data);
      }
      const beneath = await Promise.all(refs.map((ref) => everyDocument(ref)));
      for (const [path, data] of beneath.flatMap((documents) => [...documents])) {
        found.set(path, data);
      }
    }),
  );
  return found;
}

interface Ids {
  readonly uid: string;
  readonly other: string;
  readonly showId: string;
}

function pathOf(template: string, { uid, other, showId }: Ids, prefix: string): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    switch (name) {
      case "uid":
        return uid;
      case "otherUid":
        return other;
      case "creatorUid":
        return template.includes("/following/") ? other : uid;
      case "showId":
        return showId;
      case "limit":
        return "signIn";
      case "sequence":
      case "revision":
        return "1";
      default:
        return `${prefix}-${createHash("sha256").update([uid, other, showId].join()).digest("hex")}`.slice(
          0,
          64,
        );
    }
  });
}

/** A document in which the fields of `whose` are `person`'s, and other people's fields the host's. */
function documentOf(
  entry: InventoryEntry,
  whose: Whose | undefined,
  person: Marked,
  now: number,
): Record<string, unknown> {
  const theirs = whose ? fieldsOf(entry, whose).map(([field]) => field) : [];
  const { properties = {} } = z.toJSONSchema(entry.schema, {
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === "custom") jsonSchema.title = "Timestamp";
    },
  });
  return Object.fromEntries(
    Object.entries(properties).map(([field, schema]) => {
      const owner = theirs.includes(field) ? person : isPersonal(entry, field) ? host : neutral;
      return [field, valueOf(field, schema, owner, now)];
    }),
  );
}

function isPersonal(entry: InventoryEntry, field: string): boolean {
  return entry.people.some(([whose]) => fieldsOf(entry, whose).some(([name]) => name === field));
}

function valueOf(
  field: string,
  schema: JsonSchema | boolean | undefined,
  owner: Marked,
  now: number,
): unknown {
  if (typeof schema !== "object") throw new Error(`${field} has no schema`);
  if (schema.title === "Timestamp") return Timestamp.fromMillis(now - 60_000);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const variant = (schema.anyOf ?? schema.oneOf)?.find(
    (one) => typeof one === "object" && one.type !== "null",
  );
  if (variant) return valueOf(field, variant, owner, now);
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== "null") : schema.type;
  switch (type) {
    case "string":
      if (field === "spoke" || uidFields.has(field)) return owner.uid;
      return `${field}-${owner.word}`;
    case "integer":
    case "number":
      return 1;
    case "boolean":
      return true;
    case "array": {
      const { items } = schema;
      return [valueOf(field, Array.isArray(items) ? items[0] : items, owner, now)];
    }
    case "object": {
      const entriesOf = Object.entries(schema.properties ?? { any: schema.additionalProperties });
      return Object.fromEntries(
        entriesOf.map(([name, part]) => [name, valueOf(name, part, owner, now)]),
      );
    }
    default:
      throw new Error(`${field}: the seed does not know this kind of schema`);
  }
}

/** Two people's parts in one document: lists have both. */
function joined(
  before: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries({ ...before, ...more }).map(([field, value]) => {
      const other = before[field];
      return [field, isArray(other) && isArray(value) ? [...other, ...value] : value];
    }),
  );
}
