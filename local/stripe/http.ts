import { type Answer, json } from "../http/answer.js";
import type { HttpRequest } from "../http/readRequest.js";

export function headerOf({ headers }: HttpRequest, name: string): string | null {
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
