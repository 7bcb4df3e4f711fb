import {
  playbackAt,
  type PlaybackMoment,
  type PlaybackState,
} from "../../../functions/src/contract/playbackAt.js";

import type { RecordedTrack } from "./sameRecording.js";

/** The part of `playback/now` that a device needs. */
export interface PlaybackSnapshot extends Omit<PlaybackState, "at" | "mode"> {
  /** `unknown`: a mode of a newer version. */
  readonly mode: PlaybackState["mode"] | "unknown";
  /** Null in a local write that the server has not confirmed. */
  readonly at: PlaybackState["at"] | null;
  readonly trackUri: string | null;
  readonly sequence: number;
  readonly playlistRevision: number;
}

/** The part of `playlist/current` that a device needs. */
export interface PlaylistSnapshot {
  readonly revision: number;
  readonly tracks: readonly RecordedTrack[];
}

/** The part of Firestore's `SnapshotMetadata` that is used. */
export interface SnapshotOrigin {
  readonly hasPendingWrites: boolean;
  readonly fromCache: boolean;
}

type JudgedPlayback = Omit<PlaybackSnapshot, "mode"> & PlaybackState;

/** A show that never had a playlist has no such document. */
const noPlaylist: PlaylistSnapshot = { revision: 0, tracks: [] };

/**
 * The show's two music documents, which arrive in any order. An edit changes both at once: until both have arrived, the
 * last matching pair stays in use.
 */
export interface ShowMusic {
  readonly playback?: JudgedPlayback;
  readonly playlist?: PlaylistSnapshot;
  /** The documents in use. */
  readonly pair?: { readonly playback: JudgedPlayback; readonly playlist: PlaylistSnapshot };
}

export function withPlayback(
  music: ShowMusic,
  playback: PlaybackSnapshot,
  origin?: SnapshotOrigin,
): ShowMusic {
  // The server may refuse a local write, and its `at` is unknown or a guess.
  const { at } = playback;
  if (!at || origin?.hasPendingWrites) return music;
  // A cached playback may be over, so it starts no music.
  if (origin?.fromCache && playback.mode === "music" && !playback.paused) return music;
  // A cached snapshot may arrive after a newer one from the server.
  if (music.playback && playback.sequence < music.playback.sequence) return music;
  // Treat an unknown mode like talk: no music plays.
  const mode = playback.mode === "music" ? "music" : "talk";
  return matched({ ...music, playback: { ...playback, at, mode } });
}

/** Null: the show has no playlist. */
export function withPlaylist(music: ShowMusic, playlist: PlaylistSnapshot | null): ShowMusic {
  const arrived = playlist ?? noPlaylist;
  if (music.playlist && arrived.revision < music.playlist.revision) return music;
  return matched({ ...music, playlist: arrived });
}

function matched(music: ShowMusic): ShowMusic {
  const { playback, playlist } = music;
  if (!playback || !playlist || playback.playlistRevision !== playlist.revision) return music;
  return { ...music, pair: { playback, playlist } };
}

/** The sequence of the playback in use. It changes when a host acts. */
export function sequenceOf({ pair }: ShowMusic): number | undefined {
  return pair?.playback.sequence;
}

/** The playlist in use. */
export function tracksOf({ pair }: ShowMusic): readonly RecordedTrack[] {
  return pair?.playlist.tracks ?? [];
}

/** Undefined: not known yet. `now` is the server's time, if known. */
export function momentAt(
  { playback: newest, pair }: ShowMusic,
  now: number | undefined,
): PlaybackMoment | undefined {
  if (!newest) return undefined;
  // Silence does not depend on the playlist, so it does not wait for it.
  if (newest.mode === "talk") return { kind: "talk" };
  if (newest.paused && newest !== pair?.playback) {
    return newest.trackIndex === null || newest.trackUri === null
      ? { kind: "idle" }
      : {
          kind: "paused",
          trackIndex: newest.trackIndex,
          trackUri: newest.trackUri,
          positionMs: newest.positionMs,
        };
  }
  if (!pair) return undefined;
  const { playback, playlist } = pair;
  if (now === undefined && playback.mode === "music" && !playback.paused) return undefined;
  return playbackAt(playback, playlist.tracks, now ?? 0);
}
