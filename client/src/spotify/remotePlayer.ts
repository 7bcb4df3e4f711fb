import type { Cancel, LocalClock } from "../clock/localClock.js";
import type { PlayerAdapter } from "../player/player.js";

/**
 * The Spotify app on the same phone, through its iOS SDK or Android App Remote: an app writes this bridge
 * in a few lines. Whatever fails rejects with a SpotifyFailure: `appMissing` where the app is not
 * installed, `notPremium` where it says so, `unavailable` where the connection to it is lost.
 *
 * @example
 * ```ts
 * const remote: SpotifyRemote = {
 *   pause: () => bridge.pause(),
 *   seekTo: (positionMs) => bridge.seek(positionMs),
 *   playerState: () => bridge.getPlayerState(),
 *   subscribe: (listener) => bridge.onPlayerStateChanged(listener),
 * };
 * ```
 */
export interface SpotifyRemote {
  pause(): Promise<void>;
  seekTo(positionMs: number): Promise<void>;
  /** `playerState` as the SDK has it. */
  playerState(): Promise<{
    readonly trackUri: string | null;
    readonly positionMs: number;
    readonly paused: boolean;
  }>;
  subscribe(listener: () => void): Cancel;
}

/**
 * A player that is commanded and seen on the phone itself, at once and as often as one likes. The SDKs
 * take one track at a time, and a locked phone must have the rest of the playlist: so the list goes the
 * way of the Web API (`handOver`), to the same app.
 *
 * @example
 * ```ts
 * const overWebApi = webApiPlayer(spotifyOf(ambient), deviceClock);
 * const follower = followMusic(show, remotePlayer(remote, overWebApi, deviceClock));
 * ```
 */
export function remotePlayer(
  remote: SpotifyRemote,
  handOver: Pick<PlayerAdapter, "play" | "longestList">,
  local: Pick<LocalClock, "monotonic">,
): PlayerAdapter {
  return {
    longestList: handOver.longestList,
    typicalLatencyMs: { play: 500, seek: 80 },
    reportEveryMs: 5_000,
    settlingMs: 1_000,
    play: (list) => handOver.play(list),
    pause: () => remote.pause(),
    seek: (positionMs) => remote.seekTo(positionMs),
    async report() {
      const askedAt = local.monotonic();
      const state = await remote.playerState();
      const tookMs = local.monotonic() - askedAt;
      return { ...state, at: askedAt + tookMs / 2, errorMs: tookMs / 2 };
    },
    subscribe: (listener) => remote.subscribe(listener),
  };
}
