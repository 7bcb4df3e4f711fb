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
    it("lets anyone signed in read any profile", async () => {
      const profile = await allows(as(hal).gets(paths.user(ada)));
      assert.equal(profile?.displayName, "Ada");
    });

    it("hides profiles from signed-out callers", async () => {
      await refuses(as(signedOut).gets(paths.user(ada)));
    });

    const lists: readonly [string, (db: Firestore) => Query][] = [
      ["all profiles", (db) => collection(db, "users")],
      ["a page of profiles", (db) => query(collection(db, "users"), limit(1))],
      [
        "profiles with a given name",
        (db) => query(collection(db, "users"), where("displayName", "==", "Ada")),
      ],
      [
        "one profile by its id",
        (db) => query(collection(db, "users"), where(documentId(), "==", ada.uid)),
      ],
      ["all profiles across the database", (db) => collectionGroup(db, "users")],
    ];
    for (const [what, list] of lists) {
      it(`refuses to list ${what}`, async () => {
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
      ["a bio of 500 characters", { bio: "x".repeat(500) }],
      ["no links", { links: [] }],
      ["one link", { links: [link] }],
      ["a link to a page with a query", { links: ["https://ambient.example/a?b=é#c"] }],
      ["five links", { links: [link, link, link, link, link] }],
      ["a link of 200 characters", { links: [linkOfLength(200)] }],
      ["a bio and a link", { bio: "Nights only", links: [link] }],
      ["a support link", { supportLink: link }],
      ["no support link", { supportLink: "" }],
      ["a support link of 200 characters", { supportLink: linkOfLength(200) }],
    ];
    for (const [what, edit] of edits) {
      it(`accepts ${what}`, async () => {
        await allows(as(ada).writes(update(paths.user(ada), { ...edit, updatedAt: now() })));
        const profile = await stored(paths.user(ada));
        assert.partialDeepStrictEqual(profile, { ...edit, followerCount: 0, displayName: "Ada" });
      });
    }

    const refusedEdits: [string, DocumentData][] = [
      ["a bio of 501 characters", { bio: "x".repeat(501) }],
      ["a numeric bio", { bio: 7 }],
      ["a null bio", { bio: null }],
      ["a bio that is a list", { bio: ["x"] }],
      ["a bio that is a map", { bio: { text: "x" } }],
      ["a removed bio", { bio: gone() }],
      ["six links", { links: [link, link, link, link, link, link] }],
      ["links that are a string", { links: link }],
      ["links that are a map", { links: { 0: link } }],
      ["links that are an empty map", { links: {} }],
      ["removed links", { links: gone() }],
      ["a link over http", { links: ["http://ambient.example"] }],
      ["a link that is a script", { links: ["javascript:alert(1)"] }],
      ["a link that only contains a URL", { links: ["javascript:https://ambient.example"] }],
      ["a link with a space", { links: ["https://ambient.example/a b"] }],
      ["a link with a no-break space", { links: ["https://ambient.example/a\u00a0b"] }],
      ["a link that reads backwards", { links: ["https://ambient.example/\u202ea"] }],
      ["a link in two lines", { links: ["https://ambient.example/\na"] }],
      ["a link without a host", { links: ["https:///a"] }],
      ["a numeric link", { links: [7] }],
      ["a link of 201 characters", { links: [linkOfLength(201)] }],
      ["a support link over http", { supportLink: "http://ambient.example" }],
      ["a support link that is a script", { supportLink: "javascript:alert(1)" }],
      ["a support link of 201 characters", { supportLink: linkOfLength(201) }],
      ["a support link with a space", { supportLink: "https://ambient.example/a b" }],
      ["a support link that is a list", { supportLink: [link] }],
      ["a null support link", { supportLink: null }],
    ];
    for (const place of [1, 2, 3, 4]) {
      refusedEdits.push([
        `a bad link at position ${place + 1}`,
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
      acceptsSupport: true,
    };
    for (const [field, value] of Object.entries(serverFields)) {
      it(`refuses a change of the server's field ${field}`, async () => {
        const edit = { bio: "Nights only", [field]: value, updatedAt: now() };
        await refuses(as(ada).writes(update(paths.user(ada), edit)));
      });
    }

    it("accepts a bio without existing links, and links without an existing bio", async () => {
      for (const [missing, edit] of [
        ["links", { bio: "Nights only" }],
        ["bio", { links: [link] }],
      ] as const) {
        await given({ [paths.user(ada)]: without(user(ada), missing) });
        await allows(as(ada).writes(update(paths.user(ada), { ...edit, updatedAt: now() })));
      }
    });

    it("refuses an update time chosen by the client", async () => {
      for (const updatedAt of [secondsAgo(60), secondsAgo(-60), null]) {
        await refuses(as(ada).writes(update(paths.user(ada), { bio: "Later", updatedAt })));
      }
    });

    it("accepts an edit that does not change the update time", async () => {
      await allows(as(ada).writes(update(paths.user(ada), { bio: "Silently" })));
    });
  });

  it("refuses an edit of another person's profile", async () => {
    const edit = update(paths.user(ada), { bio: "Ben was here", updatedAt: now() });
    for (const caller of [ben, signedOut]) await refuses(as(caller).writes(edit));
  });

  it("refuses to create or delete a profile", async () => {
    await refuses(as(ada).writes(remove(paths.user(ada))));
    const newcomer = { ...hal, uid: "spotify_new" };
    await refuses(as(newcomer).writes(set(paths.user(newcomer), user(newcomer))));
    await refuses(as(newcomer).writes(set(paths.user(newcomer), { bio: "", updatedAt: now() })));
  });
});
