import SpotifyWebApi from "spotify-web-api-node";
import { Refusal } from "../errors.js";
import { expectShape, spotifyCaller, type SpotifyServers } from "./caller.js";
import { profileAnswer } from "../ports/spotifyProfile.js";
import { tokenAnswer, tokenRefusal } from "./accountsSchema.js";
import type { Answer } from "./transport.js";
import type { Grant, SpotifyGateway } from "../ports/spotifyGateway.js";

export interface SpotifyGatewayOptions extends SpotifyServers {
  clientId: string;
  clientSecret: string;
}

export function spotifyGateway(options: SpotifyGatewayOptions): SpotifyGateway {
  const { clientId, clientSecret, clock } = options;
  const answerTo = spotifyCaller(options);

  function grantOf(answer: Answer): Grant {
    const tokens = expectShape(tokenAnswer, answer.body);
    return {
      accessToken: tokens.access_token,
      ...(tokens.refresh_token && { refreshToken: tokens.refresh_token }),
      expiresAt: clock.now() + tokens.expires_in * 1000,
      scopes: tokens.scope.split(" ").filter((scope) => scope !== ""),
    };
  }

  return {
    async exchangeCode({ code, redirectUri, codeVerifier }, deadline) {
      const api = new SpotifyWebApi({ clientId, clientSecret, redirectUri });
      const answer = await answerTo({
        deadline,
        // A code is single-use: after a lost answer it may be spent.
        repeatable: false,
        form: { code_verifier: codeVerifier },
        send: () => api.authorizationCodeGrant(code),
      });
      if (answer.status !== 200) throw tokenRefusalOf(answer, "SPOTIFY_CODE_REJECTED");
      const grant = grantOf(answer);
      if (!grant.refreshToken) throw new Refusal("SPOTIFY_UNAVAILABLE");
      return { ...grant, refreshToken: grant.refreshToken };
    },

    async refreshAccessToken(refreshToken, deadline) {
      const api = new SpotifyWebApi({ clientId, clientSecret, refreshToken });
      const answer = await answerTo({
        deadline,
        // Spotify may have rotated the token before the answer was lost.
        repeatable: false,
        send: () => api.refreshAccessToken(),
      });
      if (answer.status !== 200) throw tokenRefusalOf(answer, "SPOTIFY_RELINK_REQUIRED");
      return grantOf(answer);
    },

    async getProfile(accessToken, deadline) {
      const api = new SpotifyWebApi({ accessToken });
      const answer = await answerTo({ deadline, repeatable: true, send: () => api.getMe() });
      if (answer.status === 403) throw new Refusal("SPOTIFY_NOT_ALLOWED");
      if (answer.status !== 200) throw new Refusal("SPOTIFY_UNAVAILABLE");
      return expectShape(profileAnswer, answer.body);
    },
  };
}

/**
 * `/api/token` answers `invalid_grant` (or `invalid_request`, for a missing verifier) if the person's code or token
 * is wrong, and `invalid_client` if the app's credentials are, which only the operator can fix.
 */
function tokenRefusalOf(
  answer: Answer,
  reason: "SPOTIFY_CODE_REJECTED" | "SPOTIFY_RELINK_REQUIRED",
): Error {
  const refusal = tokenRefusal.safeParse(answer.body);
  if (!refusal.success) return new Refusal("SPOTIFY_UNAVAILABLE");
  switch (refusal.data.error) {
    case "invalid_grant":
      return new Refusal(reason);
    case "invalid_request":
      return new Refusal(reason === "SPOTIFY_CODE_REJECTED" ? reason : "SPOTIFY_UNAVAILABLE");
    case "invalid_client":
      return new Error("Spotify refuses SPOTIFY_CLIENT_ID or SPOTIFY_CLIENT_SECRET");
    default:
      return new Refusal("SPOTIFY_UNAVAILABLE");
  }
}
