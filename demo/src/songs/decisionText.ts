import type { OwnSongRequest } from "@ambient/client";
import { words } from "../words/words.js";

/** What the hosts decided about a song request. */
export function decisionText({ status, track }: OwnSongRequest): string {
  return status === "accepted"
    ? words.songs.accepted(track.name)
    : words.songs.declined(track.name);
}
