import {
  playbackAt,
  type PlaybackMoment,
  type PlaybackState,
  type TrackLength,
} from "../../../functions/src/contract/playbackAt.js";

/** `playback/now`, as much of it as a phone needs. */
export interface PlaybackSnapshot extends Omit<PlaybackState, "at"> {
  /** Null in a write of one's own that the server has not judged yet. */
  readonly at: PlaybackState["at"] | null;
  readonly trackUri: string | null;
  readonly sequence: number;
  readonly playlistRevision: number;
}

/** `playlist/current`, likewise. */
export interface PlaylistSnapshot {
  readonly revision: number;
  readonly tracks: readonly TrackLength[];
}

/** Of Firestore's `SnapshotMetadata`. */
export interface SnapshotOrigin {
  readonly hasPendingWrites: boolean;
  readonly fromCache: boolean;
}

type JudgedPlayback = PlaybackSnapshot & PlaybackState;

/** A show that never had a playlist has no document. */
const noPlaylist: PlaylistSnapshot = { revision: 0, tracks: [] };

/**
 * A show's music from its two documents, which arrive in any order. An edit writes both at once: until
 * its second half is here, the pair that fitted together last goes on.
 */
export class ShowMusic {
  #playback: JudgedPlayback | undefined;
  #playlist: PlaylistSnapshot | undefined;
  #pair: { readonly playback: JudgedPlayback; readonly playlist: PlaylistSnapshot } | undefined;

  playbackArrived(playback: PlaybackSnapshot, origin?: SnapshotOrigin): void {
    // The server may refuse it, and until it has judged it its `at` is unknown or a guess.
    const { at } = playback;
    if (!at || origin?.hasPendingWrites) return;
    // What was on when the phone was here last may be over: it is no reason to begin.
    if (origin?.fromCache && playback.mode === "music" && !playback.paused) return;
    // A cache may show what was, after the server showed what is.
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

  /** Of the playback that is in force: another one is another act of a host. */
  get sequence(): number | undefined {
    return this.#pair?.playback.sequence;
  }

  /** The list that is in force. */
  get tracks(): readonly TrackLength[] {
    return this.#pair?.playlist.tracks ?? [];
  }

  /** Undefined: not known yet. `now` is the server's clock, if that is known. */
  momentAt(now: number | undefined): PlaybackMoment | undefined {
    const newest = this.#playback;
    if (!newest) return undefined;
    // Silence needs no list, and must not wait for one.
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
