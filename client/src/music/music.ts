import { playbackAt } from "../../../functions/src/contract/playbackAt.js";
import {
  playbackDocument,
  playlistDocument,
  type PlaybackDocument,
  type PlaylistDocument,
} from "../../../functions/src/contract/music.js";
import { readBy, type Received } from "../backend/readDocument.js";
import { measured } from "../clock/measured.js";
import type { SnapshotOrigin } from "../follow/showMusic.js";
import { AmbientError, asAmbientError } from "../errors/ambientError.js";
import { isEqual } from "../observe/isEqual.js";
import type { Observable } from "../observe/observable.js";
import { createSource, distinct, mapped } from "../observe/source.js";
import type { DocumentSnapshotHandle, TransactionHandle } from "../sdk/firebaseSdk.js";
import type { Session } from "../show/session.js";
import { positionAfter, type TrackPosition, type Step } from "./step.js";

/**
 * The stage's mode, and what plays in music mode.
 *
 * @example
 * ```ts
 * const isMusic = (playback: Playback | undefined) => playback?.mode === "music";
 * ```
 */
export interface Playback extends Received<PlaybackDocument> {}

/**
 * The tracks of a show.
 *
 * @example
 * ```ts
 * const names = ({ tracks }: Playlist) => tracks.map(({ name }) => name);
 * ```
 */
export interface Playlist extends PlaylistDocument {}

/** A playback and its origin: a cached one may be out of date. */
export interface PlaybackWithOrigin {
  readonly playback: Playback | undefined;
  readonly origin: SnapshotOrigin;
}

/** How long a host's step waits for the first measurement of the server's clock. */
const PATIENCE_MS = 5_000;

/**
 * The music of a show: what plays and, for hosts, the controls. Each step is a transaction on the playback that the
 * host saw. It fails while offline, and with `PLAYBACK_CHANGED` if another host acted first. A host's own steps run
 * one after the other.
 *
 * @example
 * ```ts
 * await show.music.next();
 * ```
 */
export class Music {
  /**
   * What plays now. While this is subscribed to, or `followMusic` uses it, steps apply to the last playback that it
   * reported.
   *
   * @example
   * ```ts
   * show.music.playback.subscribe((playback) => setMode(playback?.mode));
   * ```
   */
  readonly playback: Observable<Playback | undefined>;
  /**
   * The show's tracks; undefined if it has no playlist.
   *
   * @example
   * ```ts
   * show.music.playlist.subscribe((playlist) => renderTracks(playlist?.tracks ?? []));
   * ```
   */
  readonly playlist: Observable<Playlist | undefined>;
  /** @internal */
  readonly playbackTold: Observable<PlaybackWithOrigin>;
  readonly #session: Session;
  /** The last sequence that subscribers received; undefined while there are none. */
  #seen: number | undefined;
  /** The sequence after the host's own last step. Subscriptions may report it after the next step begins. */
  #taken = 0;
  /** Runs steps one at a time: the second of two quick steps builds on the first. */
  #steps: Promise<void> = Promise.resolve();

  /** @internal */
  constructor(session: Session) {
    this.#session = session;
    const source = session.within(() =>
      session.backend.snapshots(session.path("playback/now"), (snapshot) => ({
        playback: readBy(playbackDocument, snapshot),
        origin: originOf(snapshot),
      })),
    );
    const followed = createSource<PlaybackWithOrigin>((next, fail) => {
      const stop = source.subscribe((received) => {
        this.#seen = received.playback?.sequence ?? this.#seen;
        next(received);
      }, fail);
      return () => {
        this.#seen = undefined;
        stop();
      };
    });
    this.playbackTold = session.backend.observable(followed);
    this.playback = session.backend.observable(
      // If only the origin changed, the playback is a new but equal object.
      distinct(
        mapped(this.playbackTold, ({ playback }) => playback),
        isEqual,
      ),
    );
    this.playlist = session.document(session.path("playlist/current"), playlistDocument);
  }

  /**
   * Resumes, or plays another track from its beginning.
   *
   * @example
   * ```ts
   * await show.music.play(3);
   * ```
   */
  play(trackIndex?: number): Promise<void> {
    return this.#take({ kind: "play", ...(trackIndex !== undefined && { trackIndex }) });
  }

  /**
   * Pauses.
   *
   * @example
   * ```ts
   * await show.music.pause();
   * ```
   */
  pause(): Promise<void> {
    return this.#take({ kind: "pause" });
  }

  /**
   * Seeks within the current track.
   *
   * @example
   * ```ts
   * await show.music.seek(30_000);
   * ```
   */
  seek(positionMs: number): Promise<void> {
    return this.#take({ kind: "seek", positionMs });
  }

  /**
   * Plays the next track. After the last one it fails with `NOTHING_TO_PLAY`.
   *
   * @example
   * ```ts
   * await show.music.next();
   * ```
   */
  next(): Promise<void> {
    return this.#take({ kind: "next" });
  }

  /**
   * Restarts the track, or plays the previous one if it has just begun.
   *
   * @example
   * ```ts
   * await show.music.previous();
   * ```
   */
  previous(): Promise<void> {
    return this.#take({ kind: "previous" });
  }

  #take(step: Step): Promise<void> {
    const seen = this.#seen;
    const taken = this.#steps.then(() => this.#takeFrom(seen, step));
    this.#steps = taken.catch(() => undefined);
    return taken;
  }

  /** `seen`: the playback that the host acts on, apart from their own earlier steps. */
  async #takeFrom(seen: number | undefined, step: Step): Promise<void> {
    const { backend, uid } = this.#session;
    this.#session.requirePresence();
    if (this.#session.presence.current.kind === "over") throw new AmbientError("SHOW_NOT_LIVE");
    const now = await measured(this.#session.clock, backend.local, PATIENCE_MS);
    if (now === undefined) throw new AmbientError("CLOCK_UNKNOWN");
    const playbackRef = backend.doc(this.#session.path("playback/now"));
    const playlistRef = backend.doc(this.#session.path("playlist/current"));
    let sent: (TrackPosition & Pick<Playback, "sequence">) | undefined;
    let expected = seen === undefined ? undefined : Math.max(this.#taken, seen);
    const run = async (transaction: TransactionHandle) => {
      const playback = readBy(playbackDocument, await transaction.get(playbackRef));
      const playlist = readBy(playlistDocument, await transaction.get(playlistRef));
      if (playback?.mode !== "music" || !playlist) throw new AmbientError("NOTHING_TO_PLAY");
      // Set once: a retry after another host's step would do something unintended, such as skip a track.
      expected ??= playback.sequence;
      // Only the answer to the first attempt was lost.
      if (sent && isAt(playback, sent) && playback.by === uid) return;
      if (playback.sequence !== expected) throw new AmbientError("PLAYBACK_CHANGED");
      const position = positionAfter(
        step,
        playbackAt({ ...playback, mode: "music" }, playlist.tracks, now),
        playlist.tracks,
      );
      const track = position && playlist.tracks[position.trackIndex];
      if (!position || !track) throw new AmbientError("NOTHING_TO_PLAY");
      sent = { ...position, sequence: playback.sequence + 1 };
      transaction.update(playbackRef, {
        ...sent,
        trackUri: track.uri,
        at: backend.serverTimestamp(),
        by: uid,
        playlistRevision: playlist.revision,
      });
    };
    try {
      await backend.transaction(run);
      this.#taken = (expected ?? 0) + 1;
    } catch (error) {
      const explained = await this.#session.explain(asAmbientError(error));
      throw explained.reason === "PERMISSION_DENIED" && (await this.#isPast(expected))
        ? new AmbientError("PLAYBACK_CHANGED", { cause: error })
        : explained;
    }
  }

  /** The rules deny a step that another host's step preceded, and give no reason. */
  async #isPast(sequence: number | undefined): Promise<boolean> {
    const { backend, isHost } = this.#session;
    if (sequence === undefined || !isHost) return false;
    const playbackRef = backend.doc(this.#session.path("playback/now"));
    // In a transaction, because `getDoc` may return what a listener received last.
    const playback = await backend
      .transaction(async (transaction) =>
        readBy(playbackDocument, await transaction.get(playbackRef)),
      )
      .catch(() => undefined);
    return playback !== undefined && playback.sequence !== sequence;
  }
}

function originOf({ metadata }: DocumentSnapshotHandle): SnapshotOrigin {
  const { fromCache, hasPendingWrites } = metadata;
  return { fromCache, hasPendingWrites };
}

function isAt(
  { sequence, trackIndex, positionMs, paused }: Playback,
  sent: TrackPosition & Pick<Playback, "sequence">,
): boolean {
  return (
    sequence === sent.sequence &&
    trackIndex === sent.trackIndex &&
    positionMs === sent.positionMs &&
    paused === sent.paused
  );
}
