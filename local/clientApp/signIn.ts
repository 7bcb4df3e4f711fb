import { randomBytes } from "node:crypto";
import { signInWithSpotify } from "../../functions/src/identity/schema.js";
import type { Endpoints } from "../suite/endpoints.js";
import { codeChallengeOf } from "../spotify/accounts/pkce.js";
import { spotifyControl } from "../spotify/control/client.js";
import { openApp, type App } from "./app.js";

/** What the app asks its user to allow. */
export const SCOPES = [
  "user-read-private",
  "user-read-email",
  // A creator chooses one of his playlists, also one that he only has a part in.
  "playlist-read-private",
  "playlist-read-collaborative",
  // A listener hears the music on his own account: through the Web API, or in a player of the app's.
  "user-read-playback-state",
  "user-modify-playback-state",
  "streaming",
  // He keeps a song that he liked.
  "user-library-modify",
];

/** What an app does before it calls: it authorizes at Spotify, with PKCE. */
export async function authorizeAt(endpoints: Endpoints, persona: string) {
  const codeVerifier = randomBytes(32).toString("base64url");
  const { code } = await spotifyControl(`http://${endpoints.spotify}`).authorize({
    persona,
    clientId: endpoints.spotifyClientId,
    redirectUri: endpoints.redirectUri,
    scopes: SCOPES,
    codeChallenge: codeChallengeOf(codeVerifier),
  });
  return { code, redirectUri: endpoints.redirectUri, codeVerifier };
}

/** A persona's app, signed in the way everybody signs in. */
export async function signInAs(endpoints: Endpoints, persona: string): Promise<App> {
  const app = openApp(endpoints);
  const { customToken } = await app.call(signInWithSpotify, await authorizeAt(endpoints, persona));
  await app.signIn(customToken);
  return app;
}
