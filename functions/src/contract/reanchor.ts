import type { Moment } from "./fields.js";
import { playbackAt, type PlaybackPosition } from "./playbackAt.js";
import type { PlaybackDocument, PlaylistDocument, Track } from "./music.js";

/**
 * `playback/now` for a playlist that is being edited: the same track continues at the same moment. The
 * next remaining track replaces a removed one, from its beginning; without one, the music is over.
 * Null if nothing plays that an edit could affect.
 */
export function reanchor(
  playback: PlaybackDocument,
  before: readonly Track[],
  after: PlaylistDocument,
  by: string,
  at: Moment,
): PlaybackDocument | null {
  if (playback.mode === "talk") return null;
  const next = {
    ...playback,
    at,
    by,
    sequence: playback.sequence + 1,
    playlistRevision: after.revision,
  };
  const now = playbackAt(playback, before, at.toMillis());
  if (now.kind === "talk" || now.kind === "idle") return next;
  if (now.kind === "over") return { ...next, ...atTheEnd(after.tracks) };
  const found = successor(now, before, after.tracks);
  if (!found) return { ...next, ...atTheEnd(after.tracks) };
  return { ...next, ...found, paused: now.kind === "paused" };
}

type Anchor = Pick<PlaybackDocument, "trackIndex" | "trackUri" | "positionMs">;

function successor(
  now: PlaybackPosition,
  before: readonly Track[],
  after: readonly Track[],
): Anchor | null {
  const same = sameTrack(now.trackIndex, before, after);
  if (same !== null) {
    return { trackIndex: same, trackUri: now.trackUri, positionMs: Math.round(now.positionMs) };
  }
  for (let index = now.trackIndex + 1; index < before.length; index += 1) {
    const found = sameTrack(index, before, after);
    if (found !== null) {
      return { trackIndex: found, trackUri: before[index]?.uri ?? null, positionMs: 0 };
    }
  }
  return null;
}

/**
 * The position in the new list of a track of the old list. If the list has the track more than once, the same
 * occurrence: after a removal, the order says which occurrences remain; in a new order, the second stays the second,
 * if it exists.
 */
function sameTrack(
  index: number,
  before: readonly Track[],
  after: readonly Track[],
): number | null {
  const uri = before[index]?.uri;
  const places = after.flatMap((track, place) => (track.uri === uri ? [place] : []));
  const copies = before.filter((track) => track.uri === uri).length;
  if (places.length < copies && isWhatIsLeft(before, after)) {
    const place = places.find(
      (each) =>
        isWhatIsLeft(before.slice(0, index), after.slice(0, each)) &&
        isWhatIsLeft(before.slice(index + 1), after.slice(each + 1)),
    );
    return place ?? null;
  }
  const nth = before.slice(0, index).filter((track) => track.uri === uri).length;
  return places[nth] ?? places.at(-1) ?? null;
}

/** Whether nothing was done to `before` but taking tracks out. */
function isWhatIsLeft(before: readonly Track[], after: readonly Track[]): boolean {
  let matched = 0;
  for (const { uri } of before) if (after[matched]?.uri === uri) matched += 1;
  return matched === after.length;
}

/** Silence at the end of the list: a track that is added later does not begin by itself. */
function atTheEnd(tracks: readonly Track[]): Anchor & { paused: boolean } {
  const last = tracks.at(-1);
  return {
    trackIndex: last ? tracks.length - 1 : null,
    trackUri: last?.uri ?? null,
    positionMs: last?.durationMs ?? 0,
    paused: true,
  };
}
