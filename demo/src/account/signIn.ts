import {
  AmbientError,
  asAmbientError,
  authorizeSpotify,
  readRedirect,
  type Ambient,
} from "@ambient/client";
import { z } from "zod";
import { openAmbient } from "../ambient/openAmbient.js";
import { addressOf, currentSlot, enterSlot } from "../app/slot.js";
import type { Suite } from "../suite/suite.js";

/** The slot and the page of a sign-in. A failed sign-in passes them on to the next attempt. */
const aim = z.object({
  slot: z.string(),
  persona: z.string().optional(),
  /** The page to return to. */
  place: z.string(),
});
export type Aim = z.infer<typeof aim>;

/** The default for a redirect that belongs to no attempt. */
const anyAim: Aim = { slot: "guest", place: "#/" };

/** A sign-in attempt, stored during the redirect. */
const attempt = aim.extend({
  url: z.string(),
  redirectUri: z.string(),
  state: z.string(),
  codeVerifier: z.string(),
});

/** Frames in one page share the storage, so each attempt has its own entry. */
const keyOf = (state: string) => `authorization:${state}`;

/** Opens Spotify's page. With a persona, the local Spotify redirects at once. */
export async function beginSignIn(
  suite: Suite,
  slot: string,
  persona?: string,
  place = location.hash === "" ? "#/" : location.hash,
): Promise<void> {
  const authorization = await authorizeSpotify({
    clientId: suite.spotifyClientId,
    redirectUri: `${location.origin}/callback`,
    authorizeUrl: `http://${suite.spotify}/authorize`,
  });
  // Several people share this browser, and only the redirect's state tells which of them began.
  const state = `${authorization.state}.${slot}`;
  const url = new URL(authorization.url);
  url.searchParams.set("state", state);
  if (persona !== undefined) url.searchParams.set("persona", persona);
  const stored = { ...authorization, url: url.href, state, slot, persona, place };
  sessionStorage.setItem(keyOf(state), JSON.stringify(stored));
  location.assign(url);
}

/** Signs the person of this page in again, and returns to the page. */
export function signInAgain(suite: Suite): void {
  const slot = currentSlot();
  void beginSignIn(suite, slot, suite.personas.find(({ id }) => id === slot)?.id);
}

export function isCallback(address: Location): boolean {
  return address.pathname === "/callback";
}

type Outcome =
  | { readonly kind: "ready"; readonly ambient: Ambient; readonly slot: string }
  | { readonly kind: "refused"; readonly error: AmbientError; readonly aim: Aim };

/** Completes a sign-in after Spotify's redirect. */
export async function finishSignIn(suite: Suite): Promise<Outcome> {
  const key = keyOf(new URL(location.href).searchParams.get("state") ?? "");
  const stored = attempt.safeParse(parse(sessionStorage.getItem(key) ?? "null"));
  sessionStorage.removeItem(key);
  if (!stored.success) {
    return { kind: "refused", error: new AmbientError("SIGN_IN_CANCELLED"), aim: anyAim };
  }
  const { slot, place } = stored.data;
  try {
    const ambient = openAmbient(suite, slot);
    await ambient.account.signIn(readRedirect(location.href, stored.data));
    // A code works once, so Back and Reload must not send it again.
    enterSlot(slot, addressOf(slot, place));
    return { kind: "ready", ambient, slot };
  } catch (error) {
    return { kind: "refused", error: asAmbientError(error), aim: stored.data };
  }
}

function parse(text: string): unknown {
  return JSON.parse(text);
}
