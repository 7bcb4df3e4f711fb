import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { participantRef, showRef } from "../../src/collections.js";
import type { RefusalDetails, RefusalReason } from "../../src/contract/reasons.js";
import { editShowPlaylist } from "../../src/music/editShowPlaylist.js";
import { playbackAt } from "../../src/contract/playbackAt.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { callAgain } from "../support/callAgain.js";
import { dice } from "../support/dice.js";
import { musicScene, type MusicScene } from "../support/musicScene.js";
import { startOwnSpotify, type OwnSpotify } from "../support/ownSpotify.js";
import { refuses } from "../support/refuses.js";
import { lettersOf, tracks, uriOf } from "../support/tracks.js";

describe("editShowPlaylist", () => {
  let firestore: Firestore;
  let spotify: OwnSpotify;
  let scene: MusicScene;

  before(async () => {
    firestore = quietFirestore();
    spotify = await startOwnSpotify();
  });
  after(() => Promise.all([spotify.close(), firestore.terminate()]));
  beforeEach(async () => {
    scene = await musicScene(firestore, spotify);
    await scene.putList(tracks("A B C"), 3);
  });

  const edit = (revision: number, order: string, by: Person = scene.ada) =>
    editShowPlaylist(
      scene.deps,
      { uid: by.uid, isAdmin: false },
      {
        showId: scene.showId,
        revision,
        trackUris: order.split(" ").flatMap((letter) => (letter === "" ? [] : [uriOf(letter)])),
      },
    );
  const order = async () => lettersOf((await scene.list())?.tracks ?? []);
  const writesNothing = async <Answer>(act: () => Promise<Answer>): Promise<Answer> => {
    const before = await scene.everything();
    const answer = await act();
    assert.deepEqual(await scene.everything(), before);
    return answer;
  };
  const isRefused = (
    act: () => Promise<unknown>,
    reason: RefusalReason,
    details: RefusalDetails = {},
  ) => writesNothing(() => assert.rejects(act(), refuses(reason, details)));

  it("reorders the tracks and keeps their data", async () => {
    assert.deepEqual(await edit(3, "C A B"), { revision: 4 });
    assert.deepEqual(await scene.list(), { revision: 4, tracks: tracks("C A B") });
    assert.deepEqual(
      await scene.lengths(4),
      tracks("C A B").map(({ uri, durationMs }) => ({ uri, durationMs })),
    );
    assert.ok(
      await scene.lengths(3),
      "plays under the old order are still counted with its lengths",
    );
  });

  it("removes missing tracks and updates the show's track count", async () => {
    const playlist = { id: "p", name: "Mix", imageUrl: null, trackCount: 3 };
    await showRef(firestore, scene.showId).update({ playlist });
    await edit(3, "C");
    assert.equal(await order(), "C");
    const show = await scene.show();
    assert.deepEqual(show?.playlist, { ...playlist, trackCount: 1 });
    assert.equal(show.updatedAt.toMillis(), scene.deps.clock.now());
    await edit(4, "");
    assert.equal(await order(), "");
    assert.equal((await scene.show())?.playlist?.trackCount, 0);
  });

  it("edits a playlist that does not come from Spotify", async () => {
    await edit(3, "B A");
    assert.equal(await order(), "B A");
    assert.equal((await scene.show())?.playlist, undefined);
  });

  it("makes no call to Spotify", async () => {
    await edit(3, "B A");
    assert.deepEqual(await spotify.requests(), []);
  });

  describe("revision", () => {
    for (const revision of [0, 2, 4, 1_000_000]) {
      it(`${revision} is refused for a playlist at revision 3`, async () => {
        await isRefused(() => edit(revision, "C A"), "PLAYLIST_CHANGED");
      });
    }

    it("does not change without a change of the tracks", async () => {
      assert.deepEqual(await writesNothing(() => edit(3, "A B C")), { revision: 3 });
    });

    it("is returned again for a retry, which writes nothing", async () => {
      assert.deepEqual(await edit(3, "C B"), { revision: 4 });
      assert.deepEqual(await writesNothing(() => edit(3, "C B")), { revision: 4 });
    });

    it("from before another edit is refused", async () => {
      await edit(3, "C B");
      await edit(4, "B C");
      await isRefused(() => edit(3, "C B"), "PLAYLIST_CHANGED");
      await isRefused(() => edit(3, "B C"), "PLAYLIST_CHANGED");
    });

    it("goes to one of two simultaneous hosts, and the other is refused", async () => {
      const ben = await scene.cohost("Ben");
      const outcomes = await Promise.allSettled([
        callAgain(() => edit(3, "C B A")),
        callAgain(() => edit(3, "B A C", ben)),
      ]);
      const [won, lost] = outcomes.sort((a, b) => a.status.localeCompare(b.status));
      assert.ok(won.status === "fulfilled" && lost.status === "rejected");
      assert.deepEqual(won.value, { revision: 4 });
      refuses("PLAYLIST_CHANGED")(lost.reason);
      assert.equal((await scene.list())?.revision, 4);
      assert.match(await order(), /^(C B A|B A C)$/);
    });

    it("increases once for many simultaneous edits", async () => {
      const ben = await scene.cohost("Ben");
      const outcomes = await Promise.allSettled(
        ["C B A", "B A C", "A C B", "C A B"].map((order, index) =>
          callAgain(() => edit(3, order, index % 2 === 0 ? scene.ada : ben)),
        ),
      );
      const done = outcomes.filter(({ status }) => status === "fulfilled");
      assert.equal(done.length, 1);
      for (const outcome of outcomes) {
        if (outcome.status === "rejected") refuses("PLAYLIST_CHANGED")(outcome.reason);
      }
      assert.equal((await scene.list())?.revision, 4);
    });
  });

  describe("a track URI", () => {
    const names = (position: number) => ({
      issues: [{ path: `trackUris.${position}`, message: "is not in the playlist, or not again" }],
    });

    it("that is not in the playlist is reported with its position", async () => {
      await isRefused(() => edit(3, "X A B C"), "INVALID_ARGUMENT", names(0));
      await isRefused(() => edit(3, "C B X"), "INVALID_ARGUMENT", names(2));
    });

    it("can appear as often as in the playlist, but not more often", async () => {
      await scene.putList(tracks("A B A C"), 5);
      await edit(5, "A A C");
      assert.equal(await order(), "A A C");
      await isRefused(() => edit(6, "A C A A"), "INVALID_ARGUMENT", names(3));
      await edit(6, "C A");
      await isRefused(() => edit(7, "A A"), "INVALID_ARGUMENT", names(1));
    });
  });

  it("reorders five hundred tracks", async () => {
    const all = Array.from({ length: 500 }, (_, index) => ({
      ...tracks("A")[0],
      uri: `spotify:track:${String(index).padStart(22, "0")}`,
      name: `Song ${index}`,
      artists: [],
      durationMs: 1_000 + index,
      imageUrl: null,
      explicit: false,
    }));
    await scene.putList(all, 7);
    const shuffled = dice(5).shuffled(all);
    await editShowPlaylist(
      scene.deps,
      { uid: scene.ada.uid, isAdmin: false },
      { showId: scene.showId, revision: 7, trackUris: shuffled.map(({ uri }) => uri) },
    );
    assert.deepEqual(await scene.list(), { revision: 8, tracks: shuffled });
  });

  it("refuses to edit a missing playlist", async () => {
    scene = await musicScene(firestore, spotify);
    await isRefused(() => edit(0, ""), "PLAYLIST_NOT_FOUND");
  });

  describe("in music mode", () => {
    beforeEach(async () => {
      await scene.putList(tracks("A:300 B:200 C:100"), 3);
      const playlistRevision = 3;
      await scene.putOn({ trackUri: uriOf("A"), trackIndex: 0, sequence: 6, playlistRevision });
      scene.deps.clock.advance(340);
    });

    it("re-anchors in the same transaction, so that the track keeps its position", async () => {
      const ben = await scene.cohost("Ben");
      await edit(3, "C B A", ben);
      assert.deepEqual(await scene.playback(), {
        mode: "music",
        trackUri: uriOf("B"),
        trackIndex: 1,
        positionMs: 40,
        paused: false,
        at: Timestamp.fromMillis(scene.deps.clock.now()),
        by: ben.uid,
        sequence: 7,
        playlistRevision: 4,
      });
      await showRef(firestore, scene.showId).update({
        playlist: { id: "p", name: "Mix", imageUrl: null, trackCount: 3 },
      });
      await edit(4, "B C");
      assert.ok(await scene.wereWrittenTogether());
    });

    it("moves on to the next remaining track", async () => {
      await edit(3, "C A");
      assert.partialDeepStrictEqual(await scene.playback(), {
        trackUri: uriOf("C"),
        trackIndex: 0,
        positionMs: 0,
        sequence: 7,
        playlistRevision: 4,
      });
    });

    it("is over if no later track remains", async () => {
      await edit(3, "A");
      const [playback, list] = [await scene.playback(), await scene.list()];
      assert.ok(playback && list);
      assert.equal(playbackAt(playback, list.tracks, scene.deps.clock.now()).kind, "over");
    });

    it("does not change the playback when the edit is refused or changes nothing", async () => {
      await isRefused(() => edit(2, "C B A"), "PLAYLIST_CHANGED");
      await isRefused(() => edit(3, "X"), "INVALID_ARGUMENT", {
        issues: [{ path: "trackUris.0", message: "is not in the playlist, or not again" }],
      });
      await writesNothing(() => edit(3, "A:300 B:200 C:100".replaceAll(/:\d+/g, "")));
    });
  });

  it("is refused for an absent cohost until they are back", async () => {
    const ben = await scene.cohost("Ben");
    const place = participantRef(firestore, scene.showId, ben.uid);
    for (const state of ["left", "removed"] as const) {
      await place.update({ state });
      await isRefused(() => edit(3, "C B", ben), "NOT_HOST");
    }
    await place.update({ state: "present" });
    assert.deepEqual(await edit(3, "C B", ben), { revision: 4 });
  });

  it("does not change talk mode", async () => {
    const before = await scene.playback();
    await edit(3, "C B");
    assert.deepEqual(await scene.playback(), before);
  });
});
