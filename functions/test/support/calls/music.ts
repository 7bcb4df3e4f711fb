import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { randomUUID } from "node:crypto";
import { playlistRef, songRequestRef } from "../../../src/collections.js";
import { addShowTrack } from "../../../src/music/addShowTrack.js";
import { editShowPlaylist } from "../../../src/music/editShowPlaylist.js";
import { listMyPlaylists } from "../../../src/music/listMyPlaylists.js";
import { searchTracks } from "../../../src/music/searchTracks.js";
import { decideSongRequest } from "../../../src/songRequests/decideSongRequest.js";
import { requestSong } from "../../../src/songRequests/requestSong.js";
import { setShowPlaylist } from "../../../src/music/setShowPlaylist.js";
import { showIn } from "../backstage.js";
import { as } from "../callers.js";
import { type Call, each, linkedAccount, times } from "./scenes.js";

export const musicCalls: readonly Call[] = [
  {
    name: "listMyPlaylists",
    goal: 1,
    scene: async (firestore, callers) => {
      const uid = await linkedAccount(firestore, 3_600_000);
      return (deps) => times(callers, () => listMyPlaylists(deps, { uid, isAdmin: false }, {}));
    },
  },
  {
    name: "searchTracks",
    goal: 1,
    scene: async (firestore, callers) => {
      const uid = await linkedAccount(firestore, 3_600_000);
      return (deps) =>
        times(callers, () => searchTracks(deps, { uid, isAdmin: false }, { query: "soul" }));
    },
  },
  {
    name: "setShowPlaylist",
    goal: 4,
    scene: async (firestore, callers) => {
      const { creator, showId } = await showWithMusic(firestore);
      return (deps) =>
        times(callers, () =>
          setShowPlaylist(deps, creator, { showId, playlistId: "p".repeat(22) }),
        );
    },
  },
  {
    name: "editShowPlaylist",
    goal: 2,
    scene: async (firestore, callers) => {
      const { creator, showId } = await showWithMusic(firestore);
      return (deps) =>
        times(callers, () =>
          editShowPlaylist(deps, creator, { showId, revision: 1, trackUris: [] }),
        );
    },
  },
  {
    name: "addShowTrack",
    goal: 5,
    scene: async (firestore, callers) => {
      const { creator, showId } = await showWithMusic(firestore);
      const trackUri = `spotify:track:${"t".repeat(22)}`;
      return (deps) =>
        times(callers, () =>
          addShowTrack(deps, creator, { showId, trackUri, requestId: randomUUID() }),
        );
    },
  },
  {
    name: "requestSong",
    goal: 6,
    scene: async (firestore, callers) => {
      const { creator, showId } = await showWithMusic(firestore);
      const trackUri = `spotify:track:${"t".repeat(22)}`;
      return (deps) => times(callers, () => requestSong(deps, creator, { showId, trackUri }));
    },
  },
  {
    name: "decideSongRequest",
    goal: 3,
    scene: async (firestore, callers) => {
      const { creator, showId } = await showWithMusic(firestore);
      const requests = await Promise.all(
        Array.from({ length: callers }, async (_, index) => {
          const requestId = String(index).padStart(22, "t");
          await songRequestRef(firestore, showId, requestId).set({
            track: { ...track, uri: `spotify:track:${requestId}` },
            requestedBy: creator.uid,
            createdAt: Timestamp.now(),
            status: "open",
            decidedAt: null,
            decidedBy: null,
          });
          return { showId, requestId, decision: "accept" } as const;
        }),
      );
      return (deps) => each(requests, (request) => decideSongRequest(deps, creator, request));
    },
  },
];

const track = {
  uri: `spotify:track:${"a".repeat(22)}`,
  name: "Harbour Lights",
  artists: ["The Low Tides"],
  durationMs: 214_000,
  imageUrl: null,
  explicit: false,
};

/** A live show with a track, whose creator has a Spotify grant. */
async function showWithMusic(firestore: Firestore) {
  const uid = await linkedAccount(firestore, 3_600_000);
  const person = { uid, displayName: "Ada", photoUrl: null };
  const showId = await showIn("live", person, {}, firestore);
  await playlistRef(firestore, showId).set({ revision: 1, tracks: [track] });
  return { creator: as(person), showId };
}
