import { remove, set, update } from "../../support/rules/world.js";
import { everyone, type Role, signedIn, somebody } from "../roles.js";
import { type Filter, oneWorld, type Row, rowsOf, type Scene } from "../table.js";
import { serverDocuments } from "../world.js";
import { serverWritten } from "./serverWritten.js";

const list =
  (collection: string, filters: readonly Filter[] = [], limit?: number) =>
  () => ({
    list: { parent: "", collection, filters, ...(limit !== undefined && { limit }) },
  });
const payments = (filters: (scene: Scene) => readonly Filter[]) => (scene: Scene) => ({
  list: { parent: "", collection: "payments", filters: filters(scene) },
});

const paymentsPath = "payments/{supportId}";
const paymentsRows = [
  ...rowsOf(paymentsPath, oneWorld, (row) => [
    row.get("one that one paid", ({ me }) => ({ get: `payments/paid-by-${me}` }), {
      allow: signedIn,
    }),
    row.get("one that one has not paid yet", ({ me }) => ({ get: `payments/pending-by-${me}` }), {
      allow: signedIn,
    }),
    row.get("one that one received", ({ me }) => ({ get: `payments/paid-to-${me}` }), {
      allow: signedIn,
    }),
    row.get("to oneself, not paid yet", ({ me }) => ({ get: `payments/pending-to-${me}` })),
    row.get("one of others", () => ({ get: "payments/of-others" })),
    row.list("all", list("payments")),
    row.list(
      "those that one pays",
      payments(({ me }) => [["supporterUid", "EQUAL", me]]),
      {
        allow: signedIn,
      },
    ),
    row.list(
      "those that one received",
      payments(({ me }) => [
        ["creatorUid", "EQUAL", me],
        ["status", "EQUAL", "paid"],
      ]),
      { allow: signedIn },
    ),
    row.list(
      "to oneself, of every status",
      payments(({ me }) => [["creatorUid", "EQUAL", me]]),
    ),
    row.list(
      "to oneself, not paid yet",
      payments(({ me }) => [
        ["creatorUid", "EQUAL", me],
        ["status", "EQUAL", "pending"],
      ]),
    ),
    row.list(
      "another's",
      payments(() => [["supporterUid", "EQUAL", somebody.uid]]),
    ),
    row.create("one that one has paid", ({ me }) => ({
      writes: [set("payments/new", { supporterUid: me, creatorUid: somebody.uid, status: "paid" })],
    })),
  ]),
  ...serverWritten(paymentsPath, oneWorld, {
    what: "one of one's own",
    document: ({ me }) => `payments/pending-by-${me}`,
    fields: { status: "paid", amount: 1, creatorUid: somebody.uid },
  }),
];

const accountsPath = "supportAccounts/{uid}";
const supportAccountsRows = [
  ...rowsOf(accountsPath, oneWorld, (row) => [
    row.get("one's own", ({ me }) => ({ get: `supportAccounts/${me}` }), { allow: signedIn }),
    row.get("another's", () => ({ get: `supportAccounts/${somebody.uid}` })),
    row.list("all", list("supportAccounts")),
  ]),
  ...serverWritten(accountsPath, oneWorld, {
    what: "one's own",
    document: ({ me }) => `supportAccounts/${me}`,
    absent: () => "supportAccounts/spotify_new",
    fields: { accountId: "mine", chargesEnabled: true },
  }),
];

/** What admins alone read, and the server writes. */
const forAdmins = (
  path: string,
  document: string,
  fields: Readonly<Record<string, unknown>>,
): readonly Row[] => [
  ...rowsOf(path, oneWorld, (row) => [
    row.get("one", () => ({ get: document }), { allow: ["admin"] }),
    row.list("all", list(document.split("/")[0] ?? ""), { allow: ["admin"] }),
  ]),
  ...serverWritten(path, oneWorld, {
    what: "one",
    document: () => document,
    absent: () => `${document}-2`,
    fields,
  }),
];

/** Copies of what is public. */
const search = (path: string, document: string): readonly Row[] => {
  const collection = document.split("/")[0] ?? "";
  const filters = [["prefixes", "ARRAY_CONTAINS", "nig"]] as const;
  return [
    ...rowsOf(path, oneWorld, (row) => [
      row.get("one", () => ({ get: document })),
      row.list("50 by a word", list(collection, filters, 50), { allow: signedIn }),
      row.list("51 by a word", list(collection, filters, 51)),
      row.list("by a word, without a limit", list(collection, filters)),
      row.list("50 of all", list(collection, [], 50), { allow: signedIn }),
    ]),
    ...serverWritten(path, oneWorld, {
      what: "one",
      document: () => document,
      absent: () => `${document}-2`,
      fields: { prefixes: ["a"] },
    }),
  ];
};

const configRows = [
  ...rowsOf("config/client", oneWorld, (row) => [
    row.get("it", () => ({ get: "config/client" }), { allow: everyone }),
    row.list("all of `config`", list("config")),
  ]),
  ...serverWritten("config/client", oneWorld, {
    document: () => "config/client",
    absent: () => "config/other",
    fields: { features: {}, termsVersion: 0 },
  }),
];

const closed: readonly Role[] = [];

/** The server's own: not even their owners read them. */
const everythingElseRows = serverDocuments.flatMap((document) => {
  const [collection = "", ...rest] = document.split("/").toReversed().slice(1);
  const parent = rest.toReversed().join("/");
  const name = `\`${document.replace(/\/[^/]+$/, "")}\``;
  return rowsOf("{document=**}", oneWorld, (row) => [
    row.get(`one of ${name}`, () => ({ get: document }), { allow: closed }),
    row.list(name, () => ({ list: { parent, collection } })),
    row.list(`${name}, wherever they are`, () => ({
      list: { parent: "", collection, isGroup: true },
    })),
    row.create(`one in ${name}`, () => ({ writes: [set(`${document}-2`, { uid: "me" })] })),
    row.update(`one of ${name}`, () => ({ writes: [update(document, { uid: "me" })] })),
    row.delete(`one of ${name}`, () => ({ writes: [remove(document)] })),
  ]);
});

/** Documents beside those that have a rule. */
const unnamedRows = rowsOf("{document=**}", oneWorld, (row) =>
  [
    "users/spotify_listener/notes/note",
    "shows/live-public-main/notes/note",
    "shows/live-public-main/feed/older",
    "shows/live-public-main/playlist/next",
    "shows/live-public-main/playback/before",
    "shows/live-public-main/summary/draft",
    "shows/live-public-main/setlist/draft",
    "shows/live-public-main/filter/names",
    "shows/live-public-main/comments/visible/replies/reply",
  ].flatMap((document) => [
    row.get(`\`${document}\``, () => ({ get: document })),
    row.create(`\`${document}\``, () => ({ writes: [set(document, { uid: "me" })] })),
  ]),
);

export const serviceRows = [
  ...paymentsRows,
  ...supportAccountsRows,
  ...forAdmins("reports/{reportId}", "reports/report", { reason: "Other" }),
  ...forAdmins("audit/{entryId}", "audit/entry", { action: "none" }),
  ...search("showSearch/{showId}", "showSearch/live-public-main"),
  ...search("creatorSearch/{uid}", "creatorSearch/spotify_creator"),
  ...configRows,
  ...everythingElseRows,
  ...unnamedRows,
];
