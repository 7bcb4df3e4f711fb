import type { Ambient } from "../ambient.js";
import { deviceClock } from "../clock/localClock.js";
import { platformFetch } from "../http.js";
import { type SpotifyWebApi, spotifyWebApi } from "../spotify/webApi.js";

interface SpotifyAccess {
  readonly uid: string | null | undefined;
  readonly accessToken: string;
  readonly expiresAt: number;
}

/**
 * Spotify's Web API on the signed-in person's account. The access token comes from the server, and is fetched again
 * when it has expired or Spotify rejects it.
 *
 * @example
 * ```ts
 * const player = webApiPlayer(spotifyOf(ambient), deviceClock);
 * const follower = followMusic(show, player);
 * ```
 */
export function spotifyOf(
  ambient: Ambient,
  options: { readonly baseUrl?: string } = {},
): SpotifyWebApi {
  let access: SpotifyAccess | undefined;
  return spotifyWebApi({
    ...options,
    fetch: platformFetch,
    async accessToken(rejected) {
      const uid = ambient.account.uid.current;
      // The next person on this device must not play on the previous person's account. While there is none, the music that
      // still plays on that account has to be paused.
      const isUsable = (known: SpotifyAccess) =>
        (uid === null || known.uid === uid) && known.accessToken !== rejected && !hasExpired(known);
      if (!access || !isUsable(access)) {
        access = { ...(await ambient.account.spotifyAccess()), uid };
      }
      return access.accessToken;
    },
  });
}

/** True a little early, so that a request still arrives in time. */
function hasExpired({ expiresAt }: SpotifyAccess): boolean {
  return deviceClock.wall() > expiresAt - 30_000;
}
