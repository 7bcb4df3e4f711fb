import {
  playbackAt,
  type PlaybackPosition,
  type TrackLength,
} from "../../../functions/src/contract/playbackAt.js";

import type { RecordedTrack } from "./sameRecording.js";

/** A list that the player received, and its position at one moment. */
export interface Handover {
  readonly tracks: readonly RecordedTrack[];
  readonly index: number;
  readonly positionMs: number;
  /** On the device's monotonic clock. */
  readonly at: number;
}

/** A position in such a list. */
export interface ListPosition {
  readonly index: number;
  readonly positionMs: number;
}

/** Where the player is now, as it moves from track to track by itself. Undefined: the list has ended. */
export function positionAt(handover: Handover, now: number): ListPosition | undefined {
  const moment = playbackAt(
    {
      mode: "music",
      paused: false,
      trackIndex: handover.index,
      positionMs: handover.positionMs,
      at: { toMillis: () => handover.at },
    },
    handover.tracks,
    now,
  );
  if (moment.kind !== "playing") return undefined;
  return { index: moment.trackIndex, positionMs: moment.positionMs };
}

/** The index of a track in the list. If it occurs several times, the one nearest to `near`. */
export function indexOf(
  tracks: readonly TrackLength[],
  uri: string | null,
  near: number,
): number | undefined {
  let nearest: number | undefined;
  for (const [index, track] of tracks.entries()) {
    if (track.uri !== uri) continue;
    if (nearest === undefined || Math.abs(index - near) < Math.abs(nearest - near)) nearest = index;
  }
  return nearest;
}

/** How far `position` is ahead of `other`, in ms of music. */
export function leadOver(
  tracks: readonly TrackLength[],
  position: ListPosition,
  other: ListPosition,
): number {
  const [from, to] = position.index < other.index ? [position, other] : [other, position];
  const between = tracks
    .slice(from.index, to.index)
    .reduce((sum, { durationMs }) => sum + durationMs, 0);
  const distance = between + to.positionMs - from.positionMs;
  return from === other ? distance : -distance;
}

/** How many of the tracks after `index` match the show's. `Infinity`: all of them, and both lists end together. */
export function tracksInAgreement(
  handed: readonly TrackLength[],
  index: number,
  show: readonly TrackLength[],
  position: Pick<PlaybackPosition, "trackIndex">,
): number {
  for (let ahead = 1; ; ahead += 1) {
    const next = handed[index + ahead]?.uri;
    if (next !== show[position.trackIndex + ahead]?.uri) return ahead - 1;
    if (next === undefined) return Infinity;
  }
}
