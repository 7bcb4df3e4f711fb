import type { Transaction } from "firebase-admin/firestore";
import { playbackRef, playlistRevisionRef, timelinesRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import type { TrackLength } from "../contract/playbackAt.js";
import { select } from "../queries.js";
import { countPlays } from "./plays.js";

/**
 * Hosts may write any number of changes, and a transaction that reads them all would take ever longer: then the show
 * could not be ended. Nobody makes so many by hand in less than hours.
 */
const LATEST_CHANGES = 1_000;

/**
 * The plays of a show up to `until` (ms since the epoch): from its timeline, from what plays last, which
 * may not have got there yet, and from the lengths of the tracks in each revision of its list. These are
 * plays in Ambient, never streams: Spotify's terms forbid derived listenership metrics.
 * https://developer.spotify.com/policy
 *
 * Read in the transaction that keeps the number: a change that is recorded meanwhile is either in it
 * or finds the show ended, and corrects it. Of a longer timeline only the latest changes count.
 */
export async function countShowPlays(
  deps: Pick<Dependencies, "firestore">,
  transaction: Transaction,
  showId: string,
  until: number,
): Promise<number> {
  const db = deps.firestore;
  const [timeline, now] = await Promise.all([
    transaction.get(select(timelinesRef(db, showId), queries.latestChanges).limit(LATEST_CHANGES)),
    transaction.get(playbackRef(db, showId)),
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
      const list = await transaction.get(playlistRevisionRef(db, showId, revision));
      lists.set(revision, list.data()?.tracks ?? []);
    }),
  );
  return countPlays(changes, (revision) => lists.get(revision) ?? [], until);
}
