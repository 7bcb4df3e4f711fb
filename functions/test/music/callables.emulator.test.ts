import assert from "node:assert/strict";
import type { App } from "../../../local/clientApp/app.js";
import { signInAs } from "../../../local/clientApp/signIn.js";
import { nightDrive } from "../../../local/spotify/catalogue/namedTracks.js";
import {
  cleosPlaylistCount,
  playlistIds,
} from "../../../local/spotify/catalogue/startingPlaylists.js";
import { spotifyControl, type SpotifyControl } from "../../../local/spotify/control/client.js";
import { refusal } from "../../../test/support/refusal.js";
import { runningSuite } from "../../../test/support/suite.js";
import type { Endpoints } from "../../../local/suite/endpoints.js";
import { credentialsRef, playlistRef } from "../../src/collections.js";
import {
  addShowTrack,
  editShowPlaylist,
  listMyPlaylists,
  searchTracks,
  setShowPlaylist,
} from "../../src/contract/music.js";
import { checkShow } from "../../src/contract/shows.js";
import { disconnectSpotify } from "../../src/contract/identity.js";
import { getSpotifyAccessToken } from "../../src/contract/spotify.js";
import { appOf, auth, firestore, showIn, somebody } from "../support/backstage.js";

const uris = nightDrive.map(({ id }) => `spotify:track:${id}`);

describe("the music callables", () => {
  let endpoints: Endpoints;
  let control: SpotifyControl;
  let ada: App;

  before(async () => {
    endpoints = await runningSuite();
    control = spotifyControl(`http://${endpoints.spotify}`);
    ada = await signInAs(endpoints, "creator-ada");
  });
  afterEach(async () => {
    await Promise.all([control.faults.clear(), control.setQuotaMode("development")]);
  });
  after(() => ada.close());

  const draftOf = ({ uid }: App) => showIn("draft", { uid, displayName: "Ada", photoUrl: null });

  for (const quotaMode of ["development", "extended"] as const) {
    describe(`in Spotify's ${quotaMode} mode`, () => {
      beforeEach(() => control.setQuotaMode(quotaMode));

      it("list the caller's playlists, 20 by default", async () => {
        const cleo = await signInAs(endpoints, "creator-cleo");
        const usual = await cleo.call(listMyPlaylists, {});
        // Plus the collaborative playlist.
        assert.equal(usual.total, cleosPlaylistCount + 1);
        assert.equal(usual.items.length, 20);
        const rest = await cleo.call(listMyPlaylists, { offset: 20, limit: 50 });
        const ids = [...usual.items, ...rest.items].map(({ id }) => id);
        assert.equal(new Set(ids).size, usual.total);
        assert.deepEqual(Object.keys(usual.items[0] ?? {}).sort(), [
          "id",
          "imageUrl",
          "name",
          "trackCount",
        ]);
        await cleo.close();
      });

      it("find tracks, 5 by default", async () => {
        const { items } = await ada.call(searchTracks, { query: "garden" });
        assert.equal(items.length, 5);
        const ten = await ada.call(searchTracks, { query: "garden", limit: 10 });
        assert.deepEqual(ten.items.slice(0, 5), items);
        const later = await ada.call(searchTracks, { query: "garden", offset: 5 });
        assert.deepEqual(later.items, ten.items.slice(5));
      });

      it("fill, edit and extend a show's playlist", async () => {
        const showId = await draftOf(ada);
        const playlistId = playlistIds.nightDrive;
        const filled = { trackCount: 3, skipped: 0 };
        assert.deepEqual(await ada.call(setShowPlaylist, { showId, playlistId }), filled);
        const order = [...uris].reverse();
        const edit = { showId, revision: 1, trackUris: order };
        assert.deepEqual(await ada.call(editShowPlaylist, edit), { revision: 2 });
        const [trackUri = ""] = uris;
        const add = { showId, trackUri, requestId: "one" };
        assert.deepEqual(await ada.call(addShowTrack, add), { revision: 3 });
        assert.deepEqual(await ada.call(addShowTrack, add), { revision: 3 });
        const list = (await playlistRef(firestore, showId).get()).data();
        assert.deepEqual(
          list?.tracks.map(({ uri }) => uri),
          [...order, trackUri],
        );
        const { problems } = await ada.call(checkShow, { showId });
        assert.deepEqual(
          problems.map(({ reason }) => reason).filter((reason) => reason !== "AUDIO_UNAVAILABLE"),
          [],
        );
      });
    });
  }

  it("give the right reason for each refusal", async () => {
    const showId = await draftOf(ada);
    const { nightDrive: playlistId } = playlistIds;
    await ada.call(setShowPlaylist, { showId, playlistId });
    const dan = await appOf(await somebody("Dan"));
    for (const [attempt, reason] of [
      [
        () => ada.call(setShowPlaylist, { showId, playlistId: playlistIds.bensPrivate }),
        "PLAYLIST_NOT_FOUND",
      ],
      [
        () => ada.call(setShowPlaylist, { showId, playlistId: playlistIds.twentyThousand }),
        "PLAYLIST_TOO_LARGE",
      ],
      [
        () => ada.call(editShowPlaylist, { showId, revision: 7, trackUris: [] }),
        "PLAYLIST_CHANGED",
      ],
      [
        () =>
          ada.call(addShowTrack, {
            showId,
            trackUri: `spotify:track:${"0".repeat(22)}`,
            requestId: "none",
          }),
        "TRACK_NOT_FOUND",
      ],
      [() => dan.call(setShowPlaylist, { showId, playlistId }), "NOT_CREATOR"],
      [() => dan.call(editShowPlaylist, { showId, revision: 1, trackUris: [] }), "NOT_HOST"],
      [() => dan.call(checkShow, { showId }), "NOT_CREATOR"],
      [() => dan.call(listMyPlaylists, {}), "SPOTIFY_RELINK_REQUIRED"],
      [() => dan.call(searchTracks, { query: "x" }), "SPOTIFY_RELINK_REQUIRED"],
    ] as const) {
      await assert.rejects(attempt, refusal(reason));
    }
    const retryAfterSeconds = 300;
    const headers = { "retry-after": String(retryAfterSeconds) };
    await control.faults.set({ match: "GET /v1/", times: 1, status: 429, headers });
    await assert.rejects(
      ada.call(searchTracks, { query: "x" }),
      refusal("SPOTIFY_RATE_LIMITED", { retryAfterSeconds }),
    );
    await dan.close();
  });

  it("disconnect Spotify, also in Firebase Auth, until the user signs in again", async () => {
    const gus = await signInAs(endpoints, "listener-gus");
    const { uid } = gus;
    assert.deepEqual(await gus.call(disconnectSpotify, {}), {});
    assert.deepEqual(await gus.call(disconnectSpotify, {}), {});
    await assert.rejects(gus.call(getSpotifyAccessToken, {}), refusal("SPOTIFY_RELINK_REQUIRED"));
    assert.equal((await credentialsRef(firestore, uid).get()).exists, false);
    const shown = await auth.getUser(uid);
    assert.deepEqual([shown.displayName, shown.photoURL], ["Listener", undefined]);
    await gus.close();
    const again = await signInAs(endpoints, "listener-gus");
    assert.equal(again.uid, uid);
    await again.call(getSpotifyAccessToken, {});
    assert.equal((await auth.getUser(uid)).displayName, "Gus van der Meer");
    await again.close();
  });
});
