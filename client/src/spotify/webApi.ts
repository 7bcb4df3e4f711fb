import { asAmbientError } from "../errors/ambientError.js";
import type { Fetch } from "../http.js";
import { parseJson } from "../json.js";
import type { SpotifyAnswer } from "./answer.js";
import { failureOfAnswer } from "./failures.js";
import { spotifyError } from "./spotifyFailure.js";
import { isDone } from "./unknownEndpoint.js";

/**
 * How to reach Spotify, and whose token to use.
 *
 * @example
 * ```ts
 * const options: SpotifyWebApiOptions = {
 *   fetch: (url, request) => fetch(url, request),
 *   accessToken: async () => (await ambient.account.spotifyAccess()).accessToken,
 * };
 * ```
 */
export interface SpotifyWebApiOptions {
  readonly fetch: Fetch;
  /**
   * Returns an access token of the listener, such as `getSpotifyAccessToken` does. `rejected` is a token that
   * Spotify refused: it must not be returned again from a cache.
   */
  readonly accessToken: (rejected?: string) => Promise<string>;
  readonly baseUrl?: string;
}

/**
 * Spotify's Web API on the listener's account.
 *
 * @example
 * ```ts
 * const api: SpotifyWebApi = spotifyOf(ambient);
 * const { body } = await api.request("GET", "/me/player");
 * ```
 */
export interface SpotifyWebApi {
  /** Returns any answer. Rejects with `SPOTIFY_UNAVAILABLE` if there is none. */
  ask(method: "GET" | "POST" | "PUT", path: string, body?: object): Promise<SpotifyAnswer>;
  /** Like `ask`, but also rejects if Spotify refuses. */
  request(method: "GET" | "POST" | "PUT", path: string, body?: object): Promise<SpotifyAnswer>;
}

/**
 * Spotify's Web API with tokens from any source. For Ambient's tokens, use `spotifyOf`.
 *
 * @example
 * ```ts
 * const api = spotifyWebApi({ fetch: (url, request) => fetch(url, request), accessToken: freshToken });
 * ```
 */
export function spotifyWebApi(options: SpotifyWebApiOptions): SpotifyWebApi {
  const { fetch, accessToken, baseUrl = "https://api.spotify.com/v1" } = options;

  const tokenFor = async (rejected?: string): Promise<string> => {
    try {
      return await accessToken(rejected);
    } catch (error) {
      throw asAmbientError(error);
    }
  };

  const exchange = async (token: string, method: string, path: string, body?: object) => {
    const answer = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { "content-type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: parseJson(text),
      text,
      retryAfter: answer.headers.get("retry-after"),
    };
  };

  const send = async (...request: Parameters<typeof exchange>) => {
    try {
      return await exchange(...request);
    } catch (error) {
      throw spotifyError("unavailable", {}, error);
    }
  };

  const ask: SpotifyWebApi["ask"] = async (method, path, body) => {
    const token = await tokenFor();
    const answer = await send(token, method, path, body);
    if (answer.status !== 401) return answer;
    return send(await tokenFor(token), method, path, body);
  };

  return {
    ask,
    async request(method, path, body) {
      const answer = await ask(method, path, body);
      if (isDone(answer)) return answer;
      throw failureOfAnswer(answer);
    },
  };
}
