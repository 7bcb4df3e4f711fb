import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { inventedTracks } from "../../../local/spotify/catalogue/inventedTracks.js";
import { playlistIds } from "../../../local/spotify/catalogue/startingPlaylists.js";
import { trackUri } from "../../../local/spotify/catalogue/track.js";
import { credentialsRef, showRef } from "../../src/collections.js";
import type { RefusalReason } from "../../src/contract/reasons.js";
import { playbackAt } from "../../src/contract/playbackAt.js";
import { setShowPlaylist } from "../../src/music/setShowPlaylist.js";
import type { ShowStatus } from "../../src/contract/shows.js";
import type { SpotifyCatalog } from "../../src/ports/spotifyCatalog.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { callAgain } from "../support/callAgain.js";
import { musicScene, type MusicScene } from "../support/musicScene.js";
import { beforePage, startOwnSpotify, type OwnSpotify } from "../support/ownSpotify.js";
import { refuses } from "../support/refuses.js";
import { lettersOf, tracks } from "../support/tracks.js";

const songs = (from: number, count: number) =>
  inventedTracks()
    .slice(from, from + count)
    .map(({ id }) => trackUri(id));

describe("setShowPlaylist", () => {
  let firestore: Firestore;
  let spotify: OwnSpotify;
  let scene: MusicScene;

  before(async () => {
    firestore = quietFirestore();
    spotify = await startOwnSpotify();
  });
  after(() => Promise.all([spotify.close(), firestore.terminate()]));
  beforeEach(async () => {
    await spotify.reset();
    scene = await musicScene(firestore, spotify);
  });

  const set = (
    playlistId: string,
    {
      by = scene.ada,
      catalog = scene.deps.catalog,
    }: { by?: Person; catalog?: SpotifyCatalog } = {},
  ) =>
    setShowPlaylist(
      { ...scene.deps, catalog },
      { uid: by.uid, isAdmin: false },
      { showId: scene.showId, playlistId },
    );
  const uris = async () => (await scene.list())?.tracks.map(({ uri }) => uri);

  /** Asserts a refusal that leaves everything unchanged. */
  const leavesAll = async (
    attempt: () => Promise<unknown>,
    reason: RefusalReason,
    details: Parameters<typeof refuses>[1] = {},
  ) => {
    const before = await scene.everything();
    await assert.rejects(attempt(), refuses(reason, details));
    assert.deepEqual(await scene.everything(), before);
  };

  for (const quotaMode of ["development", "extended"] as const) {
    describe(`in Spotify's ${quotaMode} mode`, () => {
      beforeEach(() => spotify.control.setQuotaMode(quotaMode));

      it("copies the whole playlist and describes it on the show", async () => {
        assert.deepEqual(await set(playlistIds.nightDrive), { trackCount: 3, skipped: 0 });
        const list = await scene.list();
        assert.equal(list?.revision, 1);
        assert.partialDeepStrictEqual(list.tracks, [
          { name: "Harbour Lights", artists: ["The Low Tides"], durationMs: 214_000 },
          { name: "Last Exit North", artists: ["Marta Quell"], durationMs: 187_500 },
          { name: "Sodium Orange", artists: ["Kino Parade"], durationMs: 251_300 },
        ]);
        const { imageUrl, ...about } = (await scene.show())?.playlist ?? {};
        assert.deepEqual(about, { id: playlistIds.nightDrive, name: "Night drive", trackCount: 3 });
        assert.match(imageUrl ?? "", /^https:/);
        assert.deepEqual(
          await scene.lengths(1),
          list.tracks.map(({ uri, durationMs }) => ({ uri, durationMs })),
        );
      });

      it("copies all of five hundred tracks", async () => {
        assert.deepEqual(await set(playlistIds.fiveHundred), { trackCount: 500, skipped: 0 });
        assert.deepEqual(await uris(), songs(0, 500));
      });

      it("skips and counts unsuitable items, and keeps explicit tracks", async () => {
        assert.deepEqual(await set(playlistIds.everythingAtOnce), { trackCount: 100, skipped: 20 });
        const list = (await scene.list())?.tracks ?? [];
        assert.equal(list.length, 100);
        assert.ok(list.every(({ uri }) => uri.startsWith("spotify:track:")));
        assert.ok(list.some(({ explicit }) => explicit) && list.some(({ explicit }) => !explicit));
        assert.equal(list.filter(({ imageUrl }) => imageUrl === null).length, 1);
        // The local Spotify's marker for artwork that is 300 pixels wide.
        const sized = list.filter(({ imageUrl }) => imageUrl?.includes("ab67616d00001e02"));
        assert.equal(sized.length, 99);
        assert.equal((await scene.show())?.playlist?.trackCount, 100);
      });

      it("accepts an empty playlist", async () => {
        await scene.putList(tracks("A B"), 4);
        assert.deepEqual(await set(playlistIds.empty), { trackCount: 0, skipped: 0 });
        assert.deepEqual(await scene.list(), { revision: 5, tracks: [] });
        assert.partialDeepStrictEqual(await scene.show(), {
          playlist: { id: playlistIds.empty, name: "Ideas", imageUrl: null, trackCount: 0 },
        });
      });

      it("accepts a playlist on which the creator only collaborates", async () => {
        assert.deepEqual(await set(playlistIds.collaborative), { trackCount: 12, skipped: 0 });
      });

      for (const [what, id, reason] of [
        ["501 tracks", playlistIds.fiveHundredAndOne, "PLAYLIST_TOO_LARGE"],
        ["20,000 tracks", playlistIds.twentyThousand, "PLAYLIST_TOO_LARGE"],
        ["another user's private playlist", playlistIds.bensPrivate, "PLAYLIST_NOT_FOUND"],
        ["a deleted playlist", playlistIds.deleted, "PLAYLIST_NOT_FOUND"],
        ...(quotaMode === "development"
          ? ([
              ["another user's public playlist", playlistIds.bensPublic, "PLAYLIST_NOT_FOUND"],
            ] as const)
          : []),
      ] as const) {
        it(`refuses ${what} and keeps the old playlist`, async () => {
          await scene.putList(tracks("A B"));
          await leavesAll(() => set(id), reason);
        });
      }

      it("never mixes two versions of a playlist that changes between two pages", async () => {
        const id = playlistIds.everythingAtOnce;
        await spotify.control.changePlaylist({ id, uris: songs(5_000, 120), afterPage: 1 });
        assert.deepEqual(await set(id), { trackCount: 120, skipped: 0 });
        assert.deepEqual(await uris(), songs(5_000, 120));
      });

      it("waits out a rate limit in the middle", async () => {
        const catalog = limitedAt(250, 5);
        assert.deepEqual(await set(playlistIds.fiveHundred, { catalog }), {
          trackCount: 500,
          skipped: 0,
        });
        assert.deepEqual(await uris(), songs(0, 500));
        assert.deepEqual(scene.deps.clock.slept, [5_000]);
      });
    });
  }

  /** Rate-limits Spotify from the page at `offset` on. */
  const limitedAt = (offset: number, seconds: number) =>
    beforePage(scene.deps.catalog, offset, () =>
      spotify.control.faults.set({
        match: "GET /v1/playlists/",
        times: 1,
        status: 429,
        headers: { "retry-after": String(seconds) },
      }),
    );

  describe("when Spotify does not deliver everything", () => {
    beforeEach(() => scene.putList(tracks("A B")));

    it("keeps the old playlist under a long rate limit, and says how long", async () => {
      await leavesAll(
        () => set(playlistIds.fiveHundred, { catalog: limitedAt(450, 60) }),
        "SPOTIFY_RATE_LIMITED",
        { retryAfterSeconds: 60 },
      );
    });

    it("keeps the old playlist when waiting uses up the time", async () => {
      const headers = { "retry-after": "20" };
      await spotify.control.faults.set({
        match: "/v1/playlists/",
        times: 99,
        status: 429,
        headers,
      });
      await leavesAll(() => set(playlistIds.fiveHundred), "SPOTIFY_RATE_LIMITED", {
        retryAfterSeconds: 20,
      });
      assert.deepEqual(scene.deps.clock.slept, [20_000, 20_000]);
    });

    for (const [what, fault] of [
      ["answers 500 from a page on", { status: 500 }],
      ["cuts every connection from a page on", { drop: true }],
      ["returns an invalid page", { status: 200, body: { items: "none" } }],
    ] as const) {
      it(`keeps the old playlist when it ${what}`, async () => {
        const catalog = beforePage(scene.deps.catalog, 300, () =>
          spotify.control.faults.set({ match: "GET /v1/playlists/", times: 99, ...fault }),
        );
        await leavesAll(() => set(playlistIds.fiveHundred, { catalog }), "SPOTIFY_UNAVAILABLE");
      });
    }

    it("keeps the old playlist when the source is deleted in the meantime", async () => {
      const id = playlistIds.fiveHundred;
      await spotify.control.changePlaylist({ id, deleted: true, afterPage: 3 });
      await leavesAll(() => set(id), "PLAYLIST_NOT_FOUND");
    });

    it("keeps the old playlist when the source keeps changing", async () => {
      const id = playlistIds.everythingAtOnce;
      for (let page = 1; page <= 20; page += 1) {
        const change = { id, uris: songs(page * 10, 120), afterPage: page };
        await spotify.control.changePlaylist(change);
      }
      await leavesAll(() => set(id), "CONTENTION");
    });

    it("requires the creator's grant", async () => {
      await credentialsRef(firestore, scene.ada.uid).delete();
      await leavesAll(() => set(playlistIds.nightDrive), "SPOTIFY_RELINK_REQUIRED");
    });

    it("requires a grant that Spotify still accepts", async () => {
      await spotify.control.revoke("creator-ada");
      await leavesAll(() => set(playlistIds.nightDrive), "SPOTIFY_RELINK_REQUIRED");
    });
  });

  describe("called again", () => {
    it("gives the same answer and writes nothing", async () => {
      const answer = await set(playlistIds.everythingAtOnce);
      const before = await scene.everything();
      scene.deps.clock.advance(5_000);
      assert.deepEqual(await set(playlistIds.everythingAtOnce), answer);
      assert.deepEqual(await scene.everything(), before);
    });

    it("copies what has changed at Spotify", async () => {
      await set(playlistIds.nightDrive);
      await spotify.control.changePlaylist({ id: playlistIds.nightDrive, name: "Day drive" });
      await set(playlistIds.nightDrive);
      assert.partialDeepStrictEqual(await scene.show(), { playlist: { name: "Day drive" } });
      const uri = songs(9, 1);
      await spotify.control.changePlaylist({ id: playlistIds.nightDrive, uris: uri });
      assert.deepEqual(await set(playlistIds.nightDrive), { trackCount: 1, skipped: 0 });
      assert.deepEqual(await uris(), uri);
      assert.equal((await scene.list())?.revision, 3);
    });

    it("restores what the hosts removed", async () => {
      await set(playlistIds.nightDrive);
      const { tracks: all = [] } = (await scene.list()) ?? {};
      await scene.putList(all.slice(1), 2);
      await set(playlistIds.nightDrive);
      assert.deepEqual(await scene.list(), { revision: 3, tracks: all });
    });

    it("keeps one of two simultaneous playlists completely", async () => {
      await Promise.all(
        [playlistIds.nightDrive, playlistIds.collaborative].map((id) => callAgain(() => set(id))),
      );
      const [list, show] = [await scene.list(), await scene.show()];
      assert.equal(list?.revision, 2);
      const count = show?.playlist?.id === playlistIds.nightDrive ? 3 : 12;
      assert.equal(show?.playlist?.trackCount, count);
      assert.equal(list.tracks.length, count);
      assert.equal((await scene.lengths(2))?.length, count);
    });
  });

  describe("in a live show", () => {
    it("re-anchors in the same transaction, so that a remaining track continues", async () => {
      await set(playlistIds.nightDrive);
      const { tracks: old = [] } = (await scene.list()) ?? {};
      const [first, second, third] = old.map(({ uri }) => uri);
      assert.ok(first && second && third);
      await scene.putOn({ trackUri: first, trackIndex: 0, sequence: 4 });
      scene.deps.clock.advance(214_000 + 30_000);
      await spotify.control.changePlaylist({
        id: playlistIds.nightDrive,
        uris: [third, ...songs(0, 5), second],
      });
      await set(playlistIds.nightDrive);
      assert.deepEqual(await scene.playback(), {
        mode: "music",
        trackUri: second,
        trackIndex: 6,
        positionMs: 30_000,
        paused: false,
        at: Timestamp.fromMillis(scene.deps.clock.now()),
        by: scene.ada.uid,
        sequence: 5,
        playlistRevision: 2,
      });
      assert.ok(await scene.wereWrittenTogether());
    });

    it("moves on to the next remaining track, or is over", async () => {
      await set(playlistIds.nightDrive);
      const all = (await uris()) ?? [];
      await scene.putOn({ trackUri: all[0] ?? null, trackIndex: 0, positionMs: 50_000 });
      const { nightDrive: id } = playlistIds;
      await spotify.control.changePlaylist({ id, uris: [...songs(0, 2), ...all.slice(2)] });
      await set(id);
      assert.partialDeepStrictEqual(await scene.playback(), {
        trackUri: all[2] ?? null,
        trackIndex: 2,
        positionMs: 0,
        paused: false,
      });
      await spotify.control.changePlaylist({ id, uris: songs(0, 2) });
      await set(id);
      const [playback, list] = [await scene.playback(), await scene.list()];
      assert.ok(playback && list);
      const { kind } = playbackAt(playback, list.tracks, scene.deps.clock.now());
      assert.equal(kind, "over");
    });

    it("uses the playback at the time of the write", async () => {
      await scene.putList(tracks("A"));
      await scene.putOn({ trackUri: tracks("A")[0]?.uri ?? null, sequence: 1 });
      const catalog = beforePage(scene.deps.catalog, 450, () => scene.putOn({ sequence: 9 }));
      await set(playlistIds.fiveHundred, { catalog });
      assert.partialDeepStrictEqual(await scene.playback(), { sequence: 10, playlistRevision: 2 });
    });

    it("does not change talk mode", async () => {
      const before = await scene.playback();
      await set(playlistIds.nightDrive);
      assert.deepEqual(await scene.playback(), before);
    });

    it("keeps the playlist when the show ends in the meantime", async () => {
      await scene.putList(tracks("A B"));
      const catalog = beforePage(scene.deps.catalog, 450, () =>
        showRef(firestore, scene.showId).update({ status: "ended" }),
      );
      await assert.rejects(
        set(playlistIds.fiveHundred, { catalog }),
        refuses("SHOW_OVER", { status: "ended" }),
      );
      assert.equal(lettersOf((await scene.list())?.tracks ?? []), "A B");
    });
  });

  describe("outside a live show", () => {
    for (const [status, refused] of [
      ["draft", false],
      ["scheduled", false],
      ["ended", true],
      ["cancelled", true],
    ] as const satisfies readonly (readonly [ShowStatus, boolean])[]) {
      it(`${refused ? "is refused" : "is possible"} while the show is ${status}`, async () => {
        scene = await musicScene(firestore, spotify, status);
        if (refused) {
          await leavesAll(() => set(playlistIds.nightDrive), "SHOW_OVER", { status });
          assert.deepEqual(await spotify.requests(), []);
        } else {
          assert.deepEqual(await set(playlistIds.nightDrive), { trackCount: 3, skipped: 0 });
          assert.equal(await scene.playback(), undefined);
        }
      });
    }
  });

  it("is refused for everyone but the creator, without a call to Spotify", async () => {
    for (const by of [await scene.cohost("Ben", "creator-ben"), await scene.person("Dan")]) {
      await leavesAll(() => set(playlistIds.bensPrivate, { by }), "NOT_CREATOR");
    }
    await spotify.control.clearRequests();
    await assert.rejects(
      setShowPlaylist(
        scene.deps,
        { uid: scene.ada.uid, isAdmin: true },
        { showId: "no-such-show", playlistId: playlistIds.nightDrive },
      ),
      refuses("SHOW_NOT_FOUND"),
    );
    assert.deepEqual(await spotify.requests(), []);
  });
});
