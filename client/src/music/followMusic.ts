import { followShow, type Follower, type FollowerOptions } from "../follow/follower.js";
import type { PlayerAdapter } from "../player/player.js";
import { hasEnded } from "../show/presence.js";
import { sessionOf, type Show } from "../show/show.js";

/**
 * A follower that is connected to its show.
 *
 * @example
 * ```ts
 * const follower: MusicFollower = followMusic(show, player);
 * ```
 */
export type MusicFollower = Omit<Follower, "playbackArrived" | "playlistArrived">;

/**
 * Plays a show's music on the listener's own player, in step with everyone else. It ends with the show, or when the
 * person leaves. Apps that do not use it do not bundle it.
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
    // Without this, Spotify would go on playing after the show or the person's stay has ended.
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
