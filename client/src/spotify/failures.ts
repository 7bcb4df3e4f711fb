import { asAmbientError } from "../errors/ambientError.js";
import { field, stringField } from "../json.js";
import { SpotifyFailure } from "./spotifyFailure.js";
import type { SpotifyAnswer } from "./answer.js";

export function failureOfAnswer(answer: SpotifyAnswer): SpotifyFailure {
  switch (answer.status) {
    case 401:
      // The token is fresh, so the grant has ended or lacks a scope.
      return new SpotifyFailure("relinkRequired");
    case 403:
      return failureOfForbidden(answer);
    case 404:
      return isAboutDevices(answer)
        ? new SpotifyFailure("noDevice")
        : new SpotifyFailure("unavailable");
    case 429:
      return new SpotifyFailure(limitOf(answer), retryAfterMs(answer));
    default:
      return new SpotifyFailure("unavailable");
  }
}

function failureOfForbidden({ body, text }: SpotifyAnswer): SpotifyFailure {
  const error = field(body, "error");
  const message = stringField(error, "message") ?? text;
  if (stringField(error, "reason") === "PREMIUM_REQUIRED" || /premium required/i.test(message)) {
    return new SpotifyFailure("notPremium");
  }
  if (/insufficient client scope/i.test(message)) return new SpotifyFailure("relinkRequired");
  // Spotify sends this one as plain text.
  if (/not registered/i.test(message)) return new SpotifyFailure("notAllowListed");
  if (/restriction violated/i.test(message)) return new SpotifyFailure("restricted");
  // A proxy or a public network may also answer 403.
  return new SpotifyFailure("unavailable");
}

function limitOf({ body }: SpotifyAnswer): "rateLimited" | "quotaExceeded" {
  const reason = stringField(field(body, "error"), "reason");
  return reason === "QUOTA_EXCEEDED" ? "quotaExceeded" : "rateLimited";
}

function isAboutDevices({ body }: SpotifyAnswer): boolean {
  const error = field(body, "error");
  return (
    stringField(error, "reason") === "NO_ACTIVE_DEVICE" ||
    /device/i.test(stringField(error, "message") ?? "")
  );
}

function retryAfterMs({ retryAfter }: SpotifyAnswer): number | undefined {
  const seconds = Number(retryAfter);
  return retryAfter !== null && seconds > 0 ? seconds * 1000 : undefined;
}

/** Maps the error of `getSpotifyAccessToken`, from this package or from a Firebase SDK. */
export function failureOfToken(error: unknown): SpotifyFailure {
  if (error instanceof SpotifyFailure) return error;
  const { reason, retryAfterSeconds } = asAmbientError(error);
  switch (reason) {
    case "SPOTIFY_RELINK_REQUIRED":
      return new SpotifyFailure("relinkRequired");
    case "SPOTIFY_NOT_ALLOWED":
      return new SpotifyFailure("notAllowListed");
    case "SPOTIFY_RATE_LIMITED":
      return new SpotifyFailure("rateLimited", retryAfterSeconds && retryAfterSeconds * 1000);
    case "SPOTIFY_QUOTA_EXCEEDED":
      return new SpotifyFailure("quotaExceeded", retryAfterSeconds && retryAfterSeconds * 1000);
    default:
      return new SpotifyFailure("unavailable");
  }
}
