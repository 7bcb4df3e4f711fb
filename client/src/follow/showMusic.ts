import {
  playbackAt,
  type PlaybackMoment,
  type PlaybackState,
} from "../../../functions/src/contract/playbackAt.js";

import type { RecordedTrack } from "./sameRecording.js";

/** The part of `playback/now` that a device needs. */
export interface PlaybackSnapshot extends Omit<PlaybackState, "at"> {
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

type JudgedPlayback = PlaybackSnapshot & PlaybackState;

/** A show that never had a playlist has no such document. */
const noPlaylist: PlaylistSnapshot = { revision: 0, tracks: [] };

/**
 * Combines the show's two music documents, which arrive in any order. An edit changes both at once: until both have
 * arrived, the last matching pair stays in use.
 */
export class ShowMusic {
  #playback: JudgedPlayback | undefined;
  #playlist: PlaylistSnapshot | undefined;
  #pair: { readonly playback: JudgedPlayback; readonly playlist: PlaylistSnapshot } | undefined;

  playbackArrived(playback: PlaybackSnapshot, origin?: SnapshotOrigin): void {
    // The server may refuse a local write, and its `at` is unknown or a guess.
    const { at } = playback;
    if (!at || origin?.hasPendingWrites) return;
    // A cached playback may be over, so it starts no music.
    if (origin?.fromCache && playback.mode === "music" && !playback.paused) return;
    // A cached snapshot may arrive after a newer one from the server.
    if (this.#playback && playback.sequence < this.#playback.sequence) return;
    this.#playback = { ...playback, at };
    this.#match();
  }

  playlistArrived(playlist: PlaylistSnapshot | null): void {
    const arrived = playlist ?? noPlaylist;
    if (this.#playlist && arrived.revision < this.#playlist.revision) return;
    this.#playlist = arrived;
    this.#match();
  }

  #match(): void {
    if (!this.#playback || !this.#playlist) return;
    if (this.#playback.playlistRevision !== this.#playlist.revision) return;
    this.#pair = { playback: this.#playback, playlist: this.#playlist };
  }

  /** The sequence of the playback in use. It changes when a host acts. */
  get sequence(): number | undefined {
    return this.#pair?.playback.sequence;
  }

  /** The playlist in use. */
  get tracks(): readonly RecordedTrack[] {
    return this.#pair?.playlist.tracks ?? [];
  }

  /** Undefined: not known yet. `now` is the server's time, if known. */
  momentAt(now: number | undefined): PlaybackMoment | undefined {
    const newest = this.#playback;
    if (!newest) return undefined;
    // Silence does not depend on the playlist, so it does not wait for it.
    if (newest.mode === "talk") return { kind: "talk" };
    if (newest.paused && newest !== this.#pair?.playback) {
      return newest.trackIndex === null || newest.trackUri === null
        ? { kind: "idle" }
        : {
            kind: "paused",
            trackIndex: newest.trackIndex,
            trackUri: newest.trackUri,
            positionMs: newest.positionMs,
          };
    }
    if (!this.#pair) return undefined;
    const { playback, playlist } = this.#pair;
    if (now === undefined && playback.mode === "music" && !playback.paused) return undefined;
    return playbackAt(playback, playlist.tracks, now ?? 0);
  }
}
