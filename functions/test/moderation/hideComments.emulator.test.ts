import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { removeParticipant } from "../../src/moderation/removeParticipant.js";
import { commentRef, commentsRef, showRef } from "../../src/collections.js";
import type { CommentDocument } from "../../src/contract/comments.js";
import { publishFeed } from "../../src/feed/publishFeed.js";
import { hideComments } from "../../src/moderation/hideComments.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

describe("hideComments", () => {
  let firestore: Firestore;
  let scene: LiveScene;
  let dan: Person;
  let eve: Person;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
    [dan, eve] = await Promise.all([scene.attendee("Dan"), scene.attendee("Eve")]);
  });

  const write = async (author: Person, count: number, more: Partial<CommentDocument> = {}) => {
    const batch = firestore.batch();
    const comments = Array.from({ length: count }, () =>
      commentsRef(firestore, scene.showId).doc(),
    );
    for (const [index, comment] of comments.entries()) {
      batch.set(comment, {
        authorUid: author.uid,
        author: { displayName: "Somebody", photoUrl: null },
        text: "Buy this",
        createdAt: Timestamp.fromMillis(scene.deps.clock.now() + index),
        hidden: false,
        ...more,
      });
    }
    await batch.commit();
    return comments.map(({ id }) => id);
  };
  const hide = (db = firestore) =>
    hideComments({ firestore: db }, as(scene.ada), { showId: scene.showId, uid: dan.uid });
  const visibleOf = async ({ uid }: Person) => {
    const theirs = commentsRef(firestore, scene.showId).where("authorUid", "==", uid);
    return (await theirs.where("hidden", "==", false).count().get()).data().count;
  };

  it("hides everything that a removed person wrote in the show, and nobody else's", async () => {
    await Promise.all([write(dan, 3), write(eve, 2)]);
    const { deps, ada, showId } = scene;
    await removeParticipant(deps, as(ada), { showId, uid: dan.uid, ban: true });
    assert.deepEqual(await hide(), {});
    assert.deepEqual([await visibleOf(dan), await visibleOf(eve)], [0, 2]);
  });

  it("leaves what an admin has hidden, and the text, as they are", async () => {
    const [id = ""] = await write(dan, 1, { hidden: true, hiddenByReport: "report-1" });
    const [other = ""] = await write(dan, 1, { support: { amount: 500, currency: "eur" } });
    const read = async (comment: string) =>
      (await commentRef(firestore, scene.showId, comment).get()).data();
    const [admins, supported] = [await read(id), await read(other)];
    await hide();
    assert.deepEqual(await read(id), admins);
    assert.deepEqual(await read(other), { ...supported, hidden: true });
  });

  it("hides hundreds, and the rest after it failed midway", async () => {
    await write(dan, 450);
    await assert.rejects(hide(failingAfter(firestore, 1)), /killed/);
    assert.equal(await visibleOf(dan), 250, "one page of 200");
    await hide();
    assert.equal(await visibleOf(dan), 0);
  });

  it("writes nothing when it is called again", async () => {
    await write(dan, 2);
    await hide();
    const before = await scene.everything();
    assert.deepEqual(await hide(), {});
    assert.deepEqual(await scene.everything(), before);
  });

  it("takes the pin down with the next feed", async () => {
    const [pinned = ""] = await write(dan, 1);
    await showRef(firestore, scene.showId).update({ pinnedCommentId: pinned });
    const publish = async () => {
      scene.deps.clock.advance(60_000);
      await publishFeed(scene.deps, { showId: scene.showId });
    };
    await publish();
    assert.equal((await scene.show())?.pinnedCommentId, pinned);
    await hide();
    await publish();
    assert.equal((await scene.show())?.pinnedCommentId, null);
  });
});

/** A database whose transactions fail after the first `count`. */
function failingAfter(firestore: Firestore, count: number): Firestore {
  let begun = 0;
  return new Proxy(firestore, {
    get(target, property) {
      if (property === "runTransaction" && (begun += 1) > count) throw new Error("killed");
      const found: unknown = Reflect.get(target, property);
      const bound: unknown = typeof found === "function" ? found.bind(target) : found;
      return bound;
    },
  });
}
