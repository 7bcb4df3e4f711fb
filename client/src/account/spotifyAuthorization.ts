import { AmbientError } from "../errors/ambientError.js";

/**
 * What the app asks Spotify's user to allow: to know him, to read his playlists, to play on his
 * account, and to keep songs for him.
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
];

/**
 * How to ask Spotify.
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
  /** Where Spotify's page is, for a local Spotify. */
  readonly authorizeUrl?: string;
}

/**
 * An attempt to sign in, from Spotify's page to its redirect. It is plain JSON, so that a web app can keep it in
 * `sessionStorage` over the redirect.
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
 * Begins the sign-in with PKCE (RFC 7636). It needs `crypto.subtle`, which browsers have over https and
 * on 127.0.0.1; in React Native, `react-native-app-auth` does the same and gives code and verifier.
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
 * What the address that Spotify came back to says: the argument of `account.signIn`. Throws
 * `SIGN_IN_CANCELLED` where the person said no, or the redirect belongs to another attempt.
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

/** 43 characters of the alphabet that a verifier may have. */
function randomText(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
