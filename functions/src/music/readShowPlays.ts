import type { Transaction } from "firebase-admin/firestore";
import {
  playbackRef,
  playlistRef,
  playlistRevisionRef,
  removedTracksOf,
  timelinesRef,
} from "../collections.js";
import { MAX_SETLIST_TRACKS, type SetlistTrack, type Track } from "../contract/music.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import type { TrackLength } from "../contract/playbackAt.js";
import { select } from "../queries.js";
import { type Play, playsOf } from "./plays.js";

/**
 * Hosts may write any number of changes. A transaction that reads them all would take longer and longer, until the
 * show could not be ended. Making that many by hand takes hours.
 */
const LATEST_CHANGES = 1_000;

/** How many edits that removed tracks are searched for the names of played tracks. */
const MAX_REMOVALS = 50;

/** What a show played. */
export interface ShowPlays {
  readonly tracksPlayed: number;
  /** The latest plays, in their order. */
  readonly setlist: SetlistTrack[];
}

/**
 * The plays of a show up to `until`, in ms since the epoch: from its timeline, from what plays last, which
 * may not have got there yet, and from the lengths of the tracks in each revision of its list. These are
 * plays in Ambient, never streams: Spotify's terms forbid derived listenership metrics.
 * https://developer.spotify.com/policy
 *
 * Read in the transaction that keeps them: a change that is recorded in the meantime is either in them
 * or finds the show ended, and corrects them. Of a longer timeline only the latest changes count.
 */
export async function readShowPlays(
  deps: Pick<Dependencies, "firestore">,
  transaction: Transaction,
  showId: string,
  until: number,
): Promise<ShowPlays> {
  const db = deps.firestore;
  const [timeline, now, list] = await Promise.all([
    transaction.get(select(timelinesRef(db, showId), queries.latestChanges).limit(LATEST_CHANGES)),
    transaction.get(playbackRef(db, showId)),
    transaction.get(playlistRef(db, showId)),
  ]);
  const entries = new Map(timeline.docs.map((entry) => [entry.data().sequence, entry.data()]));
  const last = now.data();
  if (last) entries.set(last.sequence, last);
  const changes = [...entries.values()];
  const music = changes.filter(({ mode }) => mode === "music");

  const lists = new Map<number, readonly TrackLength[]>();
  const revisions = new Set(music.map(({ playlistRevision }) => playlistRevision));
  await Promise.all(
    [...revisions].map(async (revision) => {
      const lengths = await transaction.get(playlistRevisionRef(db, showId, revision));
      lists.set(revision, lengths.data()?.tracks ?? []);
    }),
  );
  const plays = playsOf(changes, (revision) => lists.get(revision) ?? [], until);
  const latest = plays.slice(-MAX_SETLIST_TRACKS);
  const tracks = await tracksOf(deps, transaction, showId, latest, list.data()?.tracks ?? []);
  const setlist = latest.map(({ uri, startedAt, playedMs }) => {
    const { name = "", artists = [], imageUrl = null } = tracks.get(uri) ?? {};
    return { uri, name, artists, imageUrl, startedAt, playedMs };
  });
  return { tracksPlayed: plays.length, setlist };
}

/** The names of the played tracks, from the list at the end or from the edit that removed the track. */
async function tracksOf(
  { firestore: db }: Pick<Dependencies, "firestore">,
  transaction: Transaction,
  showId: string,
  plays: readonly Play[],
  list: readonly Track[],
): Promise<ReadonlyMap<string, Track>> {
  const found = new Map(list.map((track) => [track.uri, track]));
  if (plays.every(({ uri }) => found.has(uri))) return found;
  const removals = select(removedTracksOf(db, showId), queries.removedTracks).limit(MAX_REMOVALS);
  for (const removal of (await transaction.get(removals)).docs) {
    for (const track of removal.data().tracks) found.set(track.uri, track);
  }
  return found;
}
