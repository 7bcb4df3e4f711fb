import assert from "node:assert/strict";
import {
  collection,
  collectionGroup,
  documentId,
  type DocumentData,
  type Firestore,
  limit,
  query,
  type Query,
  where,
} from "firebase/firestore";
import {
  gone,
  now,
  paths,
  secondsAgo,
  user,
  givenUsers,
  without,
} from "../support/rules/builders.js";
import { ada, ben, hal, signedOut } from "../support/rules/personas.js";
import {
  allows,
  as,
  emptyWorld,
  given,
  refuses,
  remove,
  set,
  stored,
  update,
} from "../support/rules/world.js";

const link = "https://ambient.example/ada";

function linkOfLength(length: number): string {
  return `https://a.example/${"x".repeat(length - "https://a.example/".length)}`;
}

describe("users", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenUsers();
  });

  describe("reading", () => {
    it("anyone signed in gets any profile", async () => {
      const profile = await allows(as(hal).gets(paths.user(ada)));
      assert.equal(profile?.displayName, "Ada");
    });

    it("nobody signed out does", async () => {
      await refuses(as(signedOut).gets(paths.user(ada)));
    });

    const lists: readonly [string, (db: Firestore) => Query][] = [
      ["all", (db) => collection(db, "users")],
      ["a page", (db) => query(collection(db, "users"), limit(1))],
      [
        "those of a name",
        (db) => query(collection(db, "users"), where("displayName", "==", "Ada")),
      ],
      ["one by its id", (db) => query(collection(db, "users"), where(documentId(), "==", ada.uid))],
      ["all across the database", (db) => collectionGroup(db, "users")],
    ];
    for (const [what, list] of lists) {
      it(`nobody lists profiles: ${what}`, async () => {
        for (const caller of [ada, hal, signedOut] as const) {
          await refuses(as(caller).lists(list));
        }
        await refuses(as(hal, { admin: true }).lists(list));
      });
    }
  });

  describe("editing one's own profile", () => {
    const edits: readonly [string, DocumentData][] = [
      ["a bio", { bio: "Nights only" }],
      ["an empty bio", { bio: "" }],
      ["a bio of 500", { bio: "x".repeat(500) }],
      ["no links", { links: [] }],
      ["one link", { links: [link] }],
      ["five links", { links: [link, link, link, link, link] }],
      ["a link of 200", { links: [linkOfLength(200)] }],
      ["both", { bio: "Nights only", links: [link] }],
    ];
    for (const [what, edit] of edits) {
      it(`takes ${what}`, async () => {
        await allows(as(ada).writes(update(paths.user(ada), { ...edit, updatedAt: now() })));
        const profile = await stored(paths.user(ada));
        assert.partialDeepStrictEqual(profile, { ...edit, followerCount: 0, displayName: "Ada" });
      });
    }

    const refusedEdits: [string, DocumentData][] = [
      ["a bio of 501", { bio: "x".repeat(501) }],
      ["a bio that is a number", { bio: 7 }],
      ["a bio that is null", { bio: null }],
      ["a bio that is a list", { bio: ["x"] }],
      ["a bio that is a map", { bio: { text: "x" } }],
      ["a bio taken away", { bio: gone() }],
      ["six links", { links: [link, link, link, link, link, link] }],
      ["links that are one string", { links: link }],
      ["links that are a map", { links: { 0: link } }],
      ["links that are an empty map", { links: {} }],
      ["links taken away", { links: gone() }],
      ["a link over http", { links: ["http://ambient.example"] }],
      ["a link that is a script", { links: ["javascript:alert(1)"] }],
      ["a link that only contains an address", { links: ["javascript:https://ambient.example"] }],
      ["a link with a space", { links: ["https://ambient.example/a b"] }],
      ["a link without a host", { links: ["https:///a"] }],
      ["a link that is a number", { links: [7] }],
      ["a link of 201", { links: [linkOfLength(201)] }],
    ];
    for (const place of [1, 2, 3, 4]) {
      refusedEdits.push([
        `a bad link in place ${place + 1}`,
        { links: [...Array.from({ length: place }, () => link), "http://ambient.example"] },
      ]);
    }
    for (const [what, edit] of refusedEdits) {
      it(`refuses ${what}`, async () => {
        await refuses(as(ada).writes(update(paths.user(ada), { ...edit, updatedAt: now() })));
      });
    }

    const serverFields = {
      displayName: "Ben",
      photoUrl: "https://i.scdn.co/image/ben",
      spotifyUrl: "https://open.spotify.com/user/ben",
      followerCount: 1_000_000,
      createdAt: secondsAgo(9_000),
      verified: true,
    };
    for (const [field, value] of Object.entries(serverFields)) {
      it(`refuses ${field}, which is the server's`, async () => {
        const edit = { bio: "Nights only", [field]: value, updatedAt: now() };
        await refuses(as(ada).writes(update(paths.user(ada), edit)));
      });
    }

    it("takes a bio where there are no links yet, and links where there is no bio", async () => {
      for (const [missing, edit] of [
        ["links", { bio: "Nights only" }],
        ["bio", { links: [link] }],
      ] as const) {
        await given({ [paths.user(ada)]: without(user(ada), missing) });
        await allows(as(ada).writes(update(paths.user(ada), { ...edit, updatedAt: now() })));
      }
    });

    it("refuses a time of one's own", async () => {
      for (const updatedAt of [secondsAgo(60), secondsAgo(-60), null]) {
        await refuses(as(ada).writes(update(paths.user(ada), { bio: "Later", updatedAt })));
      }
    });

    it("allows an edit that leaves the time as it was", async () => {
      await allows(as(ada).writes(update(paths.user(ada), { bio: "Silently" })));
    });
  });

  it("another's profile cannot be edited", async () => {
    const edit = update(paths.user(ada), { bio: "Ben was here", updatedAt: now() });
    for (const caller of [ben, signedOut]) await refuses(as(caller).writes(edit));
  });

  it("nobody makes or deletes a profile", async () => {
    await refuses(as(ada).writes(remove(paths.user(ada))));
    const newcomer = { ...hal, uid: "spotify_new" };
    await refuses(as(newcomer).writes(set(paths.user(newcomer), user(newcomer))));
    await refuses(as(newcomer).writes(set(paths.user(newcomer), { bio: "", updatedAt: now() })));
  });
});
