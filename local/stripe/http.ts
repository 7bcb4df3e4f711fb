import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { type Answer, json } from "../http/answer.js";
import { readBytes } from "../http/readBytes.js";

/** A fully read request. */
export interface StripeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const LARGEST_BODY = 64 * 1024;

export async function readRequest(message: IncomingMessage): Promise<StripeRequest> {
  const body = await readBytes(message, LARGEST_BODY);
  const [path = "", ...query] = (message.url ?? "/").split("?");
  return {
    method: message.method ?? "GET",
    path,
    query: query.join("?"),
    headers: message.headers,
    body: body.toString("utf8"),
  };
}

export function headerOf({ headers }: StripeRequest, name: string): string | null {
  const value = headers[name];
  return typeof value === "string" ? value : null;
}

/** https://docs.stripe.com/api/errors */
export function refuse(
  status: number,
  type: string,
  message: string,
  more: { readonly code?: string; readonly param?: string } = {},
): Answer {
  return json(status, { error: { type, message, ...more } });
}

export function missing(what: string, id: string): Answer {
  return refuse(404, "invalid_request_error", `No such ${what}: '${id}'`, {
    code: "resource_missing",
  });
}
