import { Timestamp, type Firestore } from "firebase-admin/firestore";
import assert from "node:assert/strict";
import {
  commentRef,
  feedRef,
  participantRef,
  reactionsRef,
  showRef,
} from "../../src/collections.js";
import { DIGEST_SIZE } from "../../src/contract/feed.js";
import { noReactions, type ReactionTotals } from "../../src/contract/reactions.js";
import { askForFeed } from "../../src/feed/askForFeed.js";
import { publishFeed } from "../../src/feed/publishFeed.js";
import { withdrawComment } from "../../src/feed/withdrawComment.js";
import { endShow } from "../../src/shows/endShow.js";
import { quietFirestore } from "../support/backstage.js";
import { as, liveScene, type LiveScene } from "../support/liveScene.js";

const SECOND = 1_000;

describe("the feed", () => {
  let firestore: Firestore;
  let scene: LiveScene;
  let written = 0;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
    // Make the feed older than any interval.
    const { clock } = scene.deps;
    await feedRef(firestore, scene.showId).update({ updatedAt: Timestamp.fromMillis(clock.now()) });
    clock.advance(60 * SECOND);
  });

  const publish = (inFull = false) => publishFeed(scene.deps, { showId: scene.showId }, { inFull });
  const pass = (seconds: number) => {
    scene.deps.clock.advance(seconds * SECOND);
  };
  const feed = async () => {
    const found = (await feedRef(firestore, scene.showId).get()).data();
    assert.ok(found);
    return found;
  };
  const write = async (count = 1, hidden = false): Promise<string[]> => {
    const ids = Array.from({ length: count }, () => `c${(written += 1)}`);
    const batch = firestore.batch();
    for (const [index, id] of ids.entries()) {
      batch.set(commentRef(firestore, scene.showId, id), {
        authorUid: "spotify_dan",
        author: { displayName: "Dan", photoUrl: null },
        text: `comment ${id}`,
        createdAt: Timestamp.fromMillis(scene.deps.clock.now() - count + index),
        hidden,
      });
    }
    await batch.commit();
    return ids.reverse();
  };
  const react = (uid: string, totals: Partial<ReactionTotals>) =>
    reactionsRef(firestore, scene.showId)
      .doc(uid)
      .set({ ...noReactions, ...totals, at: Timestamp.fromMillis(scene.deps.clock.now()) });
  const idsIn = async () => (await feed()).comments.map(({ id }) => id);
  const modeOf = async () => (await scene.show())?.commentFeed;

  describe("counts the audience", () => {
    it("without the creator and absent people, and keeps the peak", async () => {
      const [dan] = await Promise.all([
        scene.attendee("Dan"),
        scene.speaker("Eve"),
        scene.attendee("Fay", { state: "lost" }),
        scene.attendee("Gus", { state: "left" }),
      ]);
      await publish();
      assert.partialDeepStrictEqual((await feed()).audience, { listeners: 2, peak: 2 });
      await participantRef(firestore, scene.showId, dan.uid).update({ state: "left" });
      pass(5);
      await publish();
      assert.partialDeepStrictEqual((await feed()).audience, { listeners: 1, peak: 2 });
    });

    it("once per interval, and schedules the next count when it comes too early", async () => {
      const { deps, showId } = scene;
      await scene.attendee("Dan");
      await publish();
      const publishedAt = (await feed()).updatedAt.toMillis();
      await scene.attendee("Eve");
      pass(2);
      await publish();
      assert.equal((await feed()).audience.listeners, 1);
      assert.deepEqual(deps.queued.publishFeed, [{ showId, dueAt: publishedAt + 5 * SECOND }]);
      pass(3);
      await publish();
      assert.equal((await feed()).audience.listeners, 2);
    });

    it("but writes nothing if nothing changed", async () => {
      await publish();
      const { updateTime } = await feedRef(firestore, scene.showId).get();
      for (const inFull of [false, true]) {
        pass(60);
        await publish(inFull);
      }
      const after = await feedRef(firestore, scene.showId).get();
      assert.ok(updateTime && after.updateTime?.isEqual(updateTime));
      assert.deepEqual(scene.deps.queued.publishFeed, []);
    });

    it("at its own interval even in digest mode", async () => {
      await write(8);
      await publish();
      assert.equal(await modeOf(), "digest");
      await scene.attendee("Dan");
      pass(2);
      await write(1);
      await publish();
      assert.equal((await feed()).audience.listeners, 0, "last counted 2 s ago");
      pass(3);
      await write(1);
      await publish();
      assert.equal((await feed()).audience.listeners, 1);
    });

    it("in the show document as well, if the difference is visible in lists", async () => {
      const before = await scene.show();
      await scene.attendee("Dan");
      await publish();
      assert.equal((await scene.show())?.audience?.listeners, 1);
      await scene.attendee("Eve");
      pass(5);
      await publish();
      assert.equal((await scene.show())?.audience?.listeners, 1, "30 s have not passed");
      assert.deepEqual((await scene.show())?.creator, before?.creator);
    });

    it("no longer after the show is over", async () => {
      const { deps, showId, ada } = scene;
      await endShow(deps, as(ada), { showId });
      await scene.attendee("Dan");
      const ended = await scene.everything();
      await publish(true);
      assert.deepEqual(await scene.everything(), ended);
    });
  });

  describe("digests comments", () => {
    it("from 8 comments within 20 s, immediately, but not from 7", async () => {
      await write(7);
      await publish();
      assert.deepEqual([await modeOf(), await idsIn()], ["direct", []]);
      await write(1);
      await publish();
      assert.equal(await modeOf(), "digest");
      assert.equal((await idsIn()).length, 8);
    });

    it("as the newest 50 visible ones, and then adds only new ones", async () => {
      const [older, hidden] = [await write(60), await write(1, true)];
      await publish();
      assert.deepEqual(await idsIn(), older.slice(0, DIGEST_SIZE));
      pass(2);
      const newer = await write(3);
      await publish();
      const ids = await idsIn();
      assert.deepEqual(ids, [...newer, ...older].slice(0, DIGEST_SIZE));
      assert.ok(!ids.includes(hidden[0] ?? ""));
    });

    it("until a calm minute has passed", async () => {
      await write(8);
      await publish();
      pass(59);
      await publish();
      assert.equal(await modeOf(), "digest");
      pass(2);
      await publish();
      assert.deepEqual([await modeOf(), await idsIn()], ["direct", []]);
      assert.equal((await feed()).digestSince, null);
    });

    it("and drops a hidden or deleted one, and its pin, when notified", async () => {
      const ids = await write(9);
      const [pinned, deleted, kept] = ids;
      assert.ok(pinned && deleted && kept);
      await showRef(firestore, scene.showId).update({ pinnedCommentId: pinned });
      await publish();
      assert.equal((await feed()).pinned?.text, `comment ${pinned}`);
      await commentRef(firestore, scene.showId, pinned).update({ hidden: true });
      await commentRef(firestore, scene.showId, deleted).delete();
      for (const id of [pinned, deleted, kept]) {
        await withdrawComment(scene.deps, scene.showId, id);
      }
      assert.deepEqual(await idsIn(), ids.slice(2));
      assert.equal((await feed()).pinned, null);
      assert.equal((await scene.show())?.pinnedCommentId, null);
    });

    it("and in full finds hidden and deleted ones without a notification", async () => {
      const ids = await write(9);
      const [hidden, pinned] = ids;
      assert.ok(hidden && pinned);
      await showRef(firestore, scene.showId).update({ pinnedCommentId: pinned });
      await publish();
      await commentRef(firestore, scene.showId, hidden).update({ hidden: true });
      await commentRef(firestore, scene.showId, pinned).delete();
      pass(2);
      await publish();
      assert.deepEqual(await idsIn(), ids, "nobody told");
      await publish(true);
      assert.deepEqual(await idsIn(), ids.slice(2));
      assert.equal((await scene.show())?.pinnedCommentId, null);
    });

    it("without losing any when two publish at once", async () => {
      const ids = await write(20);
      await Promise.all([publish(), publish(true), publish()]);
      assert.deepEqual(await idsIn(), ids);
    });
  });

  describe("sums reactions", () => {
    it("of everyone, without counting them twice", async () => {
      await react("spotify_dan", { clap: 3, fire: 1 });
      await react("spotify_eve", { clap: 2, wow: 5 });
      await publish();
      const totals = { ...noReactions, clap: 5, fire: 1, wow: 5 };
      assert.deepEqual((await feed()).reactions, totals);
      pass(5);
      await react("spotify_dan", { clap: 3, fire: 1 });
      await publish();
      assert.deepEqual((await feed()).reactions, totals);
      pass(5);
      await react("spotify_dan", { clap: 4, fire: 1 });
      await publish();
      assert.deepEqual((await feed()).reactions, { ...totals, clap: 6 });
    });
  });

  describe("adapts slow mode", () => {
    const adapted = async () => (await scene.show())?.adaptedSlowModeSeconds;

    it("only if the hosts allow it", async () => {
      await write(40);
      await publish();
      assert.equal(await adapted(), undefined);
      const settings = { ...(await scene.show())?.settings, adaptiveSlowMode: true };
      await showRef(firestore, scene.showId).update({ settings });
      pass(2);
      await write(40);
      await publish();
      assert.ok(((await adapted()) ?? 0) >= 10);
      pass(61);
      await publish();
      assert.equal(await adapted(), 0);
    });
  });

  it("is scheduled once per interval, however many calls ask for it", async () => {
    const { deps, showId } = scene;
    await Promise.all(Array.from({ length: 5 }, () => askForFeed(deps, showId)));
    const [first] = deps.queued.publishFeed;
    assert.ok(first && first.dueAt > deps.clock.now());
    assert.equal(first.dueAt % (2 * SECOND), 0);
    assert.equal(new Set(deps.queued.publishFeed.map(({ dueAt }) => dueAt)).size, 1);
  });
});
