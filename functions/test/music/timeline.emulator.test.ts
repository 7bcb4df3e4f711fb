import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import {
  playbackRef,
  setlistRef,
  showRef,
  summaryRef,
  timelineRef,
  timelinesRef,
} from "../../src/collections.js";
import { editShowPlaylist } from "../../src/music/editShowPlaylist.js";
import { recordPlayback } from "../../src/music/recordPlayback.js";
import { silentPlayback } from "../../src/contract/silentPlayback.js";
import type { PlaybackDocument } from "../../src/contract/music.js";
import { endShow } from "../../src/shows/endShow.js";
import { setStageMode } from "../../src/stage/setStageMode.js";
import { quietFirestore } from "../support/backstage.js";
import { beforeCommit } from "../support/beforeCommit.js";
import { countReads } from "../support/countReads.js";
import { callAgain } from "../support/callAgain.js";
import { dice } from "../support/dice.js";
import { musicScene, type MusicScene } from "../support/musicScene.js";
import { startOwnSpotify, type OwnSpotify } from "../support/ownSpotify.js";
import { letterOf, playing, tracks, uriOf } from "../support/tracks.js";

describe("a show's timeline", () => {
  let firestore: Firestore;
  let spotify: OwnSpotify;
  let scene: MusicScene;
  let clock: MusicScene["deps"]["clock"];

  before(async () => {
    firestore = quietFirestore();
    spotify = await startOwnSpotify();
  });
  after(() => Promise.all([spotify.close(), firestore.terminate()]));
  beforeEach(async () => {
    scene = await musicScene(firestore, spotify);
    clock = scene.deps.clock;
    await scene.putList(tracks("A:300000 B:200000 C:100000"));
  });

  const ada = () => ({ uid: scene.ada.uid, isAdmin: false });
  /** Records a change, like the trigger does. */
  const record = (playback: PlaybackDocument) =>
    callAgain(() => recordPlayback(scene.deps, scene.showId, playback));
  const end = () => callAgain(() => endShow(scene.deps, ada(), { showId: scene.showId }));
  const kept = async () => {
    const { docs } = await timelinesRef(firestore, scene.showId).get();
    return docs.sort((a, b) => Number(a.id) - Number(b.id));
  };
  const tracksPlayed = async () =>
    (await summaryRef(firestore, scene.showId).get()).data()?.tracksPlayed;
  const setlist = async () => (await setlistRef(firestore, scene.showId).get()).data();
  /** The setlist in letters, with times after `since`. */
  const heard = async (since: number) =>
    (await setlist())?.tracks.map(
      ({ uri, startedAt, playedMs }) => `${letterOf(uri) ?? ""} ${startedAt - since} ${playedMs}`,
    );
  const readsInARow = async (count: number) => {
    for (let read = 0; read < count; read += 1) await firestore.doc("nothing/here").get();
  };
  /** Ada presses "next" `count` times, once per second. */
  const presses = async (count: number) => {
    const changes: PlaybackDocument[] = [];
    for (let sequence = 1; sequence <= count; sequence += 1) {
      const trackIndex = sequence % 3;
      clock.advance(1_000);
      changes.push(
        await scene.putOn({ sequence, trackIndex, trackUri: uriOf("ABC".charAt(trackIndex)) }),
      );
    }
    clock.advance(1_000);
    return changes;
  };

  it("stores each state of playback/now by its sequence", async () => {
    const [first, second] = await presses(2);
    assert.ok(first && second);
    await record(first);
    await record(second);
    assert.deepEqual(
      (await kept()).map((entry) => [entry.id, entry.data()]),
      [
        ["1", first],
        ["2", second],
      ],
    );
  });

  it("stores each change once, in whatever order and however often it arrives", async () => {
    const changes = await presses(4);
    await Promise.all(changes.map(record));
    const before = await scene.everything();
    for (const change of dice(3).shuffled([...changes, ...changes])) await record(change);
    assert.deepEqual(await scene.everything(), before);
    assert.deepEqual(
      (await kept()).map(({ id }) => id),
      ["1", "2", "3", "4"],
    );
  });

  it("keeps the first change of a sequence", async () => {
    const [change] = await presses(1);
    assert.ok(change);
    await record(change);
    await record({ ...change, positionMs: 7 });
    assert.deepEqual(
      (await kept()).map((entry) => entry.data()),
      [change],
    );
  });

  it("ignores a show that no longer exists", async () => {
    await showRef(firestore, scene.showId).delete();
    await record(playing({ sequence: 3 }));
    assert.equal(await tracksPlayed(), undefined);
  });

  describe("at the end of the show", () => {
    it("counts the plays for the summary", async () => {
      for (const change of await presses(5)) await record(change);
      const { summary } = await end();
      assert.equal(summary.tracksPlayed, 5);
      assert.equal(await tracksPlayed(), 5);
    });

    it("reads the latest 1,000 changes of a longer timeline, so that the show can always be ended", async () => {
      const [first] = await presses(1);
      assert.ok(first);
      const writer = firestore.bulkWriter();
      for (let sequence = 2; sequence <= 1_200; sequence += 1) {
        const trackIndex = sequence % 3;
        void writer.set(timelineRef(firestore, scene.showId, sequence), {
          ...first,
          sequence,
          trackIndex,
          trackUri: uriOf("ABC".charAt(trackIndex)),
          at: Timestamp.fromMillis(first.at.toMillis() + sequence),
        });
      }
      await writer.close();
      const reads = countReads(firestore);
      const { summary } = await end();
      const read = reads.stop();
      assert.equal(summary.tracksPlayed, 1_000);
      assert.ok(read < 1_050, `${read} reads`);
    }).timeout(20_000);

    it("counts no plays without music, and has no setlist", async () => {
      assert.equal((await end()).summary.tracksPlayed, 0);
      assert.equal(await setlist(), undefined);
    });

    it("keeps the setlist, corrected by late events as the plays are", async () => {
      const startedAt = clock.now() + 1_000;
      const changes = await presses(3);
      for (const change of [changes[0], changes[2]]) {
        assert.ok(change);
        await record(change);
      }
      await end();
      assert.deepEqual(await heard(startedAt), ["B 0 2000", "A 2000 1000"]);
      assert.ok(changes[1]);
      await record(changes[1]);
      assert.deepEqual(await heard(startedAt), ["B 0 1000", "C 1000 1000", "A 2000 1000"]);
      const [first] = (await setlist())?.tracks ?? [];
      assert.partialDeepStrictEqual(first, {
        uri: uriOf("B"),
        name: "Song B",
        artists: ["The Low Tides"],
        imageUrl: null,
      });
    });

    it("names played tracks that left the playlist, in whichever edit", async () => {
      for (const change of await presses(3)) await record(change);
      const edit = async (revision: number, order: string) => {
        const trackUris = order.split(" ").map(uriOf);
        await editShowPlaylist(scene.deps, ada(), { showId: scene.showId, revision, trackUris });
        const playback = await scene.playback();
        if (playback) await record(playback);
      };
      await edit(1, "A C");
      await edit(2, "A");
      await end();
      const names = (await setlist())?.tracks.map(({ name }) => name);
      assert.deepEqual(names, ["Song B", "Song C", "Song A"]);
      // The names outlive the plays.
      await firestore.recursiveDelete(firestore.doc(`stages/${scene.showId}`));
      assert.deepEqual(
        (await setlist())?.tracks.map(({ name }) => name),
        names,
      );
    });

    it("keeps the latest 500 plays of a longer show", async () => {
      for (const change of await presses(1)) await record(change);
      const list = Array.from({ length: 499 }, (_, n) => `${"AB".charAt(n % 2)}:10`).join(" ");
      const now = await scene.playback();
      assert.ok(now);
      await scene.putList(tracks(list), 2);
      const at = Timestamp.fromMillis(clock.now());
      const longer = { ...now, at, trackIndex: 0, trackUri: uriOf("A"), positionMs: 0 };
      for (const sequence of [2, 3]) {
        const change = { ...longer, sequence, playlistRevision: 2 };
        await record({ ...change, at: Timestamp.fromMillis(clock.now()) });
        clock.advance(5_000);
      }
      await end();
      const kept = (await setlist())?.tracks ?? [];
      assert.equal(kept.length, 500);
      assert.ok(((await tracksPlayed()) ?? 0) > 500);
      assert.equal(kept.at(-1)?.uri, uriOf("A"));
    });

    it("includes tracks that followed by themselves", async () => {
      await presses(1);
      // From the start of B into C.
      clock.advance(210_000);
      assert.equal((await end()).summary.tracksPlayed, 2);
    });

    it("includes the last change before its event has arrived", async () => {
      const changes = await presses(3);
      for (const change of changes.slice(0, 2)) await record(change);
      assert.equal((await end()).summary.tracksPlayed, 3);
    });

    it("silences the music, and counts earlier changes that arrive after the silence", async () => {
      const changes = await presses(3);
      const [, , last] = changes;
      const { endedAt } = await end();
      const silence = await scene.playback();
      assert.ok(silence && last);
      const at = Timestamp.fromMillis(endedAt);
      assert.deepEqual(silence, silentPlayback(last.by, at, last.sequence + 1, 1));
      await record(silence);
      assert.equal(await tracksPlayed(), 1);
      for (const change of changes) await record(change);
      assert.equal(await tracksPlayed(), 3);
    });

    it("does not change the playback in talk mode", async () => {
      const now = Timestamp.fromMillis(clock.now());
      await playbackRef(firestore, scene.showId).set(silentPlayback(scene.ada.uid, now, 7, 1));
      const before = await scene.playback();
      await end();
      assert.deepEqual(await scene.playback(), before);
    });

    it("updates the plays with each late event, and with none twice", async () => {
      const changes = await presses(6);
      for (const change of changes.slice(0, 2)) await record(change);
      // 1, 2 and the last one are known.
      assert.equal((await end()).summary.tracksPlayed, 3);
      for (const [change, plays] of [
        [changes[5], 3],
        [changes[3], 4],
        [changes[3], 4],
        [changes[2], 5],
        [changes[4], 6],
        [changes[0], 6],
      ] as const) {
        assert.ok(change);
        await record(change);
        assert.equal(await tracksPlayed(), plays);
      }
    });

    it("returns the updated plays when the creator calls again", async () => {
      const changes = await presses(3);
      assert.equal((await end()).summary.tracksPlayed, 1);
      for (const change of changes) await record(change);
      assert.equal((await end()).summary.tracksPlayed, 3);
    });

    it("is correct when all late events arrive at once", async () => {
      const changes = await presses(6);
      await end();
      await Promise.all(changes.map(record));
      assert.equal(await tracksPlayed(), 6);
    });

    it("is correct when events arrive at the moment of the end", async () => {
      const changes = await presses(3);
      let recorded: Promise<unknown> = Promise.resolve();
      const deps = {
        ...scene.deps,
        firestore: beforeCommit(firestore, async () => {
          recorded = Promise.all(changes.map(record));
          // Longer than an event takes if nothing blocks it.
          await Promise.race([recorded, readsInARow(50)]);
        }),
      };
      await endShow(deps, ada(), { showId: scene.showId });
      await recorded;
      assert.equal(await tracksPlayed(), 3);
    });

    it("is correct when an event arrives while another is being counted", async () => {
      const [first, second, third] = await presses(3);
      assert.ok(first && second && third);
      await record(third);
      await end();
      let recorded: Promise<unknown> = Promise.resolve();
      const deps = {
        ...scene.deps,
        firestore: beforeCommit(firestore, async () => {
          recorded = record(second);
          await Promise.race([recorded, readsInARow(50)]);
        }),
      };
      await recordPlayback(deps, scene.showId, first);
      await recorded;
      assert.equal(await tracksPlayed(), 3);
    });

    it("does not change the rest of the summary", async () => {
      const changes = await presses(2);
      const { summary } = await end();
      for (const change of changes) await record(change);
      const after = (await summaryRef(firestore, scene.showId).get()).data();
      assert.deepEqual(after, { ...summary, tracksPlayed: 2 });
    });
  });

  it("counts an evening of talk, music, pauses, edits, two hosts and late events", async () => {
    const ben = await scene.cohost("Ben");
    const changes: PlaybackDocument[] = [];
    const happened = async () => {
      const playback = await scene.playback();
      assert.ok(playback);
      changes.push(playback);
      return playback;
    };
    const mode = async (to: "talk" | "music", trackIndex?: number) => {
      const start = trackIndex === undefined ? {} : { trackIndex };
      await setStageMode(scene.deps, ada(), { showId: scene.showId, mode: to, ...start });
      await happened();
    };
    const step = async (change: Partial<PlaybackDocument>) => {
      const now = await scene.playback();
      assert.ok(now);
      await playbackRef(firestore, scene.showId).set({
        ...now,
        ...change,
        at: Timestamp.fromMillis(clock.now()),
        by: ben.uid,
        sequence: now.sequence + 1,
      });
      await happened();
    };
    const edit = async (revision: number, order: string) => {
      await editShowPlaylist(scene.deps, ada(), {
        showId: scene.showId,
        revision,
        trackUris: order.split(" ").map(uriOf),
      });
      await happened();
    };

    await mode("talk");
    clock.advance(600_000);
    // A to its end, then 40 s of B.
    await mode("music");
    clock.advance(340_000);
    // B continues through a pause and an edit, and A plays again after it.
    await step({ paused: true, trackIndex: 1, trackUri: uriOf("B"), positionMs: 40_000 });
    clock.advance(5_000);
    await edit(1, "C B A");
    await step({ paused: false });
    clock.advance(170_000);
    // Ten seconds of A, then A is removed with nothing after it.
    await edit(2, "C B");
    clock.advance(60_000);
    // C, cut off by talk.
    await step({ paused: false, trackIndex: 0, trackUri: uriOf("C"), positionMs: 0 });
    clock.advance(20_000);
    await mode("talk");
    clock.advance(60_000);
    // B from start to end, and then the music is over.
    await mode("music", 1);
    clock.advance(999_000);

    const late = changes.splice(2, 3);
    for (const change of dice(8).shuffled(changes)) await record(change);
    await end();
    for (const change of late) await record(change);
    assert.deepEqual(
      (await kept()).map(({ id }) => Number(id)),
      (await kept()).map((_, index) => index),
    );
    // A was removed in the meantime.
    assert.equal(await tracksPlayed(), 5);
    const letters = (await setlist())?.tracks.map(({ name }) => name.at(-1)).join(" ");
    assert.equal(letters, "A B A C B");
  });
});
