import { Timestamp } from "firebase-admin/firestore";
import type { PlaybackDocument, Track } from "../../src/contract/music.js";

/** The URI of the track that tests call by a letter: `spotify:track:AAA…` for "A". */
export const uriOf = (letter: string) => `spotify:track:${letter.repeat(22)}`;

/** The letter of a track URI. */
export const letterOf = (uri: string | null) => uri?.at(-1) ?? null;

/** "A:300 B:200" is track A of 300 ms and then track B. The default length is one second. */
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

/** Playback started by Ada at the epoch, from the beginning of a track. */
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
