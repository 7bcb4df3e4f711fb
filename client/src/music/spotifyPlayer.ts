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
 * Spotify's Web API on the account of whoever is signed in: the token comes from the server, and is
 * asked for again when it has run out or Spotify does not take it.
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
      // The next person at this device must not play on the account of the last one.
      const uid = ambient.account.uid.current;
      const isUsable = (known: SpotifyAccess) =>
        known.uid === uid && known.accessToken !== rejected && !hasExpired(known);
      if (!access || !isUsable(access)) {
        access = { ...(await ambient.account.spotifyAccess()), uid };
      }
      return access.accessToken;
    },
  });
}

/** A little before it does: the request still has to get there. */
function hasExpired({ expiresAt }: SpotifyAccess): boolean {
  return deviceClock.wall() > expiresAt - 30_000;
}
