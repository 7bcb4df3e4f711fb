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

const path = paths.blocked(dan, ada);

describe("users/blocked", () => {
  beforeEach(async () => {
    await emptyWorld();
    await givenUsers();
  });

  it("lets a user block a person", async () => {
    await allows(as(dan).writes(set(path, { createdAt: now() })));
    assert.ok((await stored(path))?.createdAt);
  });

  it("refuses a user without a profile, whose account is being deleted", async () => {
    await givenGone(paths.user(dan));
    await refuses(as(dan).writes(set(path, { createdAt: now() })));
  });

  it("refuses to block on another person's behalf", async () => {
    for (const caller of [ada, hal, signedOut]) {
      await refuses(as(caller).writes(set(path, { createdAt: now() })));
    }
  });

  it("refuses to block oneself or a user who does not exist", async () => {
    const nobody = { ...hal, uid: "spotify_nobody" };
    for (const other of [dan, nobody]) {
      await refuses(as(dan).writes(set(paths.blocked(dan, other), { createdAt: now() })));
    }
  });

  const documents: readonly [string, DocumentData][] = [
    ["nothing", {}],
    ["a time chosen by the client", { createdAt: secondsAgo(60) }],
    ["a payload", { createdAt: now(), note: "x" }],
  ];
  for (const [what, document] of documents) {
    it(`refuses ${what}`, async () => {
      await refuses(as(dan).writes(set(path, document)));
    });
  }

  describe("after blocking", () => {
    beforeEach(async () => {
      await given({
        [path]: { createdAt: secondsAgo(60) },
        [paths.blocked(dan, ben)]: { createdAt: secondsAgo(30) },
      });
    });

    it("lets the blocker read it, singly and as a list", async () => {
      assert.ok(await allows(as(dan).gets(path)));
      const list = await allows(as(dan).lists((db) => collection(db, `users/${dan.uid}/blocked`)));
      assert.equal(list.length, 2);
    });

    it("hides it from everyone else, the blocked person included", async () => {
      for (const caller of [ada, hal, signedOut]) {
        await refuses(as(caller).gets(path));
        await refuses(as(caller).lists((db) => collection(db, `users/${dan.uid}/blocked`)));
      }
      await refuses(as(ada).lists((db) => collectionGroup(db, "blocked")));
    });

    it("lets only the blocker lift the block, and nobody change it", async () => {
      for (const caller of [ada, hal, signedOut]) await refuses(as(caller).writes(remove(path)));
      await refuses(as(dan).writes(set(path, { createdAt: now() })));
      await refuses(as(dan).writes(update(path, { note: "x" })));
      await allows(as(dan).writes(remove(path)));
      assert.equal(await stored(path), undefined);
    });
  });
});

describe("users/private/hidden", () => {
  const hidden = paths.hidden(dan);
  beforeEach(async () => {
    await emptyWorld();
    await givenUsers();
    await given({ [hidden]: { uids: [ada.uid] } });
  });

  it("is readable only by its owner", async () => {
    assert.deepEqual(await allows(as(dan).gets(hidden)), { uids: [ada.uid] });
    for (const caller of [ada, hal, signedOut]) await refuses(as(caller).gets(hidden));
  });

  it("cannot be written by anybody, not even its owner", async () => {
    for (const caller of [dan, ada, signedOut]) {
      await refuses(as(caller).writes(update(hidden, { uids: [] })));
      await refuses(as(caller).writes(remove(hidden)));
    }
    await refuses(as(ben).writes(set(paths.hidden(ben), { uids: [] })));
  });
});
