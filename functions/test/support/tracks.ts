import { Timestamp } from "firebase-admin/firestore";
import type { PlaybackDocument, Track } from "../../src/contract/music.js";

/** `spotify:track:AAA…` for "A": a track as tests call it. */
export const uriOf = (letter: string) => `spotify:track:${letter.repeat(22)}`;

/** What tests call the track. */
export const letterOf = (uri: string | null) => uri?.at(-1) ?? null;

/** "A:300 B:200" is A, 300 ms long, and B after it. Without a length: a second. */
export function tracks(list: string): Track[] {
  return list
    .split(" ")
    .filter((entry) => entry !== "")
    .map((entry) => {
      const [letter = "", durationMs = "1000"] = entry.split(":");
      return {
        uri: uriOf(letter),
        name: `Song ${letter}`,
        artists: ["The Low Tides"],
        durationMs: Number(durationMs),
        imageUrl: null,
        explicit: false,
      };
    });
}

export const lettersOf = (list: readonly Pick<Track, "uri">[]) =>
  list.map(({ uri }) => letterOf(uri)).join(" ");

/** Ada's music: a track from its beginning, at the epoch. */
export function playing(changes: Partial<Omit<PlaybackDocument, "at">> & { at?: number } = {}) {
  const { at = 0, ...rest } = changes;
  const playback: PlaybackDocument = {
    mode: "music",
    trackUri: null,
    trackIndex: 0,
    positionMs: 0,
    paused: false,
    at: Timestamp.fromMillis(at),
    by: "ada",
    sequence: 1,
    playlistRevision: 1,
    ...rest,
  };
  return playback;
}
