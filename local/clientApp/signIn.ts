import { authorizeSpotify, readRedirect } from "../../client/src/account/spotifyAuthorization.js";
import { signInWithSpotify } from "../../functions/src/contract/identity.js";
import type { Endpoints } from "../suite/endpoints.js";
import { openApp, type App } from "./app.js";

/** Authorises a persona at the local Spotify, as an app does before it calls signInWithSpotify. */
export async function authorizeAt(endpoints: Endpoints, persona: string) {
  const authorization = await authorizeSpotify({
    clientId: endpoints.spotifyClientId,
    redirectUri: endpoints.redirectUri,
    authorizeUrl: `http://${endpoints.spotify}/authorize`,
  });
  // The local Spotify skips the consent page when it is given a persona.
  const response = await fetch(`${authorization.url}&persona=${persona}`, { redirect: "manual" });
  const redirect = response.headers.get("location");
  if (redirect === null) throw new Error(`GET /authorize: ${await response.text()}`);
  return readRedirect(redirect, authorization);
}

/** Opens a persona's app and signs in through the local Spotify. */
export async function signInAs(endpoints: Endpoints, persona: string): Promise<App> {
  const app = openApp(endpoints);
  const { customToken } = await app.call(signInWithSpotify, await authorizeAt(endpoints, persona));
  await app.signIn(customToken);
  return app;
}
