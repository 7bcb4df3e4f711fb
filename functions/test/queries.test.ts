import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { z } from "zod";
import { fieldsOf } from "../../docs/generator/fields.js";
import { inventory } from "../src/contract/inventory.js";
import { queries, type QueryDeclaration } from "../src/contract/queries.js";

const indexesFile = z.strictObject({
  indexes: z.array(
    z.strictObject({
      collectionGroup: z.string(),
      queryScope: z.enum(["COLLECTION", "COLLECTION_GROUP"]),
      fields: z.array(
        z.union([
          z.strictObject({ fieldPath: z.string(), order: z.enum(["ASCENDING", "DESCENDING"]) }),
          z.strictObject({ fieldPath: z.string(), arrayConfig: z.literal("CONTAINS") }),
        ]),
      ),
    }),
  ),
  fieldOverrides: z.array(
    z.strictObject({
      collectionGroup: z.string(),
      fieldPath: z.string(),
      ttl: z.literal(true).optional(),
      // An empty list turns off every index of the field. A list replaces the automatic ones.
      indexes: z.array(
        z.union([
          z.strictObject({
            order: z.enum(["ASCENDING", "DESCENDING"]),
            queryScope: z.enum(["COLLECTION", "COLLECTION_GROUP"]),
          }),
          z.strictObject({
            arrayConfig: z.literal("CONTAINS"),
            queryScope: z.literal("COLLECTION_GROUP"),
          }),
        ]),
      ),
    }),
  ),
});
type Index = z.infer<typeof indexesFile>["indexes"][number];

/**
 * Firestore limits a collection to about 500 writes per second if an index on it only grows at one
 * end.
 */
const ONLY_GROWS = "a write time: its index would receive all writes at one end";
const TEXT = "free text: no query uses it, and each write would pay for its entries";
const NESTED = "a list or map: each element or key would be a separate index entry";
const OPAQUE = "ciphertext: no query can use it";
const IN_COMPOSITES = "queries go by it together with other fields, which composite indexes serve";
const EXPIRES = "TTL works without an index, and the value only grows";

/**
 * The reasons why fields in `firestore.indexes.json` have no index, because JSON has no comments.
 */
const withoutIndex: Readonly<Record<string, string>> = {
  "spotifyCredentials.grantExpiresAt": EXPIRES,
  "leases.expiresAt": EXPIRES,
  "limits.expiresAt": EXPIRES,
  "spotifyCredentials.refreshToken": OPAQUE,
  "spotifyCredentials.accessToken": OPAQUE,
  "spotifyCredentials.expiresAt": ONLY_GROWS,
  "spotifyCredentials.updatedAt": ONLY_GROWS,
  "users.bio": TEXT,
  "users.links": NESTED,
  "users.updatedAt": ONLY_GROWS,
  "shows.description": TEXT,
  "shows.endedAt": ONLY_GROWS,
  "shows.updatedAt": ONLY_GROWS,
  // No field: the owner reads the one document, and each comment and heartbeat writes it.
  "activity.lastCommentAt": ONLY_GROWS,
  "activity.lastCommentId": "no query uses it, and every comment writes it",
  "activity.seenAt": ONLY_GROWS,
  "participants.leftAt": ONLY_GROWS,
  "comments.text": TEXT,
  "comments.author": NESTED,
  "reactions.at": ONLY_GROWS,
  "saves.at": ONLY_GROWS,
  "songRequests.track": NESTED,
  "songRequests.createdAt": IN_COMPOSITES,
  "songRequests.decidedAt": ONLY_GROWS,
  "songVotes.at": ONLY_GROWS,
  "speakRequests.message": TEXT,
  "speakRequests.decidedAt": ONLY_GROWS,
  // One document per show, which is always read by its path.
  "feed.audience": NESTED,
  "feed.reactions": NESTED,
  "feed.songRequests": NESTED,
  "feed.comments": NESTED,
  "feed.pinned": NESTED,
  "feed.updatedAt": ONLY_GROWS,
  "feed.digestSince": ONLY_GROWS,
  "leases.connectedSince": ONLY_GROWS,
  "playlist.tracks": NESTED,
  "playlists.tracks": NESTED,
  "removedTracks.tracks": NESTED,
  "setlist.tracks": NESTED,
  "summary.audience": NESTED,
  "measures.points": NESTED,
  "playback.at": ONLY_GROWS,
  "timeline.at": ONLY_GROWS,
  "stages.spoke": NESTED,
  "reports.reason": TEXT,
  "reports.about": NESTED,
  "reports.snapshot": NESTED,
  "reports.decided": NESTED,
  "reports.appeals": NESTED,
  "reports.appealDecided": NESTED,
  "notices.reason": TEXT,
  "notices.about": NESTED,
  "suspensions.reason": TEXT,
  "audit.reason": TEXT,
  "confirmations.expiresAt": EXPIRES,
  "reports.expiresAt": EXPIRES,
  "payments.expiresAt": EXPIRES,
  "shows.takenDown": NESTED,
  "shows.createdAt": ONLY_GROWS,
  "shows.startedAt": ONLY_GROWS,
  "shows.scheduledFor": IN_COMPOSITES,
  "shows.audience.countedAt": ONLY_GROWS,
  "users.createdAt": ONLY_GROWS,
  "reminders.createdAt": ONLY_GROWS,
  "inbox.expiresAt": EXPIRES,
  "inbox.title": TEXT,
  "inbox.creator": NESTED,
  "inbox.pushAttempts": "no query uses it",
  "inbox.scheduledFor": "no query uses it",
  "devices.expiresAt": EXPIRES,
  "devices.token": "a secret text: no query uses it",
  "devices.updatedAt": ONLY_GROWS,
  "private.updatedAt": ONLY_GROWS,
  "shows.tags": IN_COMPOSITES,
  "showSearch.title": TEXT,
  "showSearch.creator": NESTED,
  "showSearch.at": ONLY_GROWS,
  "showSearch.prefixes": IN_COMPOSITES,
  "creatorSearch.prefixes": IN_COMPOSITES,
  "participants.joinedAt": ONLY_GROWS,
  "speakRequests.createdAt": ONLY_GROWS,
  "showIds.takenAt": ONLY_GROWS,
  "stages.permissionsChangedAt": ONLY_GROWS,
  "stages.closing": NESTED,
  "sweeps.at": ONLY_GROWS,
  "spotifyCredentials.lease": NESTED,
  "spotifyCredentials.refreshFailure": NESTED,
};

const RARE = "written far less than 500 times a second";

/** The reasons why other times keep an index that no query uses alone. */
const spare: Readonly<Record<string, string>> = {
  "private.spotifyGrantedAt": RARE,
  "private.acceptedAt": RARE,
  "notices.until": RARE,
  "notices.appealUntil": RARE,
  "suspensions.at": RARE,
  "admins.at": RARE,
  "confirmations.until": RARE,
  "audit.until": RARE,
  "reports.createdAt": RARE,
  "payments.createdAt": RARE,
  "payments.paidAt": RARE,
  "payments.updatedAt": RARE,
  "supportAccounts.createdAt": RARE,
  "supportAccounts.checkedAt": RARE,
  "deletions.requestedAt": RARE,
  "deletions.begunAt": RARE,
  "deletions.profile.createdAt": RARE,
  "deletions.profile.updatedAt": RARE,
};

/** Queries that only an app's developer makes: docs/server.md offers these lists. */
const forApps = ["currentPublicShows", "speakRequestsOf"];

/** The documents of a collection, wherever it stands. */
const documentsIn = (collection: string) =>
  inventory.filter(({ path }) => path.split("/").at(-2) === collection);

const root = new URL("../../", import.meta.url);
const { indexes: declared, fieldOverrides } = indexesFile.parse(
  JSON.parse(readFileSync(new URL("firestore.indexes.json", root), "utf8")),
);

/** The fields that a query compares for equality. An index has them first, in any order. */
const equalitiesOf = ({ filters }: QueryDeclaration): string[] =>
  filters.flatMap(([field, operator]) => (EQUALITIES.includes(operator) ? [field] : []));
const EQUALITIES = ["==", "in", "array-contains"];

/**
 * The composite index that production requires, or undefined if the automatic single-field indexes
 * are enough. These cover equalities alone, and one order or range without an equality.
 * https://firebase.google.com/docs/firestore/query-data/index-overview
 */
function compositeIndexFor(query: QueryDeclaration): Index | undefined {
  const equalities = equalitiesOf(query);
  // Every index ends with the document id.
  const order = query.order.filter(([field]) => field !== "__name__");
  const ranges = query.filters.filter(([field]) => !equalities.includes(field));
  for (const [field] of ranges) {
    assert.equal(order[0]?.[0] ?? field, field, "a range filter's field is ordered first");
  }
  if (equalities.length === 0 || order.length + ranges.length === 0) {
    if (query.scope === "group") {
      assert.equal(query.filters.length, 1, "a group query without an order has one equality");
    }
    return undefined;
  }
  assert.ok(order.length > 0, "a range next to an equality has an explicit order");
  return {
    collectionGroup: query.collection,
    queryScope: query.scope === "group" ? "COLLECTION_GROUP" : "COLLECTION",
    fields: [
      ...equalities.map((fieldPath) =>
        query.filters.some(
          ([field, operator]) => field === fieldPath && operator === "array-contains",
        )
          ? { fieldPath, arrayConfig: "CONTAINS" as const }
          : { fieldPath, order: "ASCENDING" as const },
      ),
      ...order.map(([fieldPath, direction]) => ({
        fieldPath,
        order: direction === "asc" ? ("ASCENDING" as const) : ("DESCENDING" as const),
      })),
    ],
  };
}

/** The field on which production requires an index across a group, which is never automatic. */
function groupFieldOf(query: QueryDeclaration): string | undefined {
  if (query.scope !== "group" || compositeIndexFor(query)) return undefined;
  return query.filters[0]?.[0];
}

/** Equality fields can be in any order before the ordered ones. */
function serves(index: Index, needed: Index, equalities: number): boolean {
  const key = (fields: Index["fields"]) =>
    fields.map((field) => `${field.fieldPath} ${"order" in field ? field.order : "CONTAINS"}`);
  const split = (fields: Index["fields"]) => [
    ...key(fields.slice(0, equalities)).sort(),
    ...key(fields.slice(equalities)),
  ];
  return (
    index.collectionGroup === needed.collectionGroup &&
    index.queryScope === needed.queryScope &&
    split(index.fields).join() === split(needed.fields).join()
  );
}

describe("firestore.indexes.json", () => {
  const turnedOff = fieldOverrides.filter(({ indexes }) => indexes.length === 0);
  const groupFields = fieldOverrides
    .filter(({ indexes }) => indexes.some(({ queryScope }) => queryScope === "COLLECTION_GROUP"))
    .map(({ collectionGroup, fieldPath }) => `${collectionGroup}.${fieldPath}`);

  it("has exactly the field indexes across groups that queries need", () => {
    const needed = Object.values<QueryDeclaration>(queries).flatMap((query) => {
      const field = groupFieldOf(query);
      return field === undefined ? [] : [`${query.collection}.${field}`];
    });
    assert.ok(needed.length > 0);
    assert.deepEqual([...groupFields].sort(), [...new Set(needed)].sort());
  });

  it("keeps the automatic indexes that queries need, in addition to those across groups", () => {
    for (const query of Object.values<QueryDeclaration>(queries)) {
      if (query.scope === "group" || compositeIndexFor(query)) continue;
      const directions = new Map<string, string>(query.order);
      for (const [field] of [...query.filters, ...query.order]) {
        const override = fieldOverrides.find(
          (each) => each.collectionGroup === query.collection && each.fieldPath === field,
        );
        const order = directions.get(field) === "desc" ? "DESCENDING" : "ASCENDING";
        const isKept = override?.indexes.some(
          (index) => "order" in index && index.queryScope === "COLLECTION" && index.order === order,
        );
        assert.ok(isKept ?? true, `${query.collection}.${field}`);
      }
    }
  });

  for (const [name, query] of Object.entries<QueryDeclaration>(queries)) {
    const needed = compositeIndexFor(query);
    if (!needed) continue;
    it(`has the index for ${name}`, () => {
      assert.ok(
        declared.some((index) => serves(index, needed, equalitiesOf(query).length)),
        `missing: ${JSON.stringify(needed)}`,
      );
    });
  }

  it("deletes expired documents", () => {
    assert.deepEqual(
      fieldOverrides
        .filter(({ ttl }) => ttl)
        .map((field) => `${field.collectionGroup}.${field.fieldPath}`),
      [
        "inbox.expiresAt",
        "devices.expiresAt",
        "spotifyCredentials.grantExpiresAt",
        "leases.expiresAt",
        "limits.expiresAt",
        "confirmations.expiresAt",
        "reports.expiresAt",
        "payments.expiresAt",
      ],
    );
  });

  it("turns off exactly the indexes that are listed here with a reason", () => {
    assert.deepEqual(
      turnedOff.map((field) => `${field.collectionGroup}.${field.fieldPath}`).sort(),
      Object.keys(withoutIndex).sort(),
    );
  });

  it("turns off indexes only for existing fields", () => {
    for (const field of Object.keys(withoutIndex)) {
      const [collection = "", name = ""] = field.split(".");
      const documents = documentsIn(collection);
      assert.ok(
        documents.some(({ schema }) => name in schema.shape),
        field,
      );
    }
  });

  /** The fields of a collection by which a query goes alone: a composite index does not need those of its single fields. */
  const queriedIn = (collection: string) =>
    Object.values<QueryDeclaration>(queries)
      .filter((query) => query.collection === collection && !compositeIndexFor(query))
      .flatMap((query) => [...query.filters, ...query.order].map(([field]) => field));

  it("turns off no index that a query needs", () => {
    for (const { collectionGroup, fieldPath } of turnedOff) {
      assert.ok(!queriedIn(collectionGroup).includes(fieldPath), `${collectionGroup}.${fieldPath}`);
    }
  });

  it("turns off the index of each time in each document, unless a query or a reason here needs it", () => {
    const off = turnedOff.map((field) => `${field.collectionGroup}.${field.fieldPath}`);
    const kept = inventory.flatMap(({ path, schema }) => {
      const collection = path.split("/").at(-2) ?? "";
      return fieldsOf(schema)
        .filter(({ type }) => type.includes("Timestamp"))
        .map((field) => field.path.replaceAll(/\[\]|\{\}/g, ""))
        .filter((field) => {
          // To turn off the index of a map or a list is to turn off those of all that is in it.
          const names = field.split(".").map((_, index, all) => all.slice(0, index + 1).join("."));
          return !names.some((name) => off.includes(`${collection}.${name}`));
        })
        .filter((field) => !queriedIn(collection).includes(field))
        .map((field) => `${collection}.${field}`);
    });
    assert.deepEqual([...new Set(kept)].sort(), Object.keys(spare).sort());
  });

  it("declares no query that nothing uses", () => {
    const sources = ["functions/src", "functions/commands", "client/src"].flatMap((folder) =>
      readdirSync(new URL(folder, root), { recursive: true })
        .map(String)
        .filter((path) => path.endsWith(".ts"))
        .map((path) => readFileSync(new URL(`${folder}/${path}`, root), "utf8")),
    );
    const isMade = (name: string) =>
      sources.some((source) => new RegExp(`\\bqueries\\.${name}\\b`).test(source));
    assert.deepEqual(
      Object.keys(queries).filter((name) => !isMade(name)),
      forApps,
    );
  });

  it("has no unused index", () => {
    const unused = declared.filter(
      (index) =>
        !Object.values<QueryDeclaration>(queries).some((query) => {
          const needed = compositeIndexFor(query);
          return needed && serves(index, needed, equalitiesOf(query).length);
        }),
    );
    assert.deepEqual(unused, []);
  });

  it("covers every query, because the functions build none elsewhere", () => {
    const sources = readdirSync(new URL("functions/src", root), { recursive: true })
      .map(String)
      .filter((path) => path.endsWith(".ts") && path !== "queries.ts");
    assert.ok(sources.length > 20, "the sources were found");
    const builders = sources.filter((path) =>
      /\.(where|orderBy|collectionGroup)\(/.test(
        readFileSync(new URL(`functions/src/${path}`, root), "utf8"),
      ),
    );
    assert.deepEqual(builders, []);
  });
});
