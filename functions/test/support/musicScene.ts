import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { playbackRef, playlistRef, playlistRevisionRef, showRef } from "../../src/collections.js";
import type { PlaybackDocument, PlaylistDocument, Track } from "../../src/contract/music.js";
import type { ShowDocument, ShowStatus } from "../../src/contract/shows.js";
import { participantIn, showIn, somebody, type Person } from "./backstage.js";
import { everythingAbout } from "./everythingAbout.js";
import { storeGrant, type OwnSpotify } from "./ownSpotify.js";
import { showEdges, type ShowEdges } from "./showEdges.js";
import { playing } from "./tracks.js";

/** Ada's show, with Ada's grant at a local Spotify. Time passes only on the test's clock. */
export interface MusicScene {
  readonly deps: ShowEdges;
  readonly showId: string;
  readonly ada: Person;
  /** Creates a user, with a persona's grant if one is given. */
  person(name: string, persona?: string): Promise<Person>;
  cohost(name: string, persona?: string): Promise<Person>;
  /** Writes the playlist at a revision, like the server does. */
  putList(tracks: Track[], revision?: number): Promise<void>;
  /** Writes the playback, starting now unless `at` says otherwise. */
  putOn(changes: Parameters<typeof playing>[0]): Promise<PlaybackDocument>;
  show(): Promise<ShowDocument | undefined>;
  list(): Promise<PlaylistDocument | undefined>;
  playback(): Promise<PlaybackDocument | undefined>;
  /** The track lengths stored for a revision. */
  lengths(revision: number): Promise<{ uri: string; durationMs: number }[] | undefined>;
  /** Whether one transaction wrote the playlist, the playback and the show. */
  wereWrittenTogether(): Promise<boolean>;
  everything(): Promise<Record<string, unknown>>;
}

export async function musicScene(
  firestore: Firestore,
  spotify: OwnSpotify,
  status: ShowStatus = "live",
): Promise<MusicScene> {
  const edges = showEdges(firestore);
  const { clock } = edges;
  const deps = { ...edges, spotify: spotify.gateway(clock), catalog: spotify.catalog(clock) };
  const person: MusicScene["person"] = async (name, persona) => {
    const somebodyNew = await somebody(name, firestore);
    if (persona !== undefined) {
      await storeGrant(deps, somebodyNew.uid, await spotify.grant(clock, persona));
    }
    return somebodyNew;
  };
  const ada = await person("Ada", "creator-ada");
  const now = Timestamp.fromMillis(clock.now());
  const showId = await showIn(status, ada, { updatedAt: now }, firestore);
  const refs = {
    show: showRef(firestore, showId),
    list: playlistRef(firestore, showId),
    playback: playbackRef(firestore, showId),
  };
  await spotify.control.clearRequests();
  return {
    deps,
    showId,
    ada,
    person,
    async cohost(name, persona) {
      const host = await person(name, persona);
      const place = { role: "cohost", canPublish: true } as const;
      await participantIn(showId, host, place, firestore);
      return host;
    },
    async putList(tracks, revision = 1) {
      await refs.list.set({ revision, tracks });
      await playlistRevisionRef(firestore, showId, revision).set({
        tracks: tracks.map(({ uri, durationMs }) => ({ uri, durationMs })),
      });
    },
    async putOn(changes) {
      const playback = playing({ at: clock.now(), by: ada.uid, ...changes });
      await refs.playback.set(playback);
      return playback;
    },
    show: async () => (await refs.show.get()).data(),
    list: async () => (await refs.list.get()).data(),
    playback: async () => (await refs.playback.get()).data(),
    lengths: async (revision) =>
      (await playlistRevisionRef(firestore, showId, revision).get()).data()?.tracks,
    async wereWrittenTogether() {
      const [list, playback, show] = await firestore.getAll(refs.list, refs.playback, refs.show);
      const isWith = (other: typeof list) =>
        other?.updateTime !== undefined && list?.updateTime?.isEqual(other.updateTime) === true;
      return isWith(playback) && isWith(show);
    },
    everything: () => everythingAbout(firestore, showId),
  };
}
