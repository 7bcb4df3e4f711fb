import { Timestamp } from "firebase-admin/firestore";
import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { participantRef, playbackRef, playlistRef, showRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { invalidArgument, Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import type { editShowPlaylist as contract, Track } from "../contract/music.js";
import { assertMayEdit } from "./showMusic.js";
import { writePlaylist } from "./writePlaylist.js";

/** Puts the tracks into a new order, and removes those that the order leaves out. */
export async function editShowPlaylist(
  deps: Pick<Dependencies, "firestore" | "clock">,
  caller: Caller,
  { showId, revision, trackUris }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  return db.runTransaction(async (transaction) => {
    const [show, participant, playlist, playback] = await readTogether(
      transaction,
      showRef(db, showId),
      participantRef(db, showId, caller.uid),
      playlistRef(db, showId),
      playbackRef(db, showId),
    );
    const data = assertMayEdit(show.data(), participant.data(), caller.uid);
    const current = playlist.data();
    if (!current) throw new Refusal("PLAYLIST_NOT_FOUND");
    const isInOrder = isDeepStrictEqual(
      current.tracks.map(({ uri }) => uri),
      trackUris,
    );
    // Nothing changes, or this is a retry after a lost answer.
    if (isInOrder && (current.revision === revision || current.revision === revision + 1)) {
      return { revision: current.revision };
    }
    if (current.revision !== revision) throw new Refusal("PLAYLIST_CHANGED");
    const edited = writePlaylist(
      deps,
      transaction,
      {
        show: { ref: show.ref, data },
        playlist: { ref: playlist.ref, data: current },
        playback: { ref: playback.ref, data: playback.data() },
      },
      inOrder(current.tracks, trackUris),
      undefined,
      { by: caller.uid, now: Timestamp.fromMillis(deps.clock.now()) },
    );
    return { revision: edited };
  });
}

/** A track that is in the list twice may be named at most twice. */
function inOrder(tracks: readonly Track[], trackUris: readonly string[]): Track[] {
  const left = [...tracks];
  return trackUris.map((uri, position) => {
    const found = left.findIndex((track) => track.uri === uri);
    const [track] = found < 0 ? [] : left.splice(found, 1);
    if (!track) {
      throw invalidArgument(`trackUris.${position}`, "is not in the playlist, or not again");
    }
    return track;
  });
}
