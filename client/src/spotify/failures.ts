import type { AmbientError, ErrorDetails } from "../errors/ambientError.js";
import { field, stringField } from "../json.js";
import { spotifyError } from "./spotifyFailure.js";
import type { SpotifyAnswer } from "./answer.js";

export function failureOfAnswer(answer: SpotifyAnswer): AmbientError {
  switch (answer.status) {
    case 401:
      // The token is fresh, so the grant has ended or lacks a scope.
      return spotifyError("relinkRequired");
    case 403:
      return failureOfForbidden(answer);
    case 404:
      return isAboutDevices(answer) ? spotifyError("noDevice") : spotifyError("unavailable");
    case 429:
      return spotifyError(limitOf(answer), waitOf(answer));
    default:
      return spotifyError("unavailable");
  }
}

function failureOfForbidden({ body, text }: SpotifyAnswer): AmbientError {
  const error = field(body, "error");
  const message = stringField(error, "message") ?? text;
  if (stringField(error, "reason") === "PREMIUM_REQUIRED" || /premium required/i.test(message)) {
    return spotifyError("notPremium");
  }
  if (/insufficient client scope/i.test(message)) return spotifyError("relinkRequired");
  // Spotify sends this one as plain text.
  if (/not registered/i.test(message)) return spotifyError("notAllowListed");
  if (/restriction violated/i.test(message)) return spotifyError("restricted");
  // A proxy or a public network may also answer 403.
  return spotifyError("unavailable");
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

function waitOf({ retryAfter }: SpotifyAnswer): ErrorDetails {
  const seconds = Number(retryAfter);
  return retryAfter !== null && seconds > 0 ? { retryAfterSeconds: seconds } : {};
}
