import { randomBytes } from "node:crypto";
import { signInWithSpotify } from "../../functions/src/identity/schema.js";
import type { Endpoints } from "../suite/endpoints.js";
import { codeChallengeOf } from "../spotify/accounts/pkce.js";
import { spotifyControl } from "../spotify/control/client.js";
import { openApp, type App } from "./app.js";

export const SCOPES = ["user-read-private", "user-read-email", "streaming"];

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
