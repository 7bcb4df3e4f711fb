import type { DocumentReference, Timestamp, Transaction } from "firebase-admin/firestore";
import { playlistRevisionRef, removedTracksRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import type { ShowDocument } from "../contract/shows.js";
import { reanchor } from "../contract/reanchor.js";
import type { PlaybackDocument, PlaylistDocument, Track } from "../contract/music.js";

/** A show's music as a transaction has read it. */
export interface ShowMusic {
  readonly show: { readonly ref: DocumentReference<ShowDocument>; readonly data: ShowDocument };
  readonly playlist: {
    readonly ref: DocumentReference<PlaylistDocument>;
    readonly data: PlaylistDocument | undefined;
  };
  readonly playback: {
    readonly ref: DocumentReference<PlaybackDocument>;
    readonly data: PlaybackDocument | undefined;
  };
}

/**
 * Writes a new list of tracks and everything that depends on it: the playback, the show's copy of the playlist's name
 * and size, the lengths with which the plays of this revision are counted later, and, for the setlist, the tracks
 * that a live show's list loses.
 */
export function writePlaylist(
  deps: Pick<Dependencies, "firestore">,
  transaction: Transaction,
  { show, playlist, playback }: ShowMusic,
  tracks: Track[],
  about: Omit<NonNullable<ShowDocument["playlist"]>, "trackCount"> | undefined,
  { by, now }: { readonly by: string; readonly now: Timestamp },
): number {
  const before = playlist.data?.tracks ?? [];
  const after = { revision: (playlist.data?.revision ?? 0) + 1, tracks };
  transaction.set(playlist.ref, after);
  transaction.set(playlistRevisionRef(deps.firestore, show.ref.id, after.revision), {
    tracks: tracks.map(({ uri, durationMs }) => ({ uri, durationMs })),
  });
  const removed = before.filter(({ uri }) => tracks.every((track) => track.uri !== uri));
  if (show.data.status === "live" && removed.length > 0) {
    transaction.set(removedTracksRef(deps.firestore, show.ref.id, after.revision), {
      tracks: removed,
    });
  }
  const summary = about ?? show.data.playlist;
  if (summary) {
    const { id, name, imageUrl } = summary;
    transaction.update(show.ref, {
      playlist: { id, name, imageUrl, trackCount: tracks.length },
      updatedAt: now,
    });
  }
  const anchored =
    show.data.status === "live" && playback.data
      ? reanchor(playback.data, before, after, by, now)
      : null;
  if (anchored) transaction.set(playback.ref, anchored);
  return after.revision;
}
