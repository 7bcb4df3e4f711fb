import type { PlaybackDocument, PlaylistDocument } from "../contract/music.js";
import { playbackAt } from "../contract/playbackAt.js";

/**
 * Whether the playlist plays a track at `now` (ms since the epoch) or later. While the stage talks, the next music may begin
 * anywhere, so every track is still to come.
 */
export function isComing(
  trackUri: string,
  playlist: PlaylistDocument | undefined,
  playback: PlaybackDocument | undefined,
  now: number,
): boolean {
  const tracks = playlist?.tracks ?? [];
  const moment = playback && playbackAt(playback, tracks, now);
  if (moment?.kind === "over") return false;
  const isOn = moment?.kind === "playing" || moment?.kind === "paused";
  return tracks.slice(isOn ? moment.trackIndex : 0).some(({ uri }) => uri === trackUri);
}
