import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

import { readBytes } from "./readBytes.js";

/** A fully read request. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const largestBody = 64 * 1024;

export async function readRequest(message: IncomingMessage): Promise<HttpRequest> {
  const body = await readBytes(message, largestBody);
  // Not `new URL`, which throws on targets such as "//" that any caller can send.
  const [path = "", ...query] = (message.url ?? "/").split("?");
  return {
    method: message.method ?? "GET",
    path,
    query: new URLSearchParams(query.join("?")),
    headers: message.headers,
    body: body.toString("utf8"),
  };
}
