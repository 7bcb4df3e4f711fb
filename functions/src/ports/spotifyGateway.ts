import type { SpotifyProfile } from "./spotifyProfile.js";

/** What Spotify granted: an access token, and what it may be used for. */
export interface Grant {
  accessToken: string;
  /** Absent when Spotify keeps the old one. */
  refreshToken?: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  scopes: string[];
}

/**
 * Spotify's accounts, as far as Ambient uses them. `deadline` is in milliseconds since the epoch: within it a
 * call waits out a rate limit and tries again where that is safe. Every method may refuse with
 * SPOTIFY_RATE_LIMITED, SPOTIFY_QUOTA_EXCEEDED and SPOTIFY_UNAVAILABLE; no error quotes a token, a code or a body.
 */
export interface SpotifyGateway {
  /** Refuses with SPOTIFY_CODE_REJECTED a code that is used, expired, foreign or badly verified. */
  exchangeCode(
    request: { code: string; redirectUri: string; codeVerifier: string },
    deadline: number,
  ): Promise<Grant & { refreshToken: string }>;
  /** Refuses with SPOTIFY_RELINK_REQUIRED when the grant was revoked or is over. */
  refreshAccessToken(refreshToken: string, deadline: number): Promise<Grant>;
  /** Refuses with SPOTIFY_NOT_ALLOWED an account that is off the app's allow-list. */
  getProfile(accessToken: string, deadline: number): Promise<SpotifyProfile>;
}
