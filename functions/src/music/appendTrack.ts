import { Timestamp, type Transaction } from "firebase-admin/firestore";
import { MAX_TRACKS, type Track } from "../contract/music.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { type ShowMusic, writePlaylist } from "./writePlaylist.js";

/** Adds a track to the end of the list, and returns the new revision. Refuses with PLAYLIST_TOO_LARGE. */
export function appendTrack(
  deps: Pick<Dependencies, "firestore" | "clock">,
  transaction: Transaction,
  music: ShowMusic,
  track: Track,
  by: string,
): number {
  const tracks = music.playlist.data?.tracks ?? [];
  if (tracks.length >= MAX_TRACKS) throw new Refusal("PLAYLIST_TOO_LARGE");
  const now = Timestamp.fromMillis(deps.clock.now());
  return writePlaylist(deps, transaction, music, [...tracks, track], undefined, { by, now });
}
