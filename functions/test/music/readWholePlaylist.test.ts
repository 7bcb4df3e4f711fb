import assert from "node:assert/strict";
import { playlistIds } from "../../../local/spotify/catalogue/startingPlaylists.js";
import { trackUri } from "../../../local/spotify/catalogue/track.js";
import { inventedTracks } from "../../../local/spotify/catalogue/inventedTracks.js";
import { readWholePlaylist } from "../../src/music/readWholePlaylist.js";
import { manualClock } from "../support/manualClock.js";
import { beforePage, startOwnSpotify, type OwnSpotify } from "../support/ownSpotify.js";
import { refuses } from "../support/refuses.js";

const songs = (from: number, count: number) =>
  inventedTracks()
    .slice(from, from + count)
    .map(({ id }) => trackUri(id));

for (const quotaMode of ["development", "extended"] as const) {
  describe(`readWholePlaylist in ${quotaMode} mode`, () => {
    let spotify: OwnSpotify;
    let clock: ReturnType<typeof manualClock>;
    let ada: string;

    before(async () => {
      spotify = await startOwnSpotify();
    });
    after(() => spotify.close());
    beforeEach(async () => {
      clock = manualClock();
      await spotify.reset();
      await spotify.control.setQuotaMode(quotaMode);
      ada = (await spotify.grant(clock, "creator-ada")).accessToken;
      await spotify.control.clearRequests();
    });

    const read = (playlistId: string, forMs = 45_000) =>
      readWholePlaylist({ catalog: spotify.catalog(clock) }, ada, playlistId, clock.now() + forMs);
    const urisOf = async (playlistId: string) =>
      (await read(playlistId)).tracks.map(({ uri }) => uri);
    const pages = async () =>
      (await spotify.requests()).filter((line) =>
        line.endsWith(quotaMode === "extended" ? "/tracks" : "/items"),
      ).length;
    const changePlaylist = (change: Parameters<OwnSpotify["control"]["changePlaylist"]>[0]) =>
      spotify.control.changePlaylist(change);

    it("returns every track in order", async () => {
      assert.deepEqual(await urisOf(playlistIds.fiveHundred), songs(0, 500));
      assert.equal(await pages(), 10);
    });

    it("tries the new endpoint only once if Spotify does not have it", async () => {
      await read(playlistIds.fiveHundred);
      const requests = await spotify.requests();
      const times = (end: string) => requests.filter((line) => line.endsWith(end)).length;
      const expected = quotaMode === "extended" ? [1, 10] : [10, 0];
      assert.deepEqual([times("/items"), times("/tracks")], expected);
    });

    it("accepts an empty playlist", async () => {
      const { playlist, tracks, skipped } = await read(playlistIds.empty);
      assert.deepEqual([playlist.name, tracks, skipped], ["Ideas", [], 0]);
    });

    it("counts unsuitable items and lists unplayable tracks", async () => {
      const { tracks, skipped, unplayable } = await read(playlistIds.everythingAtOnce);
      assert.deepEqual([tracks.length, skipped], [100, 20]);
      assert.ok(tracks.every(({ uri }) => uri.startsWith("spotify:track:")));
      const named = [...unplayable].filter((uri) => uri.startsWith("spotify:track:"));
      assert.equal(named.length, 6);
      assert.ok(tracks.every(({ uri }) => !unplayable.has(uri)));
    });

    for (const id of [playlistIds.fiveHundredAndOne, playlistIds.twentyThousand]) {
      it(`refuses ${id === playlistIds.twentyThousand ? "20,000" : "501"} tracks before it reads any`, async () => {
        await assert.rejects(read(id), refuses("PLAYLIST_TOO_LARGE"));
        assert.equal((await spotify.requests()).length, 1);
      });
    }

    for (const [what, id] of [
      ["a deleted playlist", playlistIds.deleted],
      ["another user's private playlist", playlistIds.bensPrivate],
    ] as const) {
      it(`does not find ${what}`, async () => {
        await assert.rejects(read(id), refuses("PLAYLIST_NOT_FOUND"));
      });
    }

    it("returns another user's public playlist only if Spotify shows its tracks", async () => {
      if (quotaMode === "extended") {
        assert.equal((await read(playlistIds.bensPublic)).tracks.length, 40);
      } else {
        await assert.rejects(read(playlistIds.bensPublic), refuses("PLAYLIST_NOT_FOUND"));
      }
    });

    describe("with changes in the meantime", () => {
      const id = playlistIds.everythingAtOnce;
      const change = (afterPage: number, uris: string[]) => changePlaylist({ id, uris, afterPage });

      it("starts again when the tracks were replaced by as many others between two pages", async () => {
        await change(1, songs(5_000, 120));
        assert.deepEqual(await urisOf(id), songs(5_000, 120));
      });

      it("starts again when the playlist grew or shrank", async () => {
        await change(2, songs(5_000, 300));
        assert.deepEqual(await urisOf(id), songs(5_000, 300));
        await change(1, songs(6_000, 20));
        assert.deepEqual(await urisOf(id), songs(6_000, 20));
        await change(1, []);
        assert.deepEqual(await urisOf(id), []);
      });

      it("starts again when the playlist changed after the last page", async () => {
        await change(3, songs(5_000, 120));
        assert.deepEqual(await urisOf(id), songs(5_000, 120));
      });

      it("starts again when only the name changed, so that name and tracks match", async () => {
        await changePlaylist({ id, name: "Less at once", afterPage: 2 });
        assert.equal((await read(id)).playlist.name, "Less at once");
      });

      it("refuses a playlist that grew too large", async () => {
        await change(1, songs(0, 501));
        await assert.rejects(read(id), refuses("PLAYLIST_TOO_LARGE"));
      });

      it("does not find a playlist that was deleted or given to another user", async () => {
        await changePlaylist({ id, deleted: true, afterPage: 1 });
        await assert.rejects(read(id), refuses("PLAYLIST_NOT_FOUND"));
        await spotify.control.resetPlaylists();
        await changePlaylist({ id, owner: "creator-ben", afterPage: 2 });
        await assert.rejects(read(id), refuses("PLAYLIST_NOT_FOUND"));
      });

      it("starts again after an incomplete page, but gives up eventually", async () => {
        const endpoint = quotaMode === "extended" ? "tracks" : "items";
        const short = { match: `/v1/playlists/${id}/${endpoint}`, body: { total: 120, items: [] } };
        await spotify.control.faults.set({ ...short, times: 1 });
        assert.equal((await read(id)).tracks.length, 100);
        await spotify.control.faults.set({ ...short, times: 99 });
        await assert.rejects(read(id), refuses("CONTENTION"));
      });

      it("gives up on a playlist that keeps changing", async () => {
        for (let page = 1; page <= 20; page += 1) await change(page, songs(page * 10, 120));
        await assert.rejects(read(id), refuses("CONTENTION"));
        assert.ok((await spotify.requests()).length < 40);
      });
    });

    describe("with a rate limit on a later page", () => {
      const id = playlistIds.fiveHundred;
      const readLimited = (seconds: number) => {
        const headers = { "retry-after": String(seconds) };
        const limit = () =>
          spotify.control.faults.set({
            match: `/v1/playlists/${id}/`,
            times: 1,
            status: 429,
            headers,
          });
        const catalog = beforePage(spotify.catalog(clock), 200, limit);
        return readWholePlaylist({ catalog }, ada, id, clock.now() + 45_000);
      };

      it("waits and finishes", async () => {
        const { tracks } = await readLimited(7);
        assert.deepEqual(
          tracks.map(({ uri }) => uri),
          songs(0, 500),
        );
        assert.deepEqual(clock.slept, [7_000]);
      });

      it("says how long to wait if there is not enough time", async () => {
        const refused = refuses("SPOTIFY_RATE_LIMITED", { retryAfterSeconds: 50 });
        await assert.rejects(readLimited(50), refused);
        assert.deepEqual(clock.slept, []);
      });
    });

    it("gives up when its time is over", async () => {
      await assert.rejects(read(playlistIds.fiveHundred, 0), refuses("SPOTIFY_UNAVAILABLE"));
    });
  });
}
