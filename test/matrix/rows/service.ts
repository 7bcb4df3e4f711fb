import { remove, set, update } from "../../support/rules/world.js";
import { everyone, signedIn, somebody } from "../roles.js";
import { type Filter, oneState, type Row, rowsOf, type Scene } from "../table.js";
import { serverDocuments } from "../documents.js";
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
  ...rowsOf(paymentsPath, oneState, (row) => [
    row.get("a payment by the caller", ({ me }) => ({ get: `payments/paid-by-${me}` }), {
      allow: signedIn,
    }),
    row.get("an unpaid payment by the caller", ({ me }) => ({ get: `payments/pending-by-${me}` }), {
      allow: signedIn,
    }),
    row.get("a payment to the caller", ({ me }) => ({ get: `payments/paid-to-${me}` }), {
      allow: signedIn,
    }),
    row.get("an unpaid payment to the caller", ({ me }) => ({ get: `payments/pending-to-${me}` })),
    row.get("a payment between others", () => ({ get: "payments/of-others" })),
    row.list("all", list("payments")),
    row.list(
      "payments by the caller",
      payments(({ me }) => [["supporterUid", "EQUAL", me]]),
      {
        allow: signedIn,
      },
    ),
    row.list(
      "paid payments to the caller",
      payments(({ me }) => [
        ["creatorUid", "EQUAL", me],
        ["status", "EQUAL", "paid"],
      ]),
      { allow: signedIn },
    ),
    row.list(
      "all payments to the caller",
      payments(({ me }) => [["creatorUid", "EQUAL", me]]),
    ),
    row.list(
      "unpaid payments to the caller",
      payments(({ me }) => [
        ["creatorUid", "EQUAL", me],
        ["status", "EQUAL", "pending"],
      ]),
    ),
    row.list(
      "another person's",
      payments(() => [["supporterUid", "EQUAL", somebody.uid]]),
    ),
    row.create("a paid payment by the caller", ({ me }) => ({
      writes: [set("payments/new", { supporterUid: me, creatorUid: somebody.uid, status: "paid" })],
    })),
  ]),
  ...serverWritten(paymentsPath, oneState, {
    what: "a payment by the caller",
    document: ({ me }) => `payments/pending-by-${me}`,
    fields: { status: "paid", amount: 1, creatorUid: somebody.uid },
  }),
];

const accountsPath = "supportAccounts/{uid}";
const supportAccountsRows = [
  ...rowsOf(accountsPath, oneState, (row) => [
    row.get("own", ({ me }) => ({ get: `supportAccounts/${me}` }), { allow: signedIn }),
    row.get("another person's", () => ({ get: `supportAccounts/${somebody.uid}` })),
    row.list("all", list("supportAccounts")),
  ]),
  ...serverWritten(accountsPath, oneState, {
    what: "own",
    document: ({ me }) => `supportAccounts/${me}`,
    absent: () => "supportAccounts/spotify_new",
    fields: { accountId: "mine", chargesEnabled: true },
  }),
];

/** Documents that only admins read and only the server writes. */
const forAdmins = (
  path: string,
  document: string,
  fields: Readonly<Record<string, unknown>>,
): readonly Row[] => [
  ...rowsOf(path, oneState, (row) => [
    row.get("one", () => ({ get: document }), { allow: ["admin"] }),
    row.list("all", list(document.split("/")[0] ?? ""), { allow: ["admin"] }),
  ]),
  ...serverWritten(path, oneState, {
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
    ...rowsOf(path, oneState, (row) => [
      row.get("one", () => ({ get: document })),
      row.list("50 by a word", list(collection, filters, 50), { allow: signedIn }),
      row.list("51 by a word", list(collection, filters, 51)),
      row.list("by a word, without a limit", list(collection, filters)),
      row.list("50 of all", list(collection, [], 50), { allow: signedIn }),
    ]),
    ...serverWritten(path, oneState, {
      what: "one",
      document: () => document,
      absent: () => `${document}-2`,
      fields: { prefixes: ["a"] },
    }),
  ];
};

const configRows = [
  ...rowsOf("config/client", oneState, (row) => [
    row.get("it", () => ({ get: "config/client" }), { allow: everyone }),
    row.list("all of `config`", list("config")),
  ]),
  ...serverWritten("config/client", oneState, {
    document: () => "config/client",
    absent: () => "config/other",
    fields: { features: {}, termsVersion: 0 },
  }),
];

/** The server's own documents, which not even the people they concern may read. */
const everythingElseRows = serverDocuments.flatMap((document) => {
  const [collection = "", ...rest] = document.split("/").toReversed().slice(1);
  const parent = rest.toReversed().join("/");
  const name = `\`${document.replace(/\/[^/]+$/, "")}\``;
  return rowsOf("{document=**}", oneState, (row) => [
    row.get(`one of ${name}`, () => ({ get: document })),
    row.list(name, () => ({ list: { parent, collection } })),
    row.list(`${name}, as a collection group`, () => ({
      list: { parent: "", collection, isGroup: true },
    })),
    row.create(`one in ${name}`, () => ({ writes: [set(`${document}-2`, { uid: "me" })] })),
    row.update(`one of ${name}`, () => ({ writes: [update(document, { uid: "me" })] })),
    row.delete(`one of ${name}`, () => ({ writes: [remove(document)] })),
  ]);
});

/** Documents that no rule names. */
const unnamedRows = rowsOf("{document=**}", oneState, (row) =>
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
