import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

import type { Answer } from "../faults/faults.js";

/** A request read to its end. */
export interface SpotifyRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export class BodyTooLargeError extends Error {}

const largestBody = 64 * 1024;
// A caller can only read the 413 once its own sending is over; beyond this nobody waits for it.
const largestDrained = 16 * largestBody;

export async function readRequest(message: IncomingMessage): Promise<SpotifyRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > largestDrained) break;
    if (size <= largestBody) chunks.push(chunk);
  }
  if (size > largestBody) throw new BodyTooLargeError();
  // Not `new URL`: it throws on targets such as "//" that any caller can send.
  const [path = "", ...query] = (message.url ?? "/").split("?");
  return {
    method: message.method ?? "GET",
    path,
    query: new URLSearchParams(query.join("?")),
    headers: message.headers,
    body: Buffer.concat(chunks).toString("utf8"),
  };
}

export function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

export function text(status: number, body: string): Answer {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body };
}

export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, body: "" };
}
