/** A player's last command, and when it came. */
export interface Playback {
  readonly uris: readonly string[];
  readonly index: number;
  readonly positionMs: number;
  readonly playing: boolean;
  /** The time of that state. */
  readonly at: number;
  /** How many tracks after the current one were added with `POST /me/player/queue`. 0 by default. */
  readonly queued?: number;
}

export const repeatModes = ["off", "context", "track"] as const;
export type RepeatMode = (typeof repeatModes)[number];

/** 0 if it cannot be played, in which case the player skips it. */
export type LengthOf = (uri: string) => number;

/**
 * The state at `now`: the tracks played one after the other, and after the last, the first one
 * paused. With `repeat`, the track or the list starts again.
 */
export function playbackBy(
  now: number,
  playback: Playback,
  lengthOf: LengthOf,
  repeat: RepeatMode = "off",
): Playback {
  const { uris, index: start, queued = 0 } = playback;
  const lengths = uris.map(lengthOf);
  const elapsedMs = playback.playing ? Math.max(0, now - playback.at) : 0;
  let positionMs = playback.positionMs + elapsedMs;
  const current = lengths[start] ?? 0;
  if (repeat === "track" && current > 0) {
    return { ...playback, positionMs: positionMs % current, at: now };
  }
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const rounds = repeat === "context" && total > 0 ? Infinity : 1;
  for (let round = 0; round < rounds; round += 1) {
    for (let index = round === 0 ? start : 0; index < uris.length; index += 1) {
      const length = lengths[index] ?? 0;
      if (positionMs < length) {
        const left = round === 0 ? Math.max(0, queued - (index - start)) : 0;
        return { ...playback, index, positionMs, at: now, queued: left };
      }
      positionMs -= length;
    }
  }
  return { ...playback, index: 0, positionMs: 0, playing: false, at: now, queued: 0 };
}
