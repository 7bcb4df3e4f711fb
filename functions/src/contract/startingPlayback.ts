import type { Moment } from "./fields.js";
import type { PlaybackDocument, PlaylistDocument } from "./music.js";

/** The stage in `music`, from a track's beginning; without a playlist it waits, paused. */
export function startingPlayback(
  playlist: PlaylistDocument | undefined,
  trackIndex: number,
  by: string,
  at: Moment,
  sequence: number,
): PlaybackDocument {
  const track = playlist?.tracks[trackIndex];
  return {
    mode: "music",
    trackUri: track?.uri ?? null,
    trackIndex: track ? trackIndex : null,
    positionMs: 0,
    paused: !track,
    at,
    by,
    sequence,
    playlistRevision: playlist?.revision ?? 0,
  };
}
