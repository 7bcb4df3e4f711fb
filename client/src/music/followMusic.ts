import { playbackDocument } from "../../../functions/src/music/schema.js";
import { readBy } from "../backend/readDocument.js";
import { followShow, type Follower, type FollowerOptions } from "../follow/follower.js";
import type { PlayerAdapter } from "../player/player.js";
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
  const session = sessionOf(show);
  const { backend, clock: server } = session;
  const { local } = backend;
  // A cache may still have the music of the last time: where each comes from is told with it.
  const playback = backend.snapshots(session.path("playback/now"), (snapshot) => ({
    now: readBy(playbackDocument, snapshot),
    origin: snapshot.metadata,
  }));
  const follower = followShow({ ...options, local, server, player });
  const stops = [
    session.within(playback).subscribe(({ now, origin }) => {
      if (now) follower.playbackArrived(now, origin);
    }),
    show.music.playlist.subscribe((playlist) => {
      follower.playlistArrived(playlist ?? null);
    }),
    // Over or gone: Spotify must not go on by itself with what nobody leads any more.
    show.presence.subscribe(({ kind }) => {
      if (kind !== "present") queueMicrotask(close);
    }),
  ];
  function close(): void {
    for (const stop of stops) stop();
    follower.close();
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
  };
}
