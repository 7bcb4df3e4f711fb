import type { Moment } from "./fields.js";
import type { PlaybackDocument } from "./music.js";

/** The stage in `talk`: no track, nothing plays. */
export function silentPlayback(
  by: string,
  at: Moment,
  sequence: number,
  playlistRevision: number,
): PlaybackDocument {
  return {
    mode: "talk",
    trackUri: null,
    trackIndex: null,
    positionMs: 0,
    paused: true,
    at,
    by,
    sequence,
    playlistRevision,
  };
}
