import { Timestamp } from "firebase-admin/firestore";
import { playlistIds } from "../../../../local/spotify/catalogue/startingPlaylists.js";
import {
  credentialsRef,
  feedRef,
  playbackRef,
  playlistRef,
  showRef,
  songRequestsRef,
  songVotesRef,
  summaryRef,
} from "../../../src/collections.js";
import { addShowTrack } from "../../../src/music/addShowTrack.js";
import { editShowPlaylist } from "../../../src/music/editShowPlaylist.js";
import { setShowPlaylist } from "../../../src/music/setShowPlaylist.js";
import { endShow } from "../../../src/shows/endShow.js";
import { decideSongRequest } from "../../../src/songRequests/decideSongRequest.js";
import { requestSong } from "../../../src/songRequests/requestSong.js";
import { getSpotifyAccessToken } from "../../../src/spotify/getSpotifyAccessToken.js";
import { uriOf } from "../../support/tracks.js";
import {
  by,
  calling,
  documentsIn,
  LOST_TRIGGERS,
  noRequest,
  thisShow,
  type Operation,
} from "../operation.js";
import type { Scene } from "../scene.js";

/** A track of the local Spotify. */
const SONG = "5W3cjX2J3tjhG8zb6u0qHn";
const trackUri = `spotify:track:${SONG}`;
const RELINK =
  "Spotify has replaced the refresh token, and nobody has the new one: the person signs in again";

const songOfShow = (scene: Scene) => ({ ...thisShow(scene), trackUri });

const requestSongAsDan = async (scene: Scene) => {
  await scene.linkSpotify("dan", "listener-dan");
  await requestSong(scene.world.deps, by("dan")(scene), songOfShow(scene));
};

async function songRequestsOf({ firestore: db, showId }: Scene) {
  const [requests, feed, playlist] = await Promise.all([
    songRequestsRef(db, showId()).get(),
    feedRef(db, showId()).get(),
    playlistRef(db, showId()).get(),
  ]);
  return {
    requests: requests.docs.map((request) => request.data().status),
    published: feed.data()?.songRequests.map(({ votes }) => votes),
    tracks: playlist.data()?.tracks.length,
  };
}

async function playlistOf({ firestore: db, showId }: Scene) {
  const [show, playlist] = await Promise.all([
    showRef(db, showId()).get(),
    playlistRef(db, showId()).get(),
  ]);
  return {
    named: show.data()?.playlist?.trackCount,
    revision: playlist.data()?.revision,
    uris: playlist.data()?.tracks.map(({ uri }) => uri),
  };
}

const hasFreshToken = async ({ world, firestore: db, person }: Scene) => {
  const credentials = (await credentialsRef(db, person("dan").uid).get()).data();
  const expiresAt = credentials?.expiresAt.toMillis() ?? 0;
  return { isFresh: expiresAt > world.clock.now() };
};

const staleToken = (fault: string, runs: number, meaning: string) => ({
  fault,
  runs,
  differences: ["effect.isFresh is false instead of true"],
  meaning,
});

export const musicOperations: readonly Operation[] = [
  {
    name: "get a Spotify token",
    healers: ["call"],
    prepare: (scene) => scene.linkSpotify("dan", "listener-dan", "expired"),
    ...calling(getSpotifyAccessToken, by("dan"), noRequest),
    losses: [
      staleToken("The function: is killed before each of its requests", 1, RELINK),
      staleToken("Firestore: fails at each request (`UNAVAILABLE`)", 1, RELINK),
      staleToken("Spotify: obeys, and its answers are lost", 1, RELINK),
      staleToken(
        "The clock of an instance: is 5 min slow",
        1,
        "the app gets a token that has expired, until another instance answers",
      ),
    ],
    effect: hasFreshToken,
  },
  {
    name: "set the playlist",
    before: "draft",
    healers: ["call"],
    prepare: (scene) => scene.linkSpotify("ada", "creator-ada"),
    ...calling(setShowPlaylist, by("ada"), (scene) => ({
      ...thisShow(scene),
      playlistId: playlistIds.nightDrive,
    })),
    effect: playlistOf,
  },
  {
    name: "edit the playlist",
    healers: ["call", "event"],
    prepare: (scene) => scene.playMusic(),
    ...calling(editShowPlaylist, by("ada"), (scene) => ({
      ...thisShow(scene),
      revision: 1,
      trackUris: [uriOf("B")],
    })),
    async effect(scene) {
      const timeline = await documentsIn(scene, `shows/${scene.showId()}/timeline`);
      return { playlist: await playlistOf(scene), timeline };
    },
    losses: [
      {
        fault: LOST_TRIGGERS,
        runs: 1,
        differences: ["effect.timeline.0 is undefined instead of 2"],
        meaning: "the plays and the setlist count the removed track until the next change",
      },
    ],
  },
  {
    name: "add a track",
    healers: ["call"],
    prepare: (scene) => scene.linkSpotify("ben", "creator-ben"),
    ...calling(addShowTrack, by("ben"), (scene) => ({
      ...songOfShow(scene),
      requestId: "request-of-bens-phone",
    })),
    effect: playlistOf,
  },
  {
    name: "request a song",
    healers: ["call", "sweepShow"],
    prepare: (scene) => scene.linkSpotify("dan", "listener-dan"),
    ...calling(requestSong, by("dan"), songOfShow),
    effect: songRequestsOf,
  },
  {
    name: "vote for a song",
    healers: ["write", "sweepShow"],
    prepare: requestSongAsDan,
    perform: ({ person, showId }, { firestore: db }) =>
      songVotesRef(db, showId(), person("ben").uid).set({
        requestIds: [SONG],
        at: Timestamp.now(),
      }),
    effect: songRequestsOf,
  },
  {
    name: "accept a song",
    healers: ["call", "sweepShow"],
    prepare: requestSongAsDan,
    ...calling(decideSongRequest, by("ada"), (scene) => ({
      ...thisShow(scene),
      requestId: SONG,
      decision: "accept" as const,
    })),
    effect: songRequestsOf,
  },
  {
    name: "pause a track",
    healers: ["write", "event"],
    prepare: (scene) => scene.playMusic(),
    perform: ({ person, showId }, { firestore: db, clock }) =>
      playbackRef(db, showId()).update({
        paused: true,
        at: Timestamp.fromMillis(clock.now()),
        by: person("ada").uid,
        sequence: 2,
      }),
    async effect(scene) {
      const playback = (await playbackRef(scene.firestore, scene.showId()).get()).data();
      const timeline = await documentsIn(scene, `shows/${scene.showId()}/timeline`);
      return { isPaused: playback?.paused, timeline };
    },
    losses: [
      {
        fault: LOST_TRIGGERS,
        runs: 1,
        differences: ["effect.timeline.0 is undefined instead of 2"],
        meaning: "the pause is missing in the plays and the setlist",
      },
    ],
  },
  {
    name: "save the setlist",
    healers: ["write", "event"],
    prepare: (scene) => endShow(scene.world.deps, by("ada")(scene), thisShow(scene)),
    perform: ({ person, showId }, { firestore: db }) =>
      db
        .doc(`shows/${showId()}/saves/${person("dan").uid}`)
        .set({ opened: true, saved: true, at: Timestamp.now() }),
    effect: async ({ firestore: db, showId }) => {
      const summary = (await summaryRef(db, showId()).get()).data();
      return { saved: summary?.saves };
    },
    losses: [
      {
        fault: LOST_TRIGGERS,
        runs: 1,
        differences: ["effect.saved is 0 instead of 1"],
        meaning: "the save is counted with the next one",
      },
    ],
  },
];
