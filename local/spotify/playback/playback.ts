/** A player's last command, and when it came. */
export interface Playback {
  readonly uris: readonly string[];
  readonly index: number;
  readonly positionMs: number;
  readonly playing: boolean;
  /** The time of that state. */
  readonly at: number;
}

/** 0 if it cannot be played, in which case the player skips it. */
export type LengthOf = (uri: string) => number;

/**
 * The state at `now`: the tracks played one after the other, and after the last, the first one
 * paused.
 */
export function playbackBy(now: number, playback: Playback, lengthOf: LengthOf): Playback {
  const elapsedMs = playback.playing ? Math.max(0, now - playback.at) : 0;
  let positionMs = playback.positionMs + elapsedMs;
  for (const [index, uri] of playback.uris.entries()) {
    if (index < playback.index) continue;
    const length = lengthOf(uri);
    if (positionMs < length) return { ...playback, index, positionMs, at: now };
    positionMs -= length;
  }
  return { ...playback, index: 0, positionMs: 0, playing: false, at: now };
}
