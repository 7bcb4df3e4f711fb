import type { ServerResponse } from "node:http";

import type { HttpRequest } from "../http/readRequest.js";

/** Spotify lets web pages call the Web API and the token endpoint, so this server does too. */
function isOpenToBrowsers({ path }: HttpRequest): boolean {
  return path.startsWith("/v1/") || path === "/api/token";
}

/** Preflights come from the browser, so they are not logged and use up no faults. */
export function isPreflight(request: HttpRequest): boolean {
  return request.method === "OPTIONS" && isOpenToBrowsers(request);
}

// Like Spotify, it exposes no headers: a page cannot read `Retry-After`.
// Set on the raw response, so that an answer replaced by a fault reaches the page as well.
export function allowBrowsers(request: HttpRequest, response: ServerResponse): void {
  if (!isOpenToBrowsers(request)) return;
  response.setHeader("access-control-allow-origin", "*");
  response.setHeader("access-control-allow-methods", "GET, POST, PUT, DELETE, OPTIONS");
  response.setHeader("access-control-allow-headers", "authorization, content-type");
}
