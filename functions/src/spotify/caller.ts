import { z } from "zod";
import type { Clock } from "../clock.js";
import { Refusal } from "../errors.js";
import { exchangeWithSpotify, type Answer } from "./transport.js";

export interface SpotifyServers {
  accountsUrl: string;
  apiUrl: string;
  clock: Clock;
}

export interface SpotifyCall {
  /** In milliseconds since the epoch: within it a call waits out a rate limit and tries again. */
  deadline: number;
  /** Whether Spotify may be asked again when the answer was lost and the request perhaps was not. */
  repeatable: boolean;
  form?: Record<string, string>;
  /** The path below `/v1`, if Spotify has renamed what the library calls. */
  path?: string;
  send: () => Promise<{ body: unknown; headers?: Record<string, string>; statusCode: number }>;
}

/** Resolves to an answer below 500 that is no rate limit; refuses when the deadline allows none. */
export type SpotifyCaller = (call: SpotifyCall) => Promise<Answer>;

const ATTEMPTS = 3;
const ATTEMPT_TIMEOUT_MS = 5_000;
const BACKOFF_MS = 250;
// Spotify counts over a rolling window of 30 s: what to say when it does not name a time itself.
// https://developer.spotify.com/documentation/web-api/concepts/rate-limits
const DEFAULT_RETRY_AFTER_SECONDS = 30;

/** Refuses with SPOTIFY_RATE_LIMITED, SPOTIFY_QUOTA_EXCEEDED and SPOTIFY_UNAVAILABLE; no error quotes a token, a code or a body. */
export function spotifyCaller({ accountsUrl, apiUrl, clock }: SpotifyServers): SpotifyCaller {
  return async (call) => {
    for (let attempt = 1; ; attempt++) {
      const remainingMs = call.deadline - clock.now();
      if (remainingMs <= 0) throw new Refusal("SPOTIFY_UNAVAILABLE");
      const answer = await exchangeWithSpotify(
        {
          accountsUrl,
          apiUrl,
          timeoutMs: Math.min(remainingMs, ATTEMPT_TIMEOUT_MS),
          ...(call.form && { form: call.form }),
          ...(call.path !== undefined && { path: call.path }),
        },
        call.send,
      );
      if (answer && answer.status < 500 && answer.status !== 429) return answer;

      const limited = answer?.status === 429;
      if (limited && isQuotaExceeded(answer)) {
        const seconds = retryAfter(answer);
        throw new Refusal(
          "SPOTIFY_QUOTA_EXCEEDED",
          seconds === undefined ? {} : { retryAfterSeconds: seconds },
        );
      }
      const retryAfterSeconds = limited ? retryAfter(answer) : undefined;
      const waitMs = retryAfterSeconds ? retryAfterSeconds * 1000 : BACKOFF_MS * 2 ** (attempt - 1);
      const worthRepeating =
        attempt < ATTEMPTS &&
        // After other errors, it is unknown whether Spotify did what it was asked to do.
        (call.repeatable || limited || answer?.status === 503) &&
        clock.now() + waitMs < call.deadline;
      if (!worthRepeating) {
        if (!limited) throw new Refusal("SPOTIFY_UNAVAILABLE");
        throw new Refusal("SPOTIFY_RATE_LIMITED", {
          retryAfterSeconds: retryAfterSeconds ?? DEFAULT_RETRY_AFTER_SECONDS,
        });
      }
      await clock.sleep(waitMs);
    }
  };
}

/** Not what Spotify documents: a broken proxy, a captive portal, or Spotify on a bad day. */
export function expectShape<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Refusal("SPOTIFY_UNAVAILABLE");
  return parsed.data;
}

function retryAfter(answer: Answer): number | undefined {
  const seconds = Number(answer.headers["retry-after"]);
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : undefined;
}

const quotaAnswer = z.object({ error: z.object({ reason: z.literal("QUOTA_EXCEEDED") }) });

/**
 * All apps of the developer account share a quota: another try, for any person, uses up more of it.
 * https://developer.spotify.com/documentation/web-api/references/changes/july-2026
 */
function isQuotaExceeded(answer: Answer): boolean {
  return quotaAnswer.safeParse(answer.body).success;
}
