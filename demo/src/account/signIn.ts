import { AmbientError, authorizeSpotify, readRedirect, type Ambient } from "@ambient/client";
import { z } from "zod";
import { openAmbient } from "../ambient/openAmbient.js";
import { addressOf } from "../app/slot.js";
import type { Suite } from "../suite/suite.js";

/** A sign-in that is under way, over the redirect. */
const attempt = z.object({
  url: z.string(),
  redirectUri: z.string(),
  state: z.string(),
  codeVerifier: z.string(),
  slot: z.string(),
  /** Where in the app the person wanted to be. */
  place: z.string(),
});

/** Frames beside each other share the storage: each attempt has its own entry. */
const keyOf = (state: string) => `authorization:${state}`;

/** Leaves for Spotify's page. With a persona the local Spotify does not ask and redirects at once. */
export async function beginSignIn(suite: Suite, slot: string, persona?: string): Promise<void> {
  const authorization = await authorizeSpotify({
    clientId: suite.spotifyClientId,
    redirectUri: `${location.origin}/callback`,
    authorizeUrl: `http://${suite.spotify}/authorize`,
  });
  // The redirect's address says nothing else of who began, and several people share this browser.
  const state = `${authorization.state}.${slot}`;
  const url = new URL(authorization.url);
  url.searchParams.set("state", state);
  if (persona !== undefined) url.searchParams.set("persona", persona);
  const place = location.hash === "" ? "#/" : location.hash;
  const stored = { ...authorization, url: url.href, state, slot, place };
  sessionStorage.setItem(keyOf(state), JSON.stringify(stored));
  location.assign(url);
}

export function isCallback(address: Location): boolean {
  return address.pathname === "/callback";
}

/** What Spotify's redirect brought, as a person who is signed in. */
export async function finishSignIn(
  suite: Suite,
): Promise<{ readonly ambient: Ambient; readonly slot: string }> {
  const key = keyOf(new URL(location.href).searchParams.get("state") ?? "");
  const stored = attempt.safeParse(parse(sessionStorage.getItem(key) ?? "null"));
  sessionStorage.removeItem(key);
  if (!stored.success) throw new AmbientError("SIGN_IN_CANCELLED");
  const { slot, place } = stored.data;
  const ambient = openAmbient(suite, slot);
  await ambient.account.signIn(readRedirect(location.href, stored.data));
  // A code is used up: Back and Reload must not send it again.
  history.replaceState(null, "", addressOf(slot, place));
  return { ambient, slot };
}

function parse(text: string): unknown {
  return JSON.parse(text);
}
