import { playbackAt, type TrackLength } from "../contract/playbackAt.js";
import type { PlaybackDocument } from "../contract/music.js";

/** A track that was played. */
export interface Play {
  readonly uri: string;
  /** When it began to sound, in ms since the epoch. */
  readonly startedAt: number;
  /** How long it was heard, without pauses, in ms. */
  readonly playedMs: number;
}

/** A stretch in which one track was heard. */
interface Sounding extends Play {
  readonly index: number;
  readonly revision: number;
  /** It ran to its end, and was not cut off. */
  readonly isComplete: boolean;
}

/**
 * The plays that a show's timeline makes, in their order: each time that a track began to play and was not the same
 * play continued. Pausing, seeking and an edit of the list do not make it another play; coming back to it after
 * another track or after its end does. `tracksOf` gives the list of a revision, `until` is when the show ended (ms
 * since the epoch).
 */
export function playsOf(
  timeline: readonly PlaybackDocument[],
  tracksOf: (revision: number) => readonly TrackLength[],
  until: number,
): Play[] {
  const entries = [...timeline].sort((a, b) => a.sequence - b.sequence);
  const plays: Play[] = [];
  let last: Sounding | null = null;
  for (const [position, entry] of entries.entries()) {
    const end = entries[position + 1]?.at.toMillis() ?? until;
    for (const sounding of soundings(entry, tracksOf(entry.playlistRevision), end)) {
      const { uri, startedAt, playedMs } = sounding;
      const before = last && goesOn(last, sounding) ? plays.pop() : undefined;
      plays.push({
        uri,
        startedAt: before?.startedAt ?? startedAt,
        playedMs: (before?.playedMs ?? 0) + playedMs,
      });
      last = sounding;
    }
  }
  return plays;
}

/** What was heard from one entry of the timeline to the next. */
function soundings(
  entry: PlaybackDocument,
  tracks: readonly TrackLength[],
  end: number,
): Sounding[] {
  const found: Sounding[] = [];
  let now = entry.at.toMillis();
  while (now < end) {
    const moment = playbackAt(entry, tracks, now);
    if (moment.kind !== "playing") break;
    found.push({
      uri: moment.trackUri,
      startedAt: now,
      playedMs: Math.min(moment.endsAt, end) - now,
      index: moment.trackIndex,
      revision: entry.playlistRevision,
      isComplete: moment.endsAt <= end,
    });
    now = moment.endsAt;
  }
  return found;
}

/** In one list, another position is another play. After an edit, the same track may be at another position. */
function goesOn(last: Sounding, next: Sounding): boolean {
  return (
    !last.isComplete &&
    last.uri === next.uri &&
    (last.revision !== next.revision || last.index === next.index)
  );
}
