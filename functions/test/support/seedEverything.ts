import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { createHash } from "node:crypto";
import { isArray, isRecord } from "../../../local/files/json.js";
import { z } from "zod";
import type { SubjectRole } from "../../src/contract/dataPolicies.js";
import { fieldsOf, inventory, type InventoryEntry } from "../../src/contract/inventory.js";
import { userId } from "../../src/contract/fields.js";
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
  readonly whose?: SubjectRole | undefined;
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
const idFields = new Set(["showId", "commentId", "reportId"]);

/** The fields of a document that may contain a uid, by its schema. */
export function fieldsWithUid(entry: InventoryEntry): readonly string[] {
  return Object.entries(propertiesOf(entry)).flatMap(([field, schema]) =>
    containsUid(schema) ? [field] : [],
  );
}

/**
 * Makes each document of the inventory for each person in each role, from its schema: so a new document or field is in
 * the seed by itself. Fields that may name a person in no role of theirs have documents of their own: there everything else is
 * other people's. All ids begin with `prefix`, so that several seeds fit into one database.
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
  /** Of two people in one document, the later one has what is no list, unless they are a guest in the other's show. */
  const add = (document: SeededDocument, isGuest = false) => {
    const before = documents.get(document.path);
    const [first, last] = isGuest && before ? [document, before] : [before ?? document, document];
    const data = before ? joined(first.data, last.data) : document.data;
    documents.set(document.path, { ...last, data });
  };

  for (const entry of entries) {
    const make = (
      ids: Ids,
      person: Marked,
      whose: SubjectRole | undefined,
      changes: Record<string, unknown> = {},
    ) => {
      const path = pathOf(entry.path, ids, `${prefix}-${whose ?? "nobody"}`);
      const theirs = whose ? fieldsOf(entry, whose).map(([field]) => field) : [];
      const data = { ...documentOf(entry, theirs, person, now), ...changes };
      const isGuest = people.some((each) => each !== person && ids.showId.startsWith(nameOf(each)));
      add({ path, entry, data, of: whose && person, whose }, isGuest);
    };
    /** In `field`, or in the path alone, and nowhere else. */
    const makeBeside = (person: Marked, field: string | null) => {
      const uid = `spotify_beside-${nameOf(person)}-${field}`;
      const ids = { uid, other: field === null ? person.uid : uid, showId: liveShow };
      const path = pathOf(entry.path, ids, `${prefix}-beside`);
      add({ path, entry, data: documentOf(entry, field === null ? [] : [field], person, now) });
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
        } else if (whose === "actor" || (entry.path.startsWith("users/") && whose === "reported")) {
          make({ ...ids, uid: host.uid }, person, whose);
        } else if (entry.path === "reports/{reportId}" && whose === "reported") {
          // Each side has appealed.
          const appealOf = (by: Marked) => documentOf(entry, ["appeals"], by, now);
          const { appeals } = joined(appealOf(host), appealOf(person));
          make(ids, person, whose, { appeals });
        } else {
          make(ids, person, whose);
        }
      }
      const inRoles = entry.people.flatMap(([whose]) => fieldsOf(entry, whose));
      const covered = inRoles.map(([field]) => field);
      for (const field of fieldsWithUid(entry)) {
        if (!covered.includes(field) || isListOfOthers(entry, field)) makeBeside(person, field);
      }
      if (entry.path.includes("{otherUid}")) makeBeside(person, null);
    }
  }
  const showEntry = entries.find(({ path }) => path === "shows/{showId}");
  if (!showEntry) throw new Error("the inventory has no shows");
  for (const [index, showId] of shared.entries()) {
    const status = index === 0 ? "live" : "ended";
    const data = { ...documentOf(showEntry, [], host, now), status, hostUid: host.uid };
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

function propertiesOf({ schema }: InventoryEntry): NonNullable<JsonSchema["properties"]> {
  const { properties = {} } = z.toJSONSchema(schema, {
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === "custom") jsonSchema.title = "Timestamp";
    },
  });
  return properties;
}

const uidSchema = z.toJSONSchema(userId);

/** Nothing else has exactly a uid's bounds. */
function isUid({ minLength, maxLength }: { minLength?: unknown; maxLength?: unknown }): boolean {
  return minLength === uidSchema.minLength && maxLength === uidSchema.maxLength;
}

function containsUid(schema: unknown): boolean {
  if (isArray(schema)) return schema.some(containsUid);
  if (!isRecord(schema)) return false;
  return isUid(schema) || Object.values(schema).some(containsUid);
}

/** A person's own document that lists other people. */
function isListOfOthers(entry: InventoryEntry, field: string): boolean {
  return entry.path === "users/{uid}/private/hidden" && field === "uids";
}

/** A document in which the fields `theirs` are `person`'s, and other people's fields the host's. */
function documentOf(
  entry: InventoryEntry,
  theirs: readonly string[],
  person: Marked,
  now: number,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(propertiesOf(entry)).map(([field, schema]) => {
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
      if (isUid(schema)) return owner.uid;
      // Says nothing of a person.
      if (idFields.has(field)) return `${field}-${neutral.word}`;
      return `${field}-${owner.word}`.slice(0, schema.maxLength);
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
