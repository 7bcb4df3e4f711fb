import assert from "node:assert/strict";
import { collection, collectionGroup, type DocumentData } from "firebase/firestore";
import { givenUsers, now, paths, secondsAgo } from "../support/rules/builders.js";
import { ada, ben, dan, hal, signedOut } from "../support/rules/personas.js";
import {
  allows,
  as,
  emptyWorld,
  given,
  givenGone,
  refuses,
  remove,
  set,
  stored,
  update,
} from "../support/rules/world.js";

const path = paths.following(dan, ada);

describe("users/following", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenUsers();
  });

  it("lets a user follow a creator", async () => {
    await allows(as(dan).writes(set(path, { createdAt: now() })));
    assert.ok((await stored(path))?.createdAt);
  });

  it("accepts the creator's uid as in the path, and no other", async () => {
    await refuses(as(dan).writes(set(path, { createdAt: now(), creatorUid: ben.uid })));
    await refuses(as(dan).writes(set(path, { createdAt: now(), creatorUid: null })));
    await allows(as(dan).writes(set(path, { createdAt: now(), creatorUid: ada.uid })));
  });

  it("refuses a user without a profile, whose account is being deleted", async () => {
    await givenGone(paths.user(dan));
    await refuses(as(dan).writes(set(path, { createdAt: now() })));
  });

  it("refuses to follow on another person's behalf", async () => {
    for (const caller of [ada, hal, signedOut]) {
      await refuses(as(caller).writes(set(path, { createdAt: now() })));
    }
  });

  it("refuses to follow oneself", async () => {
    await refuses(as(dan).writes(set(paths.following(dan, dan), { createdAt: now() })));
  });

  it("refuses to follow a person on the other side of a block, until it is lifted", async () => {
    await given({ [paths.hidden(dan)]: { uids: [ben.uid, ada.uid] } });
    await refuses(as(dan).writes(set(path, { createdAt: now() })));
    await given({ [paths.hidden(dan)]: { uids: [ben.uid] } });
    await allows(as(dan).writes(set(path, { createdAt: now() })));
  });

  it("refuses to follow a user who does not exist", async () => {
    const nobody = { ...hal, uid: "spotify_nobody" };
    await refuses(as(dan).writes(set(paths.following(dan, nobody), { createdAt: now() })));
  });

  const documents: readonly [string, DocumentData][] = [
    ["nothing", {}],
    ["a time chosen by the client", { createdAt: secondsAgo(60) }],
    ["a time that is a string", { createdAt: "now" }],
    ["a payload", { createdAt: now(), note: "x" }],
    ["a follow that is muted at once", { createdAt: now(), muted: true }],
  ];
  for (const [what, document] of documents) {
    it(`refuses ${what}`, async () => {
      await refuses(as(dan).writes(set(path, document)));
    });
  }

  describe("after following", () => {
    beforeEach(async () => {
      await given({
        [path]: { createdAt: secondsAgo(60) },
        [paths.following(dan, ben)]: { createdAt: secondsAgo(30) },
      });
    });

    it("lets the follower read it, singly and as a list", async () => {
      assert.ok(await allows(as(dan).gets(path)));
      const list = await allows(
        as(dan).lists((db) => collection(db, `users/${dan.uid}/following`)),
      );
      assert.equal(list.length, 2);
    });

    it("hides it from everyone else, the creator included", async () => {
      for (const caller of [ada, hal, signedOut]) {
        await refuses(as(caller).gets(path));
        await refuses(as(caller).lists((db) => collection(db, `users/${dan.uid}/following`)));
      }
      await refuses(as(ada).lists((db) => collectionGroup(db, "following")));
    });

    it("lets only the follower unfollow", async () => {
      for (const caller of [ada, hal, signedOut]) await refuses(as(caller).writes(remove(path)));
      await allows(as(dan).writes(remove(path)));
      assert.equal(await stored(path), undefined);
    });

    it("lets only the follower turn its notifications off and on", async () => {
      await allows(as(dan).writes(update(path, { muted: true })));
      assert.equal((await stored(path))?.muted, true);
      await allows(as(dan).writes(update(path, { muted: false })));
      for (const caller of [ada, hal, signedOut]) {
        await refuses(as(caller).writes(update(path, { muted: true })));
      }
      for (const muted of ["yes", 1, null]) {
        await refuses(as(dan).writes(update(path, { muted })));
      }
      for (const more of [{ createdAt: now() }, { creatorUid: ada.uid }, { note: "x" }]) {
        await refuses(as(dan).writes(update(path, { muted: true, ...more })));
      }
    });

    it("cannot be changed otherwise", async () => {
      await refuses(as(dan).writes(set(path, { createdAt: now() })));
      await refuses(as(dan).writes(update(path, { note: "x" })));
    });
  });
});
