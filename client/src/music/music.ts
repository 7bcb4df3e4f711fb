import { playbackAt } from "../../../functions/src/contract/playbackAt.js";
import {
  playbackDocument,
  playlistDocument,
  type PlaybackDocument,
  type PlaylistDocument,
} from "../../../functions/src/contract/music.js";
import { attempt } from "../backend/backend.js";
import { readBy } from "../backend/readDocument.js";
import { measured } from "../clock/measured.js";
import type { SnapshotOrigin } from "../follow/showMusic.js";
import { AmbientError, asAmbientError } from "../errors/ambientError.js";
import { subscribable, type Subscribable } from "../observe/subscribable.js";
import type { Session } from "../show/session.js";
import { placeAfter, type Place, type Step } from "./step.js";

/**
 * What the stage does: talk, or music and where in it.
 *
 * @example
 * ```ts
 * const isMusic = (playback: Playback | undefined) => playback?.mode === "music";
 * ```
 */
export interface Playback extends PlaybackDocument {}

/**
 * A show's tracks.
 *
 * @example
 * ```ts
 * const names = ({ tracks }: Playlist) => tracks.map(({ name }) => name);
 * ```
 */
export interface Playlist extends PlaylistDocument {}

/** And where it comes from: a cache may still have what was on when one was here last. */
export interface PlaybackTold {
  readonly playback: Playback | undefined;
  readonly origin: SnapshotOrigin;
}

/** How long a host waits for the first measurement of the server's clock. */
const PATIENCE_MS = 5_000;

/**
 * The music of a show: what plays, and for hosts the transport. Each step is a transaction on what the host
 * saw: offline it fails, and when another host was first it is `PLAYBACK_CHANGED`. A host's own steps come one
 * after the other, however quickly they are asked for.
 *
 * @example
 * ```ts
 * await show.music.next();
 * ```
 */
export class Music {
  /**
   * What the stage does. While it is subscribed to, or followed by `followMusic`, the steps below are taken
   * from what was told last.
   *
   * @example
   * ```ts
   * show.music.playback.subscribe((playback) => setMode(playback?.mode));
   * ```
   */
  readonly playback: Subscribable<Playback | undefined>;
  /** @internal */
  readonly playbackTold: Subscribable<PlaybackTold>;
  readonly #session: Session;
  /** What each subscriber was told last: the host sees one of them, and all are told the same. */
  readonly #seen = new Map<symbol, number>();
  /** The host's own last step, which a subscription may tell only after the next one was asked for. */
  #taken = 0;
  /** One after the other: the second of two quick ones builds on the first. */
  #steps: Promise<void> = Promise.resolve();

  /** @internal */
  constructor(session: Session) {
    this.#session = session;
    const source = session.within(() =>
      session.backend.snapshots(session.path("playback/now"), (snapshot) => ({
        playback: readBy(playbackDocument, snapshot),
        origin: snapshot.metadata,
      })),
    );
    this.playbackTold = subscribable((next, fail) => {
      const subscriber = Symbol("subscriber");
      const stop = source.subscribe((told) => {
        if (told.playback) this.#seen.set(subscriber, told.playback.sequence);
        next(told);
      }, fail);
      return () => {
        this.#seen.delete(subscriber);
        stop();
      };
    });
    this.playback = subscribable((next, fail) =>
      this.playbackTold.subscribe(({ playback }) => {
        next(playback);
      }, fail),
    );
  }

  /**
   * The show's tracks; undefined where it has no playlist.
   *
   * @example
   * ```ts
   * show.music.playlist.subscribe((playlist) => renderTracks(playlist?.tracks ?? []));
   * ```
   */
  get playlist(): Subscribable<Playlist | undefined> {
    return this.#session.document(this.#session.path("playlist/current"), playlistDocument);
  }

  /**
   * Plays on, or plays another track from its beginning.
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
   * Pauses where it is.
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
   * Goes to another moment of the track.
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
   * Plays the next track; after the last one, `NOTHING_TO_PLAY`.
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
   * Plays the track again from its beginning, or the one before it while it has just begun.
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
    const seen = this.#seen.size > 0 ? Math.max(...this.#seen.values()) : undefined;
    const taken = this.#steps.then(() => this.#takeFrom(seen, step));
    this.#steps = taken.catch(() => undefined);
    return taken;
  }

  /** `seen`: the playback that the host acts on, his own steps before this one left aside. */
  async #takeFrom(seen: number | undefined, step: Step): Promise<void> {
    const { backend, uid } = this.#session;
    const { firestore } = backend.sdk;
    this.#session.requirePresence();
    if (this.#session.presence.current.kind === "over") throw new AmbientError("SHOW_NOT_LIVE");
    const now = await measured(this.#session.clock, backend.local, PATIENCE_MS);
    if (now === undefined) throw new AmbientError("CLOCK_UNKNOWN");
    const playbackRef = backend.doc(this.#session.path("playback/now"));
    const playlistRef = backend.doc(this.#session.path("playlist/current"));
    let sent: (Place & Pick<Playback, "sequence">) | undefined;
    let expected = seen === undefined ? undefined : Math.max(this.#taken, seen);
    const run = firestore.runTransaction(backend.db, async (transaction) => {
      const playback = readBy(playbackDocument, await transaction.get(playbackRef));
      const playlist = readBy(playlistDocument, await transaction.get(playlistRef));
      if (playback?.mode !== "music" || !playlist) throw new AmbientError("NOTHING_TO_PLAY");
      // Run again after another host's step, it would do what nobody meant: leave a song out.
      expected ??= playback.sequence;
      // Only the answer to the first try was lost.
      if (sent && isAt(playback, sent) && playback.by === uid) return;
      if (playback.sequence !== expected) throw new AmbientError("PLAYBACK_CHANGED");
      const place = placeAfter(step, playbackAt(playback, playlist.tracks, now), playlist.tracks);
      const track = place && playlist.tracks[place.trackIndex];
      if (!place || !track) throw new AmbientError("NOTHING_TO_PLAY");
      sent = { ...place, sequence: playback.sequence + 1 };
      transaction.update(playbackRef, {
        ...sent,
        trackUri: track.uri,
        at: firestore.serverTimestamp(),
        by: uid,
        playlistRevision: playlist.revision,
      });
    });
    try {
      await attempt(run);
      this.#taken = (expected ?? 0) + 1;
    } catch (error) {
      const explained = await this.#session.explain(asAmbientError(error));
      throw explained.reason === "PERMISSION_DENIED" && (await this.#isPast(expected))
        ? new AmbientError("PLAYBACK_CHANGED", { cause: error })
        : explained;
    }
  }

  /** The rules refuse a host's step that another one overtook under way, and do not say why. */
  async #isPast(sequence: number | undefined): Promise<boolean> {
    const { backend, isHost } = this.#session;
    if (sequence === undefined || !isHost) return false;
    const playbackRef = backend.doc(this.#session.path("playback/now"));
    // From the server: `getDoc` answers with what a listener was told last.
    const playback = await backend.sdk.firestore
      .runTransaction(backend.db, async (transaction) =>
        readBy(playbackDocument, await transaction.get(playbackRef)),
      )
      .catch(() => undefined);
    return playback !== undefined && playback.sequence !== sequence;
  }
}

function isAt(
  { sequence, trackIndex, positionMs, paused }: Playback,
  sent: Place & Pick<Playback, "sequence">,
): boolean {
  return (
    sequence === sent.sequence &&
    trackIndex === sent.trackIndex &&
    positionMs === sent.positionMs &&
    paused === sent.paused
  );
}
