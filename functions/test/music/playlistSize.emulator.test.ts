import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { spotifyId } from "../../../local/spotify/catalogue/spotifyId.js";
import { playlistIds } from "../../../local/spotify/catalogue/startingPlaylists.js";
import { trackUri } from "../../../local/spotify/catalogue/track.js";
import { playlistRef, playlistRevisionRef } from "../../src/collections.js";
import { MAX_TRACKS, type Track } from "../../src/contract/music.js";
import { setShowPlaylist } from "../../src/music/setShowPlaylist.js";
import { showTrack } from "../../src/music/showTrack.js";
import { quietFirestore } from "../support/backstage.js";
import { firestoreSize } from "../support/firestoreSize.js";
import { musicScene } from "../support/musicScene.js";
import { startOwnSpotify, type OwnSpotify } from "../support/ownSpotify.js";

/** Firestore's limit: https://firebase.google.com/docs/firestore/quotas */
const LARGEST_DOCUMENT = 1_048_576;

/** The widest kind of character for a name: three bytes in UTF-8, one in length. */
const WIDEST = "字";

describe("a show's playlist document", () => {
  let firestore: Firestore;
  let spotify: OwnSpotify;

  before(async () => {
    firestore = quietFirestore();
    spotify = await startOwnSpotify();
  });
  after(() => Promise.all([spotify.close(), firestore.terminate()]));

  it("fits 500 tracks with the longest names in the widest characters", async () => {
    const { deps, showId, ada } = await musicScene(firestore, spotify);
    const ids = Array.from({ length: MAX_TRACKS }, (_, index) => spotifyId(`widest ${index}`));
    for (const id of ids) {
      await spotify.control.changeTrack({
        id,
        name: WIDEST.repeat(500),
        artists: Array.from({ length: 8 }, () => WIDEST.repeat(500)),
        durationMs: 86_400_000,
      });
    }
    const playlistId = playlistIds.fiveHundred;
    await spotify.control.changePlaylist({ id: playlistId, uris: ids.map(trackUri) });
    assert.deepEqual(
      await setShowPlaylist(deps, { uid: ada.uid, isAdmin: false }, { showId, playlistId }),
      { trackCount: MAX_TRACKS, skipped: 0 },
    );

    const written = await playlistRef(firestore, showId).get();
    const { tracks = [] } = written.data() ?? {};
    assert.equal(tracks.length, MAX_TRACKS);
    const [first] = tracks;
    assert.equal(first?.name, `${WIDEST.repeat(149)}…`);
    assert.deepEqual(first.artists, Array(5).fill(`${WIDEST.repeat(59)}…`));
    const size = firestoreSize(written.ref.path, written.data());
    assert.ok(size < LARGEST_DOCUMENT, `${size} bytes`);
    const lengths = await playlistRevisionRef(firestore, showId, 1).get();
    assert.ok(firestoreSize(lengths.ref.path, lengths.data()) < LARGEST_DOCUMENT);
  });

  it("has room for the longest artwork URL as well", async () => {
    const longest = showTrack({
      uri: trackUri(spotifyId("longest")),
      name: WIDEST.repeat(500),
      artists: Array.from({ length: 8 }, () => WIDEST.repeat(500)),
      durationMs: 86_400_000,
      imageUrl: `https://i.scdn.co/${"x".repeat(300 - "https://i.scdn.co/".length)}`,
      explicit: true,
      isrc: "GB-ZZZ-24-00017",
    });
    assert.equal(longest.imageUrl?.length, 300);
    const tracks: Track[] = Array.from({ length: MAX_TRACKS }, () => longest);
    const ref = playlistRef(firestore, "a".repeat(64));
    await ref.set({ revision: Number.MAX_SAFE_INTEGER, tracks });
    const size = firestoreSize(ref.path, (await ref.get()).data());
    assert.ok(size < 900_000, `${size} bytes`);
  });

  it("reaches Firestore's limit at the size that these tests calculate", async () => {
    const ref = firestore.doc("shows/too-large");
    const textOf = (bytes: number) => "x".repeat(bytes);
    const around = firestoreSize(ref.path, { text: "" });
    await ref.set({ text: textOf(LARGEST_DOCUMENT - around - 100) });
    await assert.rejects(ref.set({ text: textOf(LARGEST_DOCUMENT - around + 100) }));
  });
});
