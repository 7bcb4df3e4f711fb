import type { Ambient } from "../ambient.js";
import { deviceClock } from "../clock/localClock.js";
import { type SpotifyWebApi, spotifyWebApi } from "../spotify/webApi.js";

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
  let access: { readonly accessToken: string; readonly expiresAt: number } | undefined;
  return spotifyWebApi({
    ...options,
    fetch: (url, request) => globalThis.fetch(url, request),
    async accessToken(rejected) {
      const isUsable = access && access.accessToken !== rejected && !hasExpired(access.expiresAt);
      access = isUsable ? access : await ambient.account.spotifyAccess();
      return access?.accessToken ?? "";
    },
  });
}

/** A little before it does: the request still has to get there. */
function hasExpired(expiresAt: number): boolean {
  return deviceClock.wall() > expiresAt - 30_000;
}
