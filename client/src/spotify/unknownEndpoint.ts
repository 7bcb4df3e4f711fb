import type { SpotifyAnswer } from "./answer.js";
import { failureOfAnswer } from "./failures.js";

export function isDone({ status }: SpotifyAnswer): boolean {
  return status >= 200 && status < 300;
}

/** Spotify answers 403 to an endpoint that the app may not use, as to any forbidden action. */
export function isUnknownEndpoint(answer: SpotifyAnswer): boolean {
  if (answer.status === 404 || answer.status === 405) return true;
  return answer.status === 403 && failureOfAnswer(answer).reason === "SPOTIFY_UNAVAILABLE";
}
