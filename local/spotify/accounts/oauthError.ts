import { type Answer, json } from "../../http/answer.js";

/** A token endpoint error with the codes of RFC 6749 section 5.2 and Spotify's messages. */
export interface OAuthError {
  readonly error: "invalid_client" | "invalid_grant" | "invalid_request" | "unsupported_grant_type";
  readonly error_description: string;
}

export function invalidGrant(error_description: string): Answer {
  return oauthError({ error: "invalid_grant", error_description });
}

export function invalidRequest(error_description: string): Answer {
  return oauthError({ error: "invalid_request", error_description });
}

export function oauthError(error: OAuthError): Answer {
  return json(400, error);
}
