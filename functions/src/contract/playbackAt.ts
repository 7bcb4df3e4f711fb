import type { Moment } from "./fields.js";

/** The part of `playback/now` from which a position follows. */
export interface PlaybackState {
  readonly mode: "talk" | "music";
  readonly trackIndex: number | null;
  readonly positionMs: number;
  readonly paused: boolean;
  readonly at: Pick<Moment, "toMillis">;
}

/** A track's length is all that a position needs of it. */
export interface TrackLength {
  readonly uri: string;
  readonly durationMs: number;
}

/** Which track is on, and where. */
export interface PlaybackPosition {
  readonly trackIndex: number;
  readonly trackUri: string;
  /** From the track's beginning. */
  readonly positionMs: number;
}

/**
 * What is heard at one moment. `idle`: music without a track. `over`: the last track has ended.
 * `playing` says when the track ends, in ms since the epoch. Then the next one plays.
 */
export type PlaybackMoment =
  | { readonly kind: "talk" }
  | { readonly kind: "idle" }
  | { readonly kind: "over" }
  | ({ readonly kind: "paused" } & PlaybackPosition)
  | ({ readonly kind: "playing"; readonly endsAt: number } & PlaybackPosition);

/**
 * What plays at `now` (the server's clock, ms since the epoch): the same on every phone and on the server, from the
 * same documents. Nobody writes anything at a track's end: when the time since the anchor exceeds the track's length,
 * the next track plays from its beginning. A moment before the anchor counts as the anchor, so that a clock that is
 * slightly behind does not yield a negative position.
 */
export function playbackAt(
  playback: PlaybackState,
  tracks: readonly TrackLength[],
  now: number,
): PlaybackMoment {
  if (playback.mode === "talk") return { kind: "talk" };
  if (playback.trackIndex === null) return { kind: "idle" };
  const anchored = tracks[playback.trackIndex];
  if (!anchored) return { kind: "idle" };
  if (playback.paused) {
    const positionMs = Math.min(playback.positionMs, anchored.durationMs);
    const isLast = playback.trackIndex === tracks.length - 1;
    if (isLast && positionMs === anchored.durationMs) return { kind: "over" };
    return {
      kind: "paused",
      trackIndex: playback.trackIndex,
      trackUri: anchored.uri,
      positionMs,
    };
  }
  const anchoredAt = playback.at.toMillis();
  const moment = Math.max(now, anchoredAt);
  let positionMs = playback.positionMs + moment - anchoredAt;
  for (let index = playback.trackIndex; index < tracks.length; index += 1) {
    const track = tracks[index];
    if (!track) break;
    if (positionMs < track.durationMs) {
      const endsAt = moment + track.durationMs - positionMs;
      return { kind: "playing", trackIndex: index, trackUri: track.uri, positionMs, endsAt };
    }
    positionMs -= track.durationMs;
  }
  return { kind: "over" };
}
