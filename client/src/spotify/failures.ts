import { asAmbientError } from "../errors/ambientError.js";
import { field, stringField } from "../json.js";
import { SpotifyFailure } from "./spotifyFailure.js";
import type { SpotifyAnswer } from "./answer.js";

/** What a refusal of Spotify's means. */
export function failureOfAnswer(answer: SpotifyAnswer): SpotifyFailure {
  switch (answer.status) {
    case 401:
      // With a token that is fresh: the grant is over, or lacks a scope that the player asks for.
      return new SpotifyFailure("relinkRequired");
    case 403:
      return failureOfForbidden(answer);
    case 404:
      return isAboutDevices(answer)
        ? new SpotifyFailure("noDevice")
        : new SpotifyFailure("unavailable");
    case 429:
      return new SpotifyFailure("rateLimited", retryAfterMs(answer));
    default:
      return new SpotifyFailure("unavailable");
  }
}

function failureOfForbidden({ body, text }: SpotifyAnswer): SpotifyFailure {
  const error = field(body, "error");
  const said = stringField(error, "message") ?? text;
  if (stringField(error, "reason") === "PREMIUM_REQUIRED" || /premium required/i.test(said)) {
    return new SpotifyFailure("notPremium");
  }
  if (/insufficient client scope/i.test(said)) return new SpotifyFailure("relinkRequired");
  // In plain text, not in Spotify's own shape.
  if (/not registered/i.test(said)) return new SpotifyFailure("notAllowListed");
  if (/restriction violated/i.test(said)) return new SpotifyFailure("restricted");
  // Also what a proxy or a hotel's network says.
  return new SpotifyFailure("unavailable");
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

/** Why there is no access token: what `getSpotifyAccessToken` refuses with, as this package or a Firebase SDK has it. */
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
    default:
      return new SpotifyFailure("unavailable");
  }
}
