import type { HttpRequest } from "../../http/readRequest.js";
import type { State } from "../state.js";

/** A confidential client proved its secret; a public client only gave its id. */
export type Client = "confidential" | "public";
export type ClientRefusal = { refused: "Invalid client" | "Invalid client secret" };

export const invalidClient: ClientRefusal = { refused: "Invalid client" };
export const invalidClientSecret: ClientRefusal = { refused: "Invalid client secret" };

export function authenticateClient(
  state: State,
  request: HttpRequest,
  form: URLSearchParams,
): Client | ClientRefusal {
  const { authorization } = request.headers;
  const bodyId = form.get("client_id");
  const credentials =
    authorization === undefined
      ? { id: bodyId, secret: form.get("client_secret") }
      : basicCredentials(authorization);
  if (credentials?.id !== state.clientId) return invalidClient;
  if (bodyId !== null && bodyId !== state.clientId) return invalidClient;
  if (credentials.secret === null) return "public";
  return credentials.secret === state.clientSecret ? "confidential" : invalidClientSecret;
}

function basicCredentials(authorization: string): { id: string; secret: string } | undefined {
  const encoded = /^basic +([a-z0-9+/]+=*)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  const decoded = Buffer.from(encoded, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  if (colon < 0) return undefined;
  return { id: decoded.slice(0, colon), secret: decoded.slice(colon + 1) };
}
