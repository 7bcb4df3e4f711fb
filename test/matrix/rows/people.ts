import * as build from "../../support/rules/builders.js";
import { remove, set, update } from "../../support/rules/world.js";
import { but, notSuspended, type Role, signedIn, somebody } from "../roles.js";
import { everyState, type Filter, oneState, type Row, rowsOf, type Scene } from "../table.js";
import { serverWritten } from "./serverWritten.js";
import { whoMayReadTheShow } from "./shows.js";

const { now } = build;
const mine =
  (rest: string) =>
  ({ me }: Scene): string =>
    `users/${me}${rest}`;
const others = (rest: string) => (): string => `users/${somebody.uid}${rest}`;
const list =
  (home: (scene: Scene) => string, collection: string, filters: readonly Filter[] = []) =>
  (scene: Scene) => ({ list: { parent: home(scene), collection, filters } });
const group = (collection: string) => () => ({
  list: { parent: "", collection, isGroup: true as const },
});

const profileRows = rowsOf("users/{uid}", oneState, (row) => [
  row.get("own", (scene) => ({ get: mine("")(scene) }), { allow: signedIn }),
  row.get("another person's", () => ({ get: others("")() }), { allow: signedIn }),
  row.list("all", () => ({ list: { parent: "", collection: "users" } })),
  row.create("an account", () => ({
    writes: [set("users/spotify_new", build.user({ ...somebody, uid: "spotify_new" }))],
  })),
  ...Object.entries({
    bio: "Plays slow songs",
    links: ["https://ambient.example"],
    supportLink: "https://ambient.example/support",
  }).flatMap(([field, value]) => [
    row.update(
      `own \`${field}\``,
      (scene) => ({ writes: [update(mine("")(scene), { [field]: value, updatedAt: now() })] }),
      { allow: notSuspended },
    ),
    row.update(`another person's \`${field}\``, () => ({
      writes: [update(others("")(), { [field]: value, updatedAt: now() })],
    })),
  ]),
  ...Object.entries({
    displayName: "Other",
    photoUrl: "https://example.com/other.jpg",
    spotifyUrl: "https://open.spotify.com/user/other",
    followerCount: 5000,
    acceptsSupport: true,
    createdAt: now(),
  }).map(([field, value]) =>
    row.update(`own \`${field}\``, (scene) => ({
      writes: [update(mine("")(scene), { [field]: value, updatedAt: now() })],
    })),
  ),
  row.update(
    "own `updatedAt`",
    (scene) => ({ writes: [update(mine("")(scene), { updatedAt: now() })] }),
    { allow: notSuspended },
  ),
  row.delete("own", (scene) => ({ writes: [remove(mine("")(scene))] })),
  row.delete("another person's", () => ({ writes: [remove(others("")())] })),
]);

/** A person's document, which only the server writes and only its owner reads. */
function ownersDocument(name: string, fields: Readonly<Record<string, unknown>>): readonly Row[] {
  const path = `users/{uid}/private/${name}`;
  return [
    ...rowsOf(path, oneState, (row) => [
      row.get("own", (scene) => ({ get: mine(`/private/${name}`)(scene) }), {
        allow: signedIn,
      }),
      row.get("another person's", () => ({ get: others(`/private/${name}`)() })),
      row.list("own `private`", list(mine(""), "private")),
      row.list("everyone's `private`", group("private")),
      row.create("own", () => ({
        writes: [set(`users/spotify_new/private/${name}`, fields)],
      })),
    ]),
    ...serverWritten(path, oneState, {
      what: "own",
      document: mine(`/private/${name}`),
      fields,
    }),
    ...serverWritten(path, oneState, {
      what: "another person's",
      document: others(`/private/${name}`),
      fields: {},
    }),
  ];
}

/** A collection that only its owner reads. */
function ownersCollection(
  path: string,
  collection: string,
  id: string,
  mayDelete: readonly Role[],
): readonly Row[] {
  return rowsOf(path, oneState, (row) => [
    row.get("own", (scene) => ({ get: mine(`/${collection}/${id}`)(scene) }), {
      allow: signedIn,
    }),
    row.get("another person's", () => ({ get: others(`/${collection}/${id}`)() })),
    row.list("own", list(mine(""), collection), { allow: signedIn }),
    row.list("another person's", list(others(""), collection)),
    row.list("everyone's", group(collection)),
    row.delete("own", (scene) => ({ writes: [remove(mine(`/${collection}/${id}`)(scene))] }), {
      allow: mayDelete,
    }),
    row.delete("another person's", () => ({ writes: [remove(others(`/${collection}/${id}`)())] })),
  ]);
}

const blockedPath = "users/{uid}/blocked/{otherUid}";
const blockedUid = "spotify_blocked";
const followingPath = "users/{uid}/following/{creatorUid}";
const remindersPath = "users/{uid}/reminders/{showId}";
const inboxPath = "users/{uid}/inbox/{notificationId}";
const noticesPath = "users/{uid}/notices/{noticeId}";
const settingsPath = "users/{uid}/private/notifications";

const listRows = [
  ...ownersCollection(blockedPath, "blocked", blockedUid, signedIn),
  ...rowsOf(blockedPath, oneState, (row) => [
    row.create(
      "a block of another person",
      (scene) => ({ writes: [set(mine(`/blocked/${somebody.uid}`)(scene), { createdAt: now() })] }),
      { allow: signedIn },
    ),
    row.create("a block of oneself", (scene) => ({
      writes: [set(mine(`/blocked/${scene.me}`)(scene), { createdAt: now() })],
    })),
    row.create("a block of an account that does not exist", (scene) => ({
      writes: [set(mine("/blocked/spotify_absent")(scene), { createdAt: now() })],
    })),
    row.create("another person's", ({ me }) => ({
      writes: [set(others(`/blocked/${me}`)(), { createdAt: now() })],
    })),
    row.update("own `createdAt`", (scene) => ({
      writes: [update(mine(`/blocked/${blockedUid}`)(scene), { createdAt: now() })],
    })),
  ]),
  ...ownersCollection(followingPath, "following", somebody.uid, signedIn),
  ...rowsOf(followingPath, oneState, (row) => [
    row.create(
      "a follow of the creator",
      (scene) => ({
        writes: [
          set(mine(`/following/${scene.creator}`)(scene), {
            createdAt: now(),
            creatorUid: scene.creator,
          }),
        ],
      }),
      { allow: but(notSuspended, "creator", "absent creator", "blocked") },
    ),
    row.create("a follow of an account that does not exist", (scene) => ({
      writes: [set(mine("/following/spotify_absent")(scene), { createdAt: now() })],
    })),
    row.create("another person's follow of the caller", ({ me }) => ({
      writes: [set(others(`/following/${me}`)(), { createdAt: now() })],
    })),
    row.update(
      "own `muted`",
      (scene) => ({ writes: [update(mine(`/following/${somebody.uid}`)(scene), { muted: true })] }),
      { allow: signedIn },
    ),
    row.update("another person's `muted`", () => ({
      writes: [update(others(`/following/${somebody.uid}`)(), { muted: true })],
    })),
    row.update("own `createdAt`", (scene) => ({
      writes: [update(mine(`/following/${somebody.uid}`)(scene), { createdAt: now() })],
    })),
  ]),
  ...ownersCollection(remindersPath, "reminders", "reminded", signedIn),
  ...rowsOf(remindersPath, everyState, (row) => [
    row.create(
      "own reminder of this show",
      (scene) => ({
        writes: [
          set(mine(`/reminders/${scene.show}`)(scene), { showId: scene.show, createdAt: now() }),
        ],
      }),
      {
        allow: whoMayReadTheShow.map((reading) => ({
          ...reading,
          roles: but(reading.roles, "suspended", "suspended creator"),
          statuses: ["scheduled" as const],
        })),
      },
    ),
    row.create("another person's reminder of this show", ({ show }) => ({
      writes: [set(others(`/reminders/${show}`)(), { showId: show, createdAt: now() })],
    })),
  ]),
  ...rowsOf(remindersPath, oneState, (row) => [
    row.update("own `createdAt`", (scene) => ({
      writes: [update(mine("/reminders/reminded")(scene), { createdAt: now() })],
    })),
  ]),
  ...ownersCollection(inboxPath, "inbox", "entry", signedIn),
  ...rowsOf(inboxPath, oneState, (row) => [
    row.create("own", (scene) => ({
      writes: [set(mine("/inbox/new")(scene), { kind: "live", createdAt: now(), readAt: null })],
    })),
    row.update(
      "own `readAt`",
      (scene) => ({ writes: [update(mine("/inbox/entry")(scene), { readAt: now() })] }),
      { allow: signedIn },
    ),
    row.update("own `createdAt`", (scene) => ({
      writes: [update(mine("/inbox/entry")(scene), { createdAt: now() })],
    })),
    row.update("another person's `readAt`", () => ({
      writes: [update(others("/inbox/entry")(), { readAt: now() })],
    })),
  ]),
  ...ownersCollection(noticesPath, "notices", "notice", []),
  ...rowsOf(noticesPath, oneState, (row) => [
    row.create("own", (scene) => ({
      writes: [set(mine("/notices/new")(scene), { decision: "no_violation", at: now() })],
    })),
    row.update("own `decision`", (scene) => ({
      writes: [update(mine("/notices/notice")(scene), { decision: "no_violation" })],
    })),
  ]),
];

const settingsRows = rowsOf(settingsPath, oneState, (row) => [
  row.get("own", (scene) => ({ get: mine("/private/notifications")(scene) }), {
    allow: signedIn,
  }),
  row.get("another person's", () => ({ get: others("/private/notifications")() })),
  row.list("own `private`", list(mine(""), "private")),
  row.create("settings of an account that does not exist", () => ({
    writes: [set("users/spotify_new/private/notifications", { push: false })],
  })),
  row.update(
    "own `push`",
    (scene) => ({ writes: [update(mine("/private/notifications")(scene), { push: false })] }),
    { allow: signedIn },
  ),
  row.update(
    "own `quietHours`",
    (scene) => ({
      writes: [
        update(mine("/private/notifications")(scene), { quietHours: { from: 0, until: 60 } }),
      ],
    }),
    { allow: signedIn },
  ),
  row.update("own `timeZone`", (scene) => ({
    writes: [update(mine("/private/notifications")(scene), { timeZone: "Asia/Tokyo" })],
  })),
  row.update("own `sent`", (scene) => ({
    writes: [
      update(mine("/private/notifications")(scene), { sent: { day: "2026-01-01", count: 0 } }),
    ],
  })),
  row.update("another person's `push`", () => ({
    writes: [update(others("/private/notifications")(), { push: false })],
  })),
  row.delete("own", (scene) => ({
    writes: [remove(mine("/private/notifications")(scene))],
  })),
]);

export const peopleRows = [
  ...profileRows,
  ...ownersDocument("account", { spotifyLinked: false }),
  ...ownersDocument("terms", { version: 9, ageBand: "adult" }),
  ...ownersDocument("hidden", { uids: [] }),
  ...ownersDocument("follows", { uids: [somebody.uid] }),
  ...settingsRows,
  ...listRows,
];
