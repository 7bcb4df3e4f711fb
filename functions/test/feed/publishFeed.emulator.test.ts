import { Timestamp, type Firestore } from "firebase-admin/firestore";
import assert from "node:assert/strict";
import {
  audienceCurveRef,
  commentRef,
  feedRef,
  followRef,
  participantRef,
  reactionsRef,
  savesRef,
  showRef,
  summaryRef,
} from "../../src/collections.js";
import { DELETED_UID } from "../../src/contract/dataPolicies.js";
import { DIGEST_SIZE } from "../../src/contract/feed.js";
import { noReactions, type ReactionTotals } from "../../src/contract/reactions.js";
import { askForFeed } from "../../src/feed/askForFeed.js";
import { onCommentWritten } from "../../src/feed/onCommentWritten.js";
import { onSaveWritten } from "../../src/feed/onSaveWritten.js";
import { publishFeed } from "../../src/feed/publishFeed.js";
import { endShow } from "../../src/shows/endShow.js";
import { quietFirestore } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { beforeCommit } from "../support/beforeCommit.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

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

  const publish = () => publishFeed(scene.deps, { showId: scene.showId });
  /** Runs the tasks that are enqueued and those that they enqueue, each when it is due. */
  const runTasks = async () => {
    const { clock, queued } = scene.deps;
    for (;;) {
      const dueAt = Math.min(...queued.publishFeed.map((task) => task.dueAt));
      if (dueAt === Infinity) return;
      queued.publishFeed.splice(
        0,
        Infinity,
        ...queued.publishFeed.filter((task) => task.dueAt > dueAt),
      );
      clock.advance(Math.max(0, dueAt - clock.now()));
      await publish();
    }
  };
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
  /** Changes a comment, and has its event followed. */
  const changed = async (
    commentId: string,
    change: (comment: ReturnType<typeof commentRef>) => Promise<unknown>,
  ) => {
    const { deps, showId } = scene;
    const comment = commentRef(firestore, showId, commentId);
    const before = await comment.get();
    await change(comment);
    const data = { before, after: await comment.get() };
    await onCommentWritten(deps, { data, params: { showId, commentId } });
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

    it("also by a task that runs a moment before its time", async () => {
      const { deps, showId } = scene;
      await scene.attendee("Dan");
      await publish();
      await scene.attendee("Eve");
      await publish();
      const [task] = deps.queued.publishFeed;
      assert.ok(task);
      deps.queued.publishFeed.length = 0;
      deps.clock.advance(task.dueAt - deps.clock.now() - 51);
      await publish();
      assert.deepEqual(deps.queued.publishFeed, [{ showId, dueAt: task.dueAt }]);
      assert.equal((await feed()).audience.listeners, 1);
      deps.clock.advance(1);
      await publish();
      assert.equal((await feed()).audience.listeners, 2);
    });

    it("but writes nothing if nothing changed", async () => {
      await publish();
      const { updateTime } = await feedRef(firestore, scene.showId).get();
      pass(60);
      await publish();
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

    it("once one audience interval after a rush into a quiet chat", async () => {
      await write(8);
      await publish();
      assert.equal(await modeOf(), "digest");
      const countedAt = (await feed()).audience.countedAt.toMillis();
      pass(1);
      await Promise.all(["Dan", "Eve", "Fay"].map((name) => scene.attendee(name)));
      await askForFeed(scene.deps, scene.showId);
      await runTasks();
      assert.equal((await feed()).audience.listeners, 3);
      assert.equal(scene.deps.clock.now(), countedAt + 5 * SECOND);
    });
  });

  describe("measures the audience over time", () => {
    const end = () => endShow(scene.deps, as(scene.ada), { showId: scene.showId });
    /** How many times a document was written since the last call. */
    const writesOf = (...paths: string[]) => {
      const times = new Map<string, string>();
      return async () => {
        let writes = 0;
        for (const path of paths) {
          const { updateTime } = await firestore.doc(path).get();
          const time = updateTime?.valueOf() ?? "";
          if (times.get(path) !== time) writes += 1;
          times.set(path, time);
        }
        return writes;
      };
    };

    it("for the summary: the curve, the minutes of all listeners, and the numbers of the evening", async () => {
      const { showId, ada, deps } = scene;
      // The scene is a minute old. Two people come, and one leaves after ten minutes.
      const [dan, eve] = await Promise.all([scene.attendee("Dan"), scene.attendee("Eve")]);
      await publish();
      await react(dan.uid, { clap: 3 });
      pass(600);
      await participantRef(firestore, showId, eve.uid).update({ state: "left" });
      await publish();
      pass(300);
      await Promise.all([
        ...[dan, eve].map((person, index) =>
          followRef(firestore, person.uid, ada.uid).set({
            creatorUid: ada.uid,
            // Dan followed before the show.
            createdAt: Timestamp.fromMillis(deps.clock.now() - (index === 0 ? 3_600_000 : 1_000)),
          }),
        ),
        savesRef(firestore, showId)
          .doc(dan.uid)
          .set({
            ...{ opened: true, saved: false, at: Timestamp.fromMillis(deps.clock.now()) },
          }),
      ]);
      const { summary } = await end();
      assert.deepEqual(summary.audience, [
        { minute: 0, listeners: 0 },
        { minute: 1, listeners: 2 },
        { minute: 11, listeners: 1 },
        { minute: 16, listeners: 1 },
      ]);
      assert.partialDeepStrictEqual(summary, {
        ...{ listenerMinutes: 2 * 10 + 5, peak: 2, comments: 0, listeners: 2, speakers: 1 },
        reactions: { ...noReactions, clap: 3 },
        ...{ newFollowers: 1, opens: 1, saves: 0 },
      });
      assert.deepEqual((await summaryRef(firestore, showId).get()).data(), summary);
    });

    it("without a write per listener or minute", async () => {
      const curve = audienceCurveRef(firestore, scene.showId).path;
      const writes = writesOf(curve, feedRef(firestore, scene.showId).path);
      await writes();
      // Nobody comes or goes for an hour.
      for (let minute = 0; minute < 60; minute += 1) {
        pass(60);
        await publish();
      }
      assert.equal(await writes(), 0);
      // Thirty people within one minute: the curve's point for the hour before, and no other.
      pass(60);
      const onCurve = writesOf(curve);
      await onCurve();
      let written = 0;
      for (let round = 0; round < 6; round += 1) {
        await Promise.all(Array.from({ length: 5 }, (_, n) => scene.attendee(`${round} ${n}`)));
        await publish();
        written += await onCurve();
        pass(5);
      }
      assert.equal(written, 1);
      assert.equal((await feed()).audience.listeners, 30);
      // They stay for two hours, which costs nothing.
      await writes();
      for (let minute = 0; minute < 120; minute += 1) {
        pass(60);
        await publish();
      }
      assert.equal(await writes(), 0);
      const { summary } = await end();
      assert.ok(Math.abs((summary.listenerMinutes ?? 0) - 30 * 120) <= 15);
      assert.ok((summary.audience?.length ?? 0) <= 4);
    });

    it("counts what people open and save after the end, once each, and keeps it when they are forgotten", async () => {
      const { deps, showId } = scene;
      const [dan, eve] = await Promise.all([scene.attendee("Dan"), scene.attendee("Eve")]);
      const use = async (uid: string, opened: boolean, saved: boolean) => {
        const ref = savesRef(firestore, showId).doc(uid);
        const before = await ref.get();
        await ref.set({ opened, saved, at: Timestamp.fromMillis(deps.clock.now()) });
        const data = { before, after: await ref.get() };
        await onSaveWritten(deps, { data, params: { showId, uid } });
      };
      const counted = async () => {
        const { opens, saves } = (await summaryRef(firestore, showId).get()).data() ?? {};
        return [opens, saves];
      };
      await use(dan.uid, true, false);
      assert.deepEqual(deps.queued.publishFeed, [], "a live show is counted at its end");
      await end();
      assert.deepEqual(await counted(), [1, 0]);
      await use(dan.uid, true, true);
      await use(eve.uid, false, true);
      assert.equal(deps.queued.publishFeed.length, 2);
      assert.equal(new Set(deps.queued.publishFeed.map(({ dueAt }) => dueAt)).size, 1);
      await runTasks();
      assert.deepEqual(await counted(), [1, 2]);
      const summary = await summaryRef(firestore, showId).get();
      await publish();
      assert.deepEqual((await summaryRef(firestore, showId).get()).updateTime, summary.updateTime);
      const ref = savesRef(firestore, showId).doc(dan.uid);
      const before = await ref.get();
      await ref.delete();
      const data = { before, after: await ref.get() };
      await onSaveWritten(deps, { data, params: { showId, uid: dan.uid } });
      assert.deepEqual(deps.queued.publishFeed, []);
      // A hidden comment asks for another publish.
      await publish();
      assert.deepEqual(await counted(), [1, 2]);
    });
  });

  describe("ends with the show", () => {
    const end = () => endShow(scene.deps, as(scene.ada), { showId: scene.showId });

    it("by publishing the last interval's comments, reactions and audience", async () => {
      const earlier = await write(8);
      await publish();
      pass(1);
      const [dan] = await Promise.all([scene.attendee("Dan"), scene.attendee("Eve")]);
      const last = await write(2);
      await react(dan.uid, { clap: 3 });
      await end();
      assert.deepEqual(await idsIn(), [...last, ...earlier]);
      const { audience, reactions } = await feed();
      assert.deepEqual(reactions, { ...noReactions, clap: 3 });
      assert.partialDeepStrictEqual(audience, { listeners: 2, peak: 2 });
      assert.equal(await modeOf(), "digest");
    });

    it("after which nothing is counted any more", async () => {
      await write(8);
      await publish();
      await end();
      await scene.attendee("Dan");
      const ended = await scene.everything();
      pass(600);
      await publish();
      assert.deepEqual(await scene.everything(), ended);
      assert.deepEqual(scene.deps.queued.publishFeed, []);
    });

    it("but what is hidden or deleted later still leaves", async () => {
      const ids = await write(9);
      const [pinned, deleted] = ids;
      assert.ok(pinned && deleted);
      await showRef(firestore, scene.showId).update({ pinnedCommentId: pinned });
      await publish();
      await end();
      await changed(pinned, (comment) => comment.update({ hidden: true }));
      await changed(deleted, (comment) => comment.delete());
      await runTasks();
      assert.deepEqual(await idsIn(), ids.slice(2));
      assert.deepEqual(
        [(await feed()).pinned, (await scene.show())?.pinnedCommentId],
        [null, null],
      );
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

    it("as the newest 50 visible ones", async () => {
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

    it("for at least 160 intervals, until a calm minute has passed", async () => {
      await write(8);
      await publish();
      pass(319);
      await publish();
      assert.equal(await modeOf(), "digest");
      pass(2);
      await publish();
      assert.deepEqual([await modeOf(), await idsIn()], ["direct", []]);
      assert.equal((await feed()).digestSince, null);
    });

    it("and drops a hidden or deleted one and its pin, and takes back one that is shown again", async () => {
      const ids = await write(9);
      const [pinned, deleted] = ids;
      assert.ok(pinned && deleted);
      await showRef(firestore, scene.showId).update({ pinnedCommentId: pinned });
      await publish();
      assert.equal((await feed()).pinned?.text, `comment ${pinned}`);
      await changed(pinned, (comment) => comment.update({ hidden: true }));
      await changed(deleted, (comment) => comment.delete());
      await runTasks();
      assert.deepEqual(await idsIn(), ids.slice(2));
      assert.equal((await feed()).pinned, null);
      assert.equal((await scene.show())?.pinnedCommentId, null);
      await changed(pinned, (comment) => comment.update({ hidden: false }));
      await runTasks();
      assert.deepEqual(await idsIn(), [pinned, ...ids.slice(2)]);
      assert.equal((await feed()).pinned, null);
    });

    it("with whom they reply to and mention, also after the account of one of them is deleted", async () => {
      const [reply = "", original = ""] = await write(9);
      await commentRef(firestore, scene.showId, reply).update({
        replyTo: { commentId: original, authorUid: "spotify_eve" },
        mentions: ["spotify_eve", "spotify_fay"],
      });
      await showRef(firestore, scene.showId).update({ pinnedCommentId: reply });
      await publish();
      const named = async () => {
        const { comments, pinned } = await feed();
        return [comments.find(({ id }) => id === reply), pinned].map((comment) => [
          comment?.replyTo,
          comment?.mentions,
        ]);
      };
      const before = [
        { commentId: original, authorUid: "spotify_eve" },
        ["spotify_eve", "spotify_fay"],
      ];
      assert.deepEqual(await named(), [before, before]);
      await changed(reply, (comment) => comment.update({ "replyTo.authorUid": DELETED_UID }));
      await changed(reply, (comment) => comment.update({ mentions: ["spotify_fay"] }));
      await runTasks();
      const after = [{ commentId: original, authorUid: DELETED_UID }, ["spotify_fay"]];
      assert.deepEqual(await named(), [after, after]);
    });

    it("also one that is hidden while it is being published", async () => {
      const [hidden, ...others] = await write(9);
      assert.ok(hidden);
      const hide = () => changed(hidden, (comment) => comment.update({ hidden: true }));
      const { deps, showId } = scene;
      await publishFeed({ ...deps, firestore: beforeCommit(firestore, hide) }, { showId });
      assert.deepEqual(await idsIn(), [hidden, ...others], "read before it was hidden");
      await runTasks();
      assert.deepEqual(await idsIn(), others);
    });

    it("also one that is hidden while a publication takes long, and after another one has seen it hidden", async () => {
      const older = await write(8);
      await publish();
      pass(6);
      const [hidden] = await write(1);
      assert.ok(hidden);
      const { deps, showId } = scene;
      const hideAndPublish = async () => {
        await changed(hidden, (comment) => comment.update({ hidden: true }));
        await runTasks();
        assert.deepEqual(await idsIn(), older, "nothing to write");
        pass(1.001);
      };
      const slowly = { ...deps, firestore: beforeCommit(firestore, hideAndPublish) };
      await publishFeed(slowly, { showId });
      assert.deepEqual(await idsIn(), [hidden, ...older], "read before it was hidden");
      await runTasks();
      assert.deepEqual(await idsIn(), older);
    });

    it("after another publish that came between its reading and its writing", async () => {
      const { deps, showId } = scene;
      const older = await write(8);
      await publish();
      pass(2);
      const newer = await write(1);
      const updatedAt = Timestamp.fromMillis(deps.clock.now());
      const another = () => feedRef(firestore, showId).update({ updatedAt });
      await publishFeed({ ...deps, firestore: beforeCommit(firestore, another) }, { showId });
      assert.deepEqual(await idsIn(), older, "it may have read less than the other one wrote");
      await runTasks();
      assert.deepEqual(await idsIn(), [...newer, ...older]);
    });

    it("from many publishes at the same time", async () => {
      const ids = await write(8);
      await Promise.all(Array.from({ length: 10 }, publish));
      assert.deepEqual(await idsIn(), ids);
    });

    it("rewriting the digest once for many that are deleted at the same time", async () => {
      const ids = await write(50);
      await publish();
      const { deps, showId } = scene;
      await Promise.all(ids.slice(5).map((id) => changed(id, (comment) => comment.delete())));
      assert.equal(new Set(deps.queued.publishFeed.map(({ dueAt }) => dueAt)).size, 1);
      await runTasks();
      assert.deepEqual(await idsIn(), ids.slice(0, 5));
      assert.equal((await showRef(firestore, showId).get()).data()?.commentFeed, "digest");
    });

    it("without one that cannot be read, also where it is pinned", async () => {
      const ids = await write(8);
      const [broken] = ids;
      assert.ok(broken);
      await commentRef(firestore, scene.showId, broken).update({ text: 7 });
      await showRef(firestore, scene.showId).update({ pinnedCommentId: broken });
      await publish();
      assert.deepEqual(await idsIn(), ids.slice(1));
      assert.equal((await scene.show())?.pinnedCommentId, null);
    });

    it("with texts that only an older rule accepted", async () => {
      const ids = await write(8);
      const texts = ["\u2066", "\u061c", "\u08e2", "\u0605", "\u{13430}", "👋".repeat(500)];
      for (const [index, text] of texts.entries()) {
        await commentRef(firestore, scene.showId, ids[index] ?? "").update({ text });
      }
      await publish();
      assert.deepEqual(
        (await feed()).comments.slice(0, texts.length).map(({ text }) => text),
        texts,
      );
    });

    it("without losing any when two publish at once", async () => {
      const ids = await write(20);
      await Promise.all([publish(), publish(), publish()]);
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

    it("also one that was stamped before a publication and stored during it", async () => {
      await react("spotify_dan", { clap: 1 });
      const { deps, showId } = scene;
      const late = async () => {
        await reactionsRef(firestore, showId)
          .doc("spotify_eve")
          .set({ ...noReactions, clap: 1, at: Timestamp.fromMillis(deps.clock.now() - 60_000) });
        await askForFeed(deps, showId);
      };
      await publishFeed({ ...deps, firestore: beforeCommit(firestore, late) }, { showId });
      assert.equal((await feed()).reactions.clap, 1, "summed before it was stored");
      await runTasks();
      assert.equal((await feed()).reactions.clap, 2);
    });
  });

  describe("with 10,000 listeners and few comments", () => {
    const LISTENERS = 10_000;
    let startedAt: number;
    beforeEach(async () => {
      startedAt = scene.deps.clock.now();
      const updatedAt = Timestamp.fromMillis(startedAt);
      const audience = { listeners: LISTENERS, peak: LISTENERS, countedAt: updatedAt };
      await feedRef(firestore, scene.showId).update({ audience, updatedAt });
    });
    /** Until the feed is written. */
    const published = async () => {
      const before = (await feed()).updatedAt.toMillis();
      for (;;) {
        const task = scene.deps.queued.publishFeed.sort((a, b) => a.dueAt - b.dueAt).shift();
        assert.ok(task, "somebody has asked for it");
        scene.deps.clock.advance(Math.max(0, task.dueAt - scene.deps.clock.now()));
        await publish();
        const { updatedAt } = await feed();
        if (updatedAt.toMillis() > before) return;
      }
    };

    it("shows others' reactions within 15 s, and still counts the audience once a minute", async () => {
      await react("spotify_dan", { clap: 3 });
      await askForFeed(scene.deps, scene.showId);
      await published();
      assert.equal((await feed()).reactions.clap, 3);
      assert.equal(scene.deps.clock.now(), startedAt + 15 * SECOND);
      assert.equal((await feed()).audience.listeners, LISTENERS);
      await published();
      assert.equal((await feed()).audience.listeners, 0);
      assert.equal(scene.deps.clock.now(), startedAt + 60 * SECOND);
    });

    it("drops a hidden pin within 15 s", async () => {
      const [pinned] = await write(1);
      assert.ok(pinned);
      await showRef(firestore, scene.showId).update({ pinnedCommentId: pinned });
      await askForFeed(scene.deps, scene.showId);
      await published();
      assert.equal((await feed()).pinned?.id, pinned);
      await changed(pinned, (comment) => comment.update({ hidden: true }));
      const hiddenAt = scene.deps.clock.now();
      await published();
      assert.equal((await feed()).pinned, null);
      assert.equal(scene.deps.clock.now(), hiddenAt + 15 * SECOND);
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
