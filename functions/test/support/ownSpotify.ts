import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { randomBytes } from "node:crypto";
import { defaultScopes } from "../../../client/src/account/spotifyAuthorization.js";
import { codeChallengeOf } from "../../../local/spotify/accounts/pkce.js";
import { spotifyControl, type SpotifyControl } from "../../../local/spotify/control/client.js";
import { personas } from "../../../local/spotify/personas.js";
import { startLocalSpotify } from "../../../local/spotify/server.js";
import type { Clock } from "../../src/clock.js";
import { credentialsRef } from "../../src/collections.js";
import { spotifyCatalog } from "../../src/spotify/catalog.js";
import type { SpotifyCatalog } from "../../src/ports/spotifyCatalog.js";
import type { TokenCipher } from "../../src/ports/tokenCipher.js";
import { encryptGrant } from "../../src/spotify/credentials.js";
import { spotifyGateway } from "../../src/spotify/gateway.js";
import type { Grant, SpotifyGateway } from "../../src/ports/spotifyGateway.js";

/** A local Spotify for one test file, called like the functions call it. */
export interface OwnSpotify {
  readonly control: SpotifyControl;
  catalog(clock: Clock): SpotifyCatalog;
  gateway(clock: Clock): SpotifyGateway;
  /** What signing in with Spotify takes: a persona's code, which works once. By default with all scopes that the app asks for. */
  code(
    persona: string,
    scopes?: readonly string[],
  ): Promise<{ code: string; redirectUri: string; codeVerifier: string }>;
  /** A persona's grant, by default with all scopes that the app asks for. */
  grant(
    clock: Clock,
    persona: string,
    scopes?: readonly string[],
  ): Promise<Grant & { refreshToken: string }>;
  /** The requests to the Web API in order, such as "GET /v1/me/playlists". */
  requests(): Promise<string[]>;
  /** Resets everything: no faults, development mode, the original playlists, no requests. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

const clientId = "client";
const clientSecret = "the-client-secret";
const redirectUri = "ambient://callback";
const A_YEAR_MS = 366 * 24 * 3_600_000;

export async function startOwnSpotify(): Promise<OwnSpotify> {
  const redirectUris = [redirectUri];
  const spotify = await startLocalSpotify({ clientId, clientSecret, redirectUris, personas });
  const control = spotifyControl(spotify.url);
  const servers = (clock: Clock) => ({
    accountsUrl: spotify.url,
    apiUrl: `${spotify.url}/v1`,
    clock,
  });
  const gateway = (clock: Clock) => spotifyGateway({ ...servers(clock), clientId, clientSecret });
  const code: OwnSpotify["code"] = async (persona, scopes = defaultScopes) => {
    const codeVerifier = randomBytes(32).toString("base64url");
    const codeChallenge = codeChallengeOf(codeVerifier);
    const authorization = { persona, clientId, redirectUri, scopes, codeChallenge };
    return { code: (await control.authorize(authorization)).code, redirectUri, codeVerifier };
  };
  return {
    control,
    gateway,
    catalog: (clock) => spotifyCatalog(servers(clock)),
    code,
    grant: async (clock, persona, scopes) =>
      gateway(clock).exchangeCode(await code(persona, scopes), clock.now() + 10_000),
    requests: async () =>
      (await control.requests())
        .filter(({ path }) => path.startsWith("/v1/"))
        .map(({ method, path }) => `${method} ${path}`),
    async reset() {
      await Promise.all([
        control.faults.clear(),
        control.setQuotaMode("development"),
        control.resetClock(),
        control.resetPlaylists(),
      ]);
      await control.clearRequests();
    },
    close: () => spotify.close(),
  };
}

/** Wraps a catalogue so that `happens` runs once, just before the page at `offset` is read. */
export function beforePage(
  catalog: SpotifyCatalog,
  offset: number,
  happens: () => Promise<unknown>,
): SpotifyCatalog {
  let happened = false;
  return {
    ...catalog,
    async readPlaylist(accessToken, id, from, deadline) {
      if (from.offset === offset && !happened) {
        happened = true;
        await happens();
      }
      return catalog.readPlaylist(accessToken, id, from, deadline);
    },
  };
}

/** Stores a grant for an account, like a sign-in does. */
export async function storeGrant(
  { firestore, cipher, clock }: { firestore: Firestore; cipher: TokenCipher; clock: Clock },
  uid: string,
  grant: Grant & { refreshToken: string },
  lifeMs = A_YEAR_MS,
): Promise<void> {
  await credentialsRef(firestore, uid).set({
    ...encryptGrant(cipher, uid, grant),
    grantExpiresAt: Timestamp.fromMillis(clock.now() + lifeMs),
    lease: null,
    refreshFailure: null,
    updatedAt: Timestamp.fromMillis(clock.now()),
  });
}
