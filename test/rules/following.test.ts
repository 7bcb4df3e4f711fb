import assert from "node:assert/strict";
import { collection, collectionGroup, type DocumentData } from "firebase/firestore";
import { givenUsers, now, paths, secondsAgo } from "../support/rules/builders.js";
import { ada, ben, dan, hal, signedOut } from "../support/rules/personas.js";
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

const path = paths.following(dan, ada);

describe("users/following", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenUsers();
  });

  it("one follows a creator", async () => {
    await allows(as(dan).writes(set(path, { createdAt: now() })));
    assert.ok((await stored(path))?.createdAt);
  });

  it("one follows for nobody else", async () => {
    for (const caller of [ada, hal, signedOut]) {
      await refuses(as(caller).writes(set(path, { createdAt: now() })));
    }
  });

  it("one does not follow oneself", async () => {
    await refuses(as(dan).writes(set(paths.following(dan, dan), { createdAt: now() })));
  });

  it("one does not follow somebody who does not exist", async () => {
    const nobody = { ...hal, uid: "spotify_nobody" };
    await refuses(as(dan).writes(set(paths.following(dan, nobody), { createdAt: now() })));
  });

  const documents: readonly [string, DocumentData][] = [
    ["nothing", {}],
    ["a time of one's own", { createdAt: secondsAgo(60) }],
    ["a time that is a string", { createdAt: "now" }],
    ["a payload", { createdAt: now(), note: "x" }],
  ];
  for (const [what, document] of documents) {
    it(`refuses ${what}`, async () => {
      await refuses(as(dan).writes(set(path, document)));
    });
  }

  describe("once followed", () => {
    beforeEach(async () => {
      await given({
        [path]: { createdAt: secondsAgo(60) },
        [paths.following(dan, ben)]: { createdAt: secondsAgo(30) },
      });
    });

    it("the follower reads it, singly and as a list", async () => {
      assert.ok(await allows(as(dan).gets(path)));
      const list = await allows(
        as(dan).lists((db) => collection(db, `users/${dan.uid}/following`)),
      );
      assert.equal(list.length, 2);
    });

    it("nobody else reads it, the followed included", async () => {
      for (const caller of [ada, hal, signedOut]) {
        await refuses(as(caller).gets(path));
        await refuses(as(caller).lists((db) => collection(db, `users/${dan.uid}/following`)));
      }
      await refuses(as(ada).lists((db) => collectionGroup(db, "following")));
    });

    it("the follower takes it back, nobody else does", async () => {
      for (const caller of [ada, hal, signedOut]) await refuses(as(caller).writes(remove(path)));
      await allows(as(dan).writes(remove(path)));
      assert.equal(await stored(path), undefined);
    });

    it("is not changed", async () => {
      await refuses(as(dan).writes(set(path, { createdAt: now() })));
      await refuses(as(dan).writes(update(path, { note: "x" })));
    });
  });
});
