import type { HttpRequest } from "../../http/readRequest.js";

/**
 * Parses a form. A body of another type counts as empty, so that Spotify reports missing
 * parameters.
 */
export function formOf(request: HttpRequest): URLSearchParams {
  const [type = ""] = (request.headers["content-type"] ?? "").split(";");
  const isForm = type.trim().toLowerCase() === "application/x-www-form-urlencoded";
  return new URLSearchParams(isForm ? request.body : "");
}
