import { deviceClock } from "../../src/clock/localClock.js";
import { spotifyWebApi, type SpotifyWebApi } from "../../src/spotify/webApi.js";
import { webApiPlayer } from "../../src/spotify/webApiPlayer.js";
import type { SpotifyHarness } from "../../../local/test/spotify/support.js";

export const SCOPES = [
  "user-read-playback-state",
  "user-modify-playback-state",
  "user-library-modify",
];

/** A person's phone, connected to a local Spotify over HTTP. */
export async function listenerAtSpotify(
  harness: SpotifyHarness,
  persona = "listener-dan",
  scopes = SCOPES,
) {
  const { accessToken } = await harness.signIn(persona, scopes);
  const rejected: string[] = [];
  const api: SpotifyWebApi = spotifyWebApi({
    fetch,
    baseUrl: `${harness.url}/v1`,
    accessToken: (token) => {
      if (token !== undefined) rejected.push(token);
      return Promise.resolve(accessToken);
    },
  });
  return {
    api,
    player: webApiPlayer(api, deviceClock),
    /** The tokens that Spotify rejected. */
    rejected,
    /** The state of one of the person's devices. */
    spotify: () => harness.control.player(persona),
  };
}
