import type { Moment } from "../contract.js";
import type { PlaybackDocument } from "./schema.js";

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
