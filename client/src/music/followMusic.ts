import { followShow, type Follower, type FollowerOptions } from "../follow/follower.js";
import { isEqual } from "../observe/isEqual.js";
import { Observed, type KnownObservable } from "../observe/observable.js";
import { endedScope } from "../observe/scope.js";
import type { Outcome } from "../player/outcome.js";
import type { PlayerAdapter } from "../player/player.js";
import { hasEnded } from "../show/presence.js";
import { sessionOf, type Show } from "../show/show.js";

/**
 * What plays in the show, and the result on this device.
 *
 * @example
 * ```ts
 * const isHeard = ({ outcome }: MusicState) => outcome.kind === "playing";
 * ```
 */
export interface MusicState {
  /** What played when another track or phase began; `follower.moment()` is what plays now. Undefined: not known yet. */
  readonly moment: ReturnType<Follower["moment"]>;
  readonly outcome: Outcome;
}

/**
 * A follower that is connected to its show. It reports each new outcome, track and phase.
 *
 * @example
 * ```ts
 * const follower: MusicFollower = followMusic(show, player);
 * ```
 */
export interface MusicFollower
  extends KnownObservable<MusicState>, Pick<Follower, "moment" | "resume" | "close" | "release"> {}

/**
 * Plays a show's music on the listener's own player, in step with everyone else. It ends with the show, or when the
 * person leaves. Apps that do not use it do not bundle it.
 *
 * @example
 * ```ts
 * const follower = followMusic(show, player);
 * follower.subscribe(({ moment, outcome }) => render(moment, adviceFor[outcome.kind]));
 * ```
 */
export function followMusic(
  show: Show,
  player: PlayerAdapter,
  options: Pick<FollowerOptions, "onCommand"> = {},
): MusicFollower {
  const { backend, clock: server } = sessionOf(show);
  const { local } = backend;
  const follower = followShow({ ...options, local, server, player });
  const now = (): MusicState => ({ moment: follower.moment(), outcome: follower.outcome() });
  const music = new Observed(now());
  follower.subscribe(() => {
    const latest = now();
    if (!isEqual(latest, music.current)) music.set(latest);
  });
  const stops = [
    show.music.playbackTold.subscribe(
      ({ playback, origin }) => {
        if (playback) follower.playbackArrived(playback, origin);
      },
      (error) => {
        // The end of a stay or of a sign-in closes the follower, too: see below.
        if (!endedScope(error)) queueMicrotask(giveUp);
      },
    ),
    show.music.playlist.subscribe((playlist) => {
      follower.playlistArrived(playlist ?? null);
    }),
    backend.onForeground(() => {
      follower.refresh();
    }),
    // Without this, Spotify would keep playing after the show or the person's stay has ended.
    show.presence.subscribe((presence) => {
      if (hasEnded(presence)) queueMicrotask(close);
    }),
  ];
  /** Without the show's state, Spotify would keep playing over talk. */
  function giveUp(): void {
    close();
    music.set({ moment: undefined, outcome: { kind: "unavailable" } });
  }
  function close(): void {
    for (const stop of stops.splice(0)) stop();
    follower.close();
  }
  function release(): void {
    for (const stop of stops.splice(0)) stop();
    follower.release();
  }
  return {
    get state() {
      return music.state;
    },
    get current() {
      return music.current;
    },
    subscribe: music.subscribe,
    moment: () => follower.moment(),
    resume: () => {
      follower.resume();
    },
    close,
    release,
  };
}
