import type { SpotifyRequest } from "../http.js";

/** A body of any other type counts as no form: Spotify then misses its parameters. */
export function formOf(request: SpotifyRequest): URLSearchParams {
  const [type = ""] = (request.headers["content-type"] ?? "").split(";");
  const isForm = type.trim().toLowerCase() === "application/x-www-form-urlencoded";
  return new URLSearchParams(isForm ? request.body : "");
}
