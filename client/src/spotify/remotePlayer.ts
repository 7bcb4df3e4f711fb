import type { Cancel, LocalClock } from "../clock/localClock.js";
import type { PlayerAdapter, Recording } from "../player/player.js";

/**
 * A bridge to the Spotify app on the same phone, which an app writes over Spotify's iOS SDK or Android App Remote.
 * Failures reject with an `AmbientError`: `SPOTIFY_APP_MISSING` if the app is not installed, `SPOTIFY_NOT_PREMIUM` if it
 * says so. Any other error counts as a lost connection.
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
  /** The SDK's `playerState`. */
  playerState(): Promise<{
    readonly trackUri: string | null;
    readonly positionMs: number;
    readonly paused: boolean;
    /** The SDK's track, by which a release for the listener's country is recognised. */
    readonly recording?: Recording | undefined;
  }>;
  subscribe(listener: () => void): Cancel;
}

/**
 * A player on the phone itself, which answers at once and may be read often. The SDKs take one track at a time, but
 * a locked phone needs the rest of the playlist. So `play` goes over the Web API (`handOver`) to the same app.
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
