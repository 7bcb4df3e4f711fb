import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { randomUUID } from "node:crypto";
import { inventedTracks } from "../../../local/spotify/catalogue/inventedTracks.js";
import { nightDrive, unavailable } from "../../../local/spotify/catalogue/namedTracks.js";
import { playlistIds } from "../../../local/spotify/catalogue/startingPlaylists.js";
import { trackUri } from "../../../local/spotify/catalogue/track.js";
import { unconfiguredRooms } from "../../src/audio/noRooms.js";
import {
  credentialsRef,
  liveShowRef,
  playlistRef,
  showRef,
  userRef,
} from "../../src/collections.js";
import type { Dependencies } from "../../src/dependencies.js";
import { refusals } from "../../src/contract/reasons.js";
import { addShowTrack } from "../../src/music/addShowTrack.js";
import { setShowPlaylist } from "../../src/music/setShowPlaylist.js";
import { checkShow } from "../../src/shows/checkShow.js";
import { problem, problemReason, type ShowProblem } from "../../src/contract/showProblems.js";
import type { ShowStatus } from "../../src/contract/shows.js";
import { startShow } from "../../src/shows/startShow.js";
import { quietFirestore } from "../support/backstage.js";
import { musicScene, type MusicScene } from "../support/musicScene.js";
import { startOwnSpotify, storeGrant, type OwnSpotify } from "../support/ownSpotify.js";
import { tracks } from "../support/tracks.js";

const DAY_MS = 24 * 3_600_000;
const reasonsOf = (problems: readonly ShowProblem[]) => problems.map(({ reason }) => reason);

describe("checkShow for the music", () => {
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
    scene = await musicScene(firestore, spotify, "draft");
  });

  const ada = () => ({ uid: scene.ada.uid, isAdmin: false });
  const request = () => ({ showId: scene.showId });
  const check = async (changes: Partial<Pick<Dependencies, "rooms">> = {}) =>
    reasonsOf((await checkShow({ ...scene.deps, ...changes }, ada(), request())).problems);
  const start = async () => reasonsOf((await startShow(scene.deps, ada(), request())).warnings);
  const playlistOf = (playlistId: string) =>
    setShowPlaylist(scene.deps, ada(), { ...request(), playlistId });
  const add = (id: string) =>
    addShowTrack(scene.deps, ada(), {
      ...request(),
      trackUri: trackUri(id),
      requestId: randomUUID(),
    });
  const grantWith = async (lifeMs: number) => {
    const grant = await spotify.grant(scene.deps.clock, "creator-ada");
    await storeGrant(scene.deps, scene.ada.uid, grant, lifeMs);
  };

  describe("without problems", () => {
    for (const status of ["draft", "scheduled"] as const satisfies readonly ShowStatus[]) {
      it(`reports nothing while the show is ${status}`, async () => {
        scene = await musicScene(firestore, spotify, status);
        await playlistOf(playlistIds.nightDrive);
        const before = await scene.everything();
        assert.deepEqual(await check(), []);
        assert.deepEqual(await scene.everything(), before);
        assert.deepEqual(await start(), []);
      });
    }

    it("reports nothing while the show is live", async () => {
      await playlistOf(playlistIds.nightDrive);
      await start();
      assert.deepEqual(await check(), []);
    });

    it("reports nothing in either of Spotify's modes", async () => {
      await playlistOf(playlistIds.everythingAtOnce);
      for (const quotaMode of ["development", "extended"] as const) {
        await spotify.control.setQuotaMode(quotaMode);
        assert.deepEqual(await check(), []);
      }
    });

    it("reports nothing for a playlist that was built track by track", async () => {
      await add(nightDrive[0]?.id ?? "");
      assert.deepEqual(await check(), []);
    });
  });

  it("gives a message that matches the refusal's", async () => {
    const { problems } = await checkShow(
      { ...scene.deps, rooms: unconfiguredRooms },
      ada(),
      request(),
    );
    assert.deepEqual(problems, [
      { reason: "AUDIO_UNAVAILABLE", message: refusals.AUDIO_UNAVAILABLE.message },
      { reason: "PLAYLIST_EMPTY", message: "The show has no tracks to play." },
    ]);
    for (const reason of problemReason.options) assert.notEqual(problem(reason).message, "");
  });

  describe("for the Spotify grant", () => {
    beforeEach(() => playlistOf(playlistIds.nightDrive));

    for (const [what, lifeMs, expected] of [
      ["fifteen days", 15 * DAY_MS, []],
      ["exactly two weeks", 14 * DAY_MS, []],
      ["a millisecond less than two weeks", 14 * DAY_MS - 1, ["SPOTIFY_GRANT_ENDING"]],
      ["thirteen days", 13 * DAY_MS, ["SPOTIFY_GRANT_ENDING"]],
      ["a minute", 60_000, ["SPOTIFY_GRANT_ENDING"]],
      ["no time", 0, ["SPOTIFY_RELINK_REQUIRED"]],
      ["a negative time", -DAY_MS, ["SPOTIFY_RELINK_REQUIRED"]],
    ] as const) {
      it(`reports ${expected.join() || "nothing"} for ${what} until expiry`, async () => {
        await grantWith(lifeMs);
        assert.deepEqual(await check(), expected);
        assert.deepEqual(await start(), expected);
      });
    }

    it("reports SPOTIFY_RELINK_REQUIRED for a missing grant, without calling Spotify", async () => {
      await credentialsRef(firestore, scene.ada.uid).delete();
      await spotify.control.clearRequests();
      assert.deepEqual(await check(), ["SPOTIFY_RELINK_REQUIRED"]);
      assert.deepEqual(await spotify.requests(), []);
      assert.deepEqual(await start(), ["SPOTIFY_RELINK_REQUIRED"]);
    });

    it("finds a revoked grant by calling Spotify", async () => {
      await spotify.control.revoke("creator-ada");
      assert.deepEqual(await check(), ["SPOTIFY_RELINK_REQUIRED"]);
    });

    it("finds a revoked grant without a Spotify playlist when the token needs a refresh", async () => {
      scene = await musicScene(firestore, spotify, "draft");
      await scene.putList(tracks("A B"));
      await spotify.control.revoke("creator-ada");
      await credentialsRef(firestore, scene.ada.uid).update({
        expiresAt: Timestamp.fromMillis(scene.deps.clock.now()),
      });
      assert.deepEqual(await check(), ["SPOTIFY_RELINK_REQUIRED"]);
    });

    it("reports SPOTIFY_RELINK_REQUIRED for a missing scope", async () => {
      const grant = await spotify.grant(scene.deps.clock, "creator-ada", ["streaming"]);
      await storeGrant(scene.deps, scene.ada.uid, grant);
      await spotify.control.changePlaylist({ id: playlistIds.nightDrive, public: false });
      assert.deepEqual(await check(), ["SPOTIFY_RELINK_REQUIRED"]);
    });
  });

  describe("for the playlist", () => {
    it("reports PLAYLIST_EMPTY for a missing or empty playlist", async () => {
      assert.deepEqual(await check(), ["PLAYLIST_EMPTY"]);
      await scene.putList([]);
      assert.deepEqual(await check(), ["PLAYLIST_EMPTY"]);
      await playlistOf(playlistIds.empty);
      assert.deepEqual(await check(), ["PLAYLIST_EMPTY"]);
      assert.deepEqual(await start(), ["PLAYLIST_EMPTY"]);
    });

    for (const [what, change] of [
      ["was deleted", { deleted: true }],
      ["is now another user's and private", { owner: "creator-ben" }],
      ["is now another user's and public", { owner: "creator-ben", public: true }],
    ] as const) {
      it(`reports PLAYLIST_NOT_FOUND if it ${what}`, async () => {
        await playlistOf(playlistIds.everythingAtOnce);
        await spotify.control.changePlaylist({ id: playlistIds.everythingAtOnce, ...change });
        assert.deepEqual(await check(), ["PLAYLIST_NOT_FOUND"]);
      });
    }

    it("reports TRACKS_UNPLAYABLE if a track can no longer be played", async () => {
      await playlistOf(playlistIds.nightDrive);
      await spotify.control.changeTrack({ id: nightDrive[1]?.id ?? "", markets: ["JP"] });
      assert.deepEqual(await check(), ["TRACKS_UNPLAYABLE"]);
    });

    for (const [what, ready] of [
      ["without a playlist", () => Promise.resolve()],
      ["next to a playlist", () => playlistOf(playlistIds.everythingAtOnce)],
    ] as const) {
      it(`reports TRACKS_UNPLAYABLE if a track added separately ${what} can no longer be played`, async () => {
        const id = nightDrive[1]?.id ?? "";
        await ready();
        await add(id);
        assert.deepEqual(await check(), []);
        await spotify.control.changeTrack({ id, markets: ["JP"] });
        assert.deepEqual(await check(), ["TRACKS_UNPLAYABLE"]);
      });
    }

    it("checks at most 20 tracks one by one", async () => {
      await scene.putList(tracks("A B C D E F G H I J K L M N O P Q R S T U"));
      await spotify.control.clearRequests();
      await check();
      assert.equal((await spotify.requests()).length, 20);
    });

    it("reports nothing if the hosts removed that track", async () => {
      await playlistOf(playlistIds.nightDrive);
      const { tracks: all = [] } = (await scene.list()) ?? {};
      await scene.putList(all.toSpliced(1, 1), 2);
      await spotify.control.changeTrack({ id: nightDrive[1]?.id ?? "", markets: ["JP"] });
      assert.deepEqual(await check(), []);
    });

    it("reports nothing if only skipped tracks are unplayable, or if the source grew too large", async () => {
      const id = playlistIds.nightDrive;
      await playlistOf(id);
      const uris = [...nightDrive, ...unavailable].map((each) => trackUri(each.id));
      await spotify.control.changePlaylist({ id, uris });
      assert.deepEqual(await check(), []);
      const tooMany = inventedTracks()
        .slice(0, 501)
        .map((each) => trackUri(each.id));
      await spotify.control.changePlaylist({ id, uris: tooMany });
      assert.deepEqual(await check(), []);
    });
  });

  it("reports Spotify's own failures as such", async () => {
    await playlistOf(playlistIds.nightDrive);
    await spotify.control.faults.set({ match: "GET /v1/", times: 3, status: 500 });
    assert.deepEqual(await check(), ["SPOTIFY_UNAVAILABLE"]);
    const headers = { "retry-after": "90" };
    await spotify.control.faults.set({ match: "GET /v1/", times: 1, status: 429, headers });
    assert.deepEqual(await check(), ["SPOTIFY_RATE_LIMITED"]);
  });

  it("reports each problem once", async () => {
    await playlistOf(playlistIds.nightDrive);
    await Promise.all([
      playlistRef(firestore, scene.showId).set({ revision: 2, tracks: [] }),
      showRef(firestore, scene.showId).update({ status: "cancelled" }),
      liveShowRef(firestore, scene.ada.uid).set({ showId: "another" }),
      userRef(firestore, scene.ada.uid).delete(),
      grantWith(DAY_MS),
      spotify.control.changePlaylist({ id: playlistIds.nightDrive, deleted: true }),
    ]);
    scene.deps.rooms.setDown(true);
    assert.deepEqual((await check()).sort(), [
      "ALREADY_LIVE",
      "AUDIO_UNAVAILABLE",
      "PLAYLIST_EMPTY",
      "PLAYLIST_NOT_FOUND",
      "PROFILE_NOT_FOUND",
      "SHOW_NOT_STARTABLE",
      "SPOTIFY_GRANT_ENDING",
    ]);
  });

  it("also warns a start that is called again", async () => {
    await grantWith(DAY_MS);
    const warnings = ["SPOTIFY_GRANT_ENDING", "PLAYLIST_EMPTY"];
    assert.deepEqual(await start(), warnings);
    assert.deepEqual(await start(), warnings);
    assert.equal((await scene.show())?.status, "live");
  });
});
