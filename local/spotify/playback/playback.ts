/** What a player was told, and when. */
export interface Playback {
  readonly uris: readonly string[];
  readonly index: number;
  readonly positionMs: number;
  readonly playing: boolean;
  /** When that was so. */
  readonly at: number;
}

/** 0: it cannot be played, and the player goes on to the next. */
export type LengthOf = (uri: string) => number;

/** What became of it by `now`: one song after the other, and after the last the first again, silent. */
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
