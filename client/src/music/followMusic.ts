import { followShow, type Follower, type FollowerOptions } from "../follow/follower.js";
import type { PlayerAdapter } from "../player/player.js";
import { hasEnded } from "../show/presence.js";
import { sessionOf, type Show } from "../show/show.js";

/**
 * A follower that is fed by the show itself.
 *
 * @example
 * ```ts
 * const follower: MusicFollower = followMusic(show, player);
 * ```
 */
export type MusicFollower = Omit<Follower, "playbackArrived" | "playlistArrived">;

/**
 * Plays a show's music on the listener's own player, in step with everybody else's. It ends with the show, or when
 * one is not in it any more. An app that does not call it does not load it.
 *
 * @example
 * ```ts
 * const follower = followMusic(show, player);
 * follower.subscribe(() => render(follower.moment(), adviceFor[follower.outcome().kind]));
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
  const stops = [
    show.music.playbackTold.subscribe(({ playback, origin }) => {
      if (playback) follower.playbackArrived(playback, origin);
    }),
    show.music.playlist.subscribe((playlist) => {
      follower.playlistArrived(playlist ?? null);
    }),
    // Over or gone: Spotify must not go on by itself with what nobody leads any more.
    show.presence.subscribe((presence) => {
      if (hasEnded(presence)) queueMicrotask(close);
    }),
  ];
  function close(): void {
    for (const stop of stops) stop();
    follower.close();
  }
  function release(): void {
    for (const stop of stops) stop();
    follower.release();
  }
  return {
    moment: () => follower.moment(),
    outcome: () => follower.outcome(),
    subscribe: (listener) => follower.subscribe(listener),
    resume: () => {
      follower.resume();
    },
    refresh: () => {
      follower.refresh();
    },
    close,
    release,
  };
}
