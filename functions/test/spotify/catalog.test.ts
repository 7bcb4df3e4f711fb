import assert from "node:assert/strict";
import {
  cleosPlaylistCount,
  playlistIds,
} from "../../../local/spotify/catalogue/startingPlaylists.js";
import { awkward, nightDrive, unavailable } from "../../../local/spotify/catalogue/namedTracks.js";
import { defaultScopes } from "../../../client/src/account/spotifyAuthorization.js";
import {
  PLAYLIST_PAGE,
  type CatalogItem,
  type CatalogPage,
  type SpotifyCatalog,
} from "../../src/ports/spotifyCatalog.js";
import { manualClock } from "../support/manualClock.js";
import { startOwnSpotify, type OwnSpotify } from "../support/ownSpotify.js";
import { refuses } from "../support/refuses.js";

/** The local Spotify puts the size into the artwork's name: this is 300 pixels. */
const PHONE_SIZED = /^https:\/\/i\.scdn\.co\/image\/ab67616d00001e02[0-9a-f]{24}$/;

for (const quotaMode of ["development", "extended"] as const) {
  describe(`Spotify's catalogue in ${quotaMode} mode`, () => {
    const clock = manualClock();
    let spotify: OwnSpotify;
    let catalog: SpotifyCatalog;
    let ada: string;

    before(async () => {
      spotify = await startOwnSpotify();
      catalog = spotify.catalog(clock);
    });
    after(() => spotify.close());
    beforeEach(async () => {
      await spotify.reset();
      await spotify.control.setQuotaMode(quotaMode);
      ada = await tokenOf("creator-ada");
      await spotify.control.clearRequests();
    });

    const tokenOf = async (persona: string, scopes: readonly string[] = defaultScopes) =>
      (await spotify.grant(clock, persona, scopes)).accessToken;
    const soon = () => clock.now() + 10_000;
    const list = (token: string, offset = 0, limit = 20) =>
      catalog.listPlaylists(token, { offset, limit }, soon());
    const find = (token: string, id: string) => catalog.getPlaylist(token, id, soon());
    const read = (token: string, id: string, offset = 0) =>
      catalog.readPlaylist(token, id, { offset }, soon());
    const search = (query: string, offset = 0, limit = 5) =>
      catalog.searchTracks(ada, query, { offset, limit }, soon());

    describe("a user's playlists", () => {
      it("have an id, a name, a picture and a length", async () => {
        const { total, items } = await list(ada);
        assert.equal(total, items.length);
        const first = items.find(({ id }) => id === playlistIds.nightDrive);
        assert.partialDeepStrictEqual(first, { name: "Night drive", trackCount: 3 });
        assert.match(first?.imageUrl ?? "", /^https:/);
        assert.ok(first?.snapshotId);
        const counts = new Map(items.map(({ id, trackCount }) => [id, trackCount]));
        assert.equal(counts.get(playlistIds.twentyThousand), 20_000);
        assert.equal(counts.get(playlistIds.empty), 0);
        // Ben's playlist, on which Ada collaborates.
        assert.equal(counts.get(playlistIds.collaborative), 12);
        assert.ok(!counts.has(playlistIds.bensPrivate));
      });

      it("may lack a picture", async () => {
        const { items } = await list(ada);
        assert.equal(items.find(({ id }) => id === playlistIds.empty)?.imageUrl, null);
      });

      it("come in pages", async () => {
        const cleo = await tokenOf("creator-cleo");
        const first = await list(cleo, 0, 50);
        const second = await list(cleo, 50, 50);
        assert.equal(first.items.length, 50);
        assert.equal(second.total, first.total);
        const ids = [...first.items, ...second.items].map(({ id }) => id);
        // Plus the collaborative playlist.
        assert.equal(new Set(ids).size, cleosPlaylistCount + 1);
        assert.equal(first.total, ids.length);
        assert.deepEqual((await list(cleo, 100, 50)).items, []);
      });

      it("require the scope", async () => {
        const without = await tokenOf("creator-ada", ["user-read-private"]);
        await assert.rejects(list(without), refuses("SPOTIFY_RELINK_REQUIRED"));
      });
    });

    describe("one playlist", () => {
      it("has a length and a version", async () => {
        assert.partialDeepStrictEqual(await find(ada, playlistIds.fiveHundred), {
          id: playlistIds.fiveHundred,
          name: "Five hundred",
          trackCount: 500,
        });
      });

      it("changes its version with every change", async () => {
        const before = await find(ada, playlistIds.nightDrive);
        assert.deepEqual(await find(ada, playlistIds.nightDrive), before);
        await spotify.control.changePlaylist({ id: playlistIds.nightDrive, name: "Day drive" });
        const after = await find(ada, playlistIds.nightDrive);
        assert.equal(after?.name, "Day drive");
        assert.notEqual(after.snapshotId, before?.snapshotId);
      });

      for (const [what, id] of [
        ["that was deleted", playlistIds.deleted],
        ["that is another user's private one", playlistIds.bensPrivate],
        ["that never existed", "0".repeat(22)],
      ] as const) {
        it(`is null for a playlist ${what}`, async () => {
          assert.equal(await find(ada, id), null);
        });
      }

      it("is null if Spotify rejects the id", async () => {
        const body = { error: { status: 400, message: "Invalid base62 id" } };
        await spotify.control.faults.set({ match: "/v1/playlists/", times: 1, status: 400, body });
        assert.equal(await find(ada, "z".repeat(22)), null);
      });

      it("of one's own requires the scope", async () => {
        const without = await tokenOf("creator-ada", ["playlist-read-collaborative"]);
        await assert.rejects(
          find(without, playlistIds.fiveHundred),
          refuses("SPOTIFY_RELINK_REQUIRED"),
        );
        await assert.rejects(
          read(without, playlistIds.fiveHundred),
          refuses("SPOTIFY_RELINK_REQUIRED"),
        );
      });
    });

    describe("the items of a playlist", () => {
      const pageOf = async (...args: Parameters<typeof read>): Promise<CatalogPage> => {
        const page = await read(...args);
        assert.ok(page);
        return page;
      };
      const wholeOf = async (id: string): Promise<readonly CatalogItem[]> => {
        const items: CatalogItem[] = [];
        for (;;) {
          const page = await pageOf(ada, id, items.length);
          items.push(...page.items);
          if (page.items.length === 0) return items;
        }
      };

      it("have what a show needs", async () => {
        const { total, items } = await pageOf(ada, playlistIds.nightDrive);
        assert.equal(total, 3);
        assert.deepEqual(
          items.map((item) => item.kind === "track" && { ...item.track, imageUrl: "" }),
          nightDrive.map(({ id, name, artists, durationMs }) => ({
            uri: `spotify:track:${id}`,
            name,
            artists,
            durationMs,
            imageUrl: "",
            explicit: false,
            isrc: `QZ${id.slice(0, 10).toUpperCase()}`,
          })),
        );
        for (const item of items) {
          assert.ok(item.kind === "track");
          assert.match(item.track.imageUrl ?? "", PHONE_SIZED);
        }
      });

      it("come in pages of Spotify's size in either mode", async () => {
        const first = await pageOf(ada, playlistIds.everythingAtOnce);
        const last = await pageOf(ada, playlistIds.everythingAtOnce, 100);
        assert.deepEqual([first.total, first.items.length], [120, PLAYLIST_PAGE]);
        assert.deepEqual([last.total, last.items.length], [120, 20]);
        assert.deepEqual((await pageOf(ada, playlistIds.everythingAtOnce, 120)).items, []);
      });

      it("are skipped if no show can play them: 6 local files, 5 episodes, 3 missing, 6 unavailable", async () => {
        const items = await wholeOf(playlistIds.everythingAtOnce);
        const skipped = items.flatMap((item) => (item.kind === "skipped" ? [item.uri] : []));
        assert.equal(items.length - skipped.length, 100);
        const kinds = Map.groupBy(skipped, (uri) => uri?.split(":")[1] ?? "missing");
        assert.deepEqual(
          Object.fromEntries([...kinds].map(([kind, uris]) => [kind, uris.length])),
          { local: 6, episode: 5, missing: 3, track: 6 },
        );
        const named = unavailable.map(({ id }) => `spotify:track:${id}`).sort();
        assert.deepEqual(kinds.get("track")?.sort(), named);
      });

      it("include duplicates, tracks without artwork and explicit tracks", async () => {
        const items = await wholeOf(playlistIds.everythingAtOnce);
        const found = items.flatMap((item) => (item.kind === "track" ? [item.track] : []));
        const byUri = Map.groupBy(found, ({ uri }) => uri);
        assert.equal([...byUri.values()].filter(({ length }) => length === 2).length, 4);
        const [bare, long] = awkward.map(({ id }) => byUri.get(`spotify:track:${id}`)?.[0]);
        assert.equal(bare?.imageUrl, null);
        assert.equal(long?.explicit, true);
        assert.equal(long.artists.length, 8);
      });

      it("are visible to collaborators", async () => {
        assert.equal((await pageOf(ada, playlistIds.collaborative)).total, 12);
      });

      it("of another user's public playlist are visible only in extended mode", async () => {
        const page = await read(ada, playlistIds.bensPublic);
        assert.equal(page?.total, quotaMode === "extended" ? 40 : undefined);
      });

      it("are null for a playlist that the user cannot see", async () => {
        assert.equal(await read(ada, playlistIds.bensPrivate), null);
        assert.equal(await read(ada, playlistIds.deleted), null);
      });

      it("are read from the new endpoint first, and from the old one only if that does not exist", async () => {
        await read(ada, playlistIds.nightDrive);
        const path = `GET /v1/playlists/${playlistIds.nightDrive}`;
        const both = [`${path}/items`, `${path}/tracks`];
        assert.deepEqual(
          await spotify.requests(),
          quotaMode === "extended" ? both : both.slice(0, 1),
        );
      });
    });

    describe("searching", () => {
      it("finds tracks with what a show needs", async () => {
        const [found, ...others] = await search("harbour LIGHTS");
        assert.deepEqual(others, []);
        assert.partialDeepStrictEqual(found, {
          uri: `spotify:track:${nightDrive[0]?.id ?? ""}`,
          name: "Harbour Lights",
          artists: ["The Low Tides"],
          durationMs: 214_000,
          explicit: false,
        });
        assert.match(found?.imageUrl ?? "", PHONE_SIZED);
      });

      it("returns the given number of tracks from the given offset", async () => {
        const ten = await search("garden", 0, 10);
        assert.equal(ten.length, 10);
        assert.deepEqual(await search("garden", 3, 4), ten.slice(3, 7));
      });

      it("finds nothing for an unknown word", async () => {
        assert.deepEqual(await search("xyzzy"), []);
      });

      it("accepts any text", async () => {
        for (const query of ["a&b=c", "50% off", "Été", 'artist:"x" OR y', "🎧", "a/b?c#d"]) {
          await search(query);
        }
      });
    });

    describe("one track", () => {
      const get = (id: string) => catalog.getTrack(ada, id, soon());

      it("is found by its id", async () => {
        const [first] = nightDrive;
        assert.ok(first);
        assert.deepEqual(await get(first.id), (await search("Harbour Lights"))[0]);
      });

      for (const [what, id] of [
        ["that Spotify does not have", "0".repeat(22)],
        ["with an invalid id", "z"],
        ["that cannot play in this country", unavailable[0]?.id ?? ""],
        ["without any data", unavailable.at(-1)?.id ?? ""],
      ] as const) {
        it(`is null for a track ${what}`, async () => {
          assert.equal(await get(id), null);
        });
      }
    });
  });
}
