import type { Transaction } from "firebase-admin/firestore";
import { playbackRef, playlistRevisionRef, timelinesRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import type { TrackLength } from "../contract/playbackAt.js";
import { countPlays } from "./plays.js";

/**
 * The plays of a show up to `until` (ms since the epoch): from its timeline, from what plays last, which
 * may not have got there yet, and from the lengths of the tracks in each revision of its list. These are
 * plays in Ambient, never streams: Spotify's terms forbid derived listenership metrics.
 * https://developer.spotify.com/policy
 *
 * Read in the transaction that keeps the number: a change that is recorded meanwhile is either in it
 * or finds the show ended, and corrects it.
 */
export async function countShowPlays(
  deps: Pick<Dependencies, "firestore">,
  transaction: Transaction,
  showId: string,
  until: number,
): Promise<number> {
  const db = deps.firestore;
  const [timeline, now] = await Promise.all([
    transaction.get(timelinesRef(db, showId)),
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
