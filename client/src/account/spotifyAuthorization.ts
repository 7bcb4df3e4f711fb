import { AmbientError } from "../errors/ambientError.js";

/**
 * The Spotify permissions that an app asks for: to read the person's profile and playlists, to play on their
 * account, and to save songs to their library and setlists as playlists.
 *
 * @example
 * ```ts
 * const scopes = defaultScopes.filter((scope) => scope !== "user-library-modify");
 * ```
 */
export const defaultScopes: readonly string[] = [
  "user-read-private",
  "user-read-email",
  "playlist-read-private",
  "playlist-read-collaborative",
  "user-read-playback-state",
  "user-modify-playback-state",
  "streaming",
  "user-library-modify",
  "playlist-modify-private",
];

/**
 * The options of `authorizeSpotify`.
 *
 * @example
 * ```ts
 * const options: AuthorizationOptions = { clientId, redirectUri: "ambient://callback" };
 * ```
 */
export interface AuthorizationOptions {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes?: readonly string[];
  /** Spotify's authorisation page. Set it to use a local Spotify. */
  readonly authorizeUrl?: string;
}

/**
 * A sign-in attempt, from Spotify's page to its redirect. It is plain JSON, so a web app can keep it in
 * `sessionStorage` during the redirect.
 *
 * @example
 * ```ts
 * sessionStorage.setItem("authorization", JSON.stringify(authorization));
 * location.assign(authorization.url);
 * ```
 */
export interface Authorization {
  /** The page to open. */
  readonly url: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly codeVerifier: string;
}

/**
 * Begins the sign-in with PKCE (RFC 7636). It needs `crypto.subtle`, which browsers offer over HTTPS and on
 * 127.0.0.1. In React Native, use `react-native-app-auth`, which returns the code and the verifier.
 *
 * @example
 * ```ts
 * const authorization = await authorizeSpotify({ clientId, redirectUri });
 * ```
 */
export async function authorizeSpotify({
  clientId,
  redirectUri,
  scopes = defaultScopes,
  authorizeUrl = "https://accounts.spotify.com/authorize",
}: AuthorizationOptions): Promise<Authorization> {
  const codeVerifier = randomText();
  const state = randomText();
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(codeVerifier));
  const url = new URL(authorizeUrl);
  url.search = new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    redirect_uri: redirectUri,
    scope: scopes.join(" "),
    code_challenge_method: "S256",
    code_challenge: base64Url(new Uint8Array(digest)),
    state,
  }).toString();
  return { url: url.href, redirectUri, state, codeVerifier };
}

/**
 * Reads the address that Spotify redirected to, for `account.signIn`. Throws `SIGN_IN_CANCELLED` if the person
 * declined or the redirect belongs to another attempt.
 *
 * @example
 * ```ts
 * await ambient.account.signIn(readRedirect(location.href, authorization));
 * ```
 */
export function readRedirect(
  address: string,
  { redirectUri, state, codeVerifier }: Authorization,
): { code: string; redirectUri: string; codeVerifier: string } {
  const { searchParams } = new URL(address);
  const code = searchParams.get("code");
  if (code === null || searchParams.get("state") !== state) {
    throw new AmbientError("SIGN_IN_CANCELLED");
  }
  return { code, redirectUri, codeVerifier };
}

/** 43 characters from the alphabet that PKCE allows for a verifier. */
function randomText(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
