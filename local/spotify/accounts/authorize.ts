import { type Answer, empty, text } from "../../http/answer.js";
import type { HttpRequest } from "../../http/readRequest.js";
import type { State } from "../state.js";
import { consentPage } from "./consentPage.js";
import { isCodeChallenge } from "./pkce.js";

/**
 * `GET /authorize`: the consent page or, with `persona`, the redirect that follows an agreement
 * there.
 */
export function authorize(state: State, { query }: HttpRequest): Answer {
  // Never redirect before client and URI are known to be the app's: the code would go to a
  // stranger.
  if (query.get("client_id") !== state.clientId) return text(400, "INVALID_CLIENT: Invalid client");
  const redirectUri = query.get("redirect_uri");
  if (redirectUri === null || !state.redirectUris.includes(redirectUri)) {
    return text(400, "INVALID_CLIENT: Invalid redirect URI");
  }
  const redirect = (params: Record<string, string>) =>
    empty(302, { location: redirectTo(redirectUri, params, query.get("state")) });

  if (query.get("response_type") !== "code") {
    return redirect({ error: "unsupported_response_type" });
  }
  const codeChallenge = query.get("code_challenge");
  const problem = challengeProblem(codeChallenge, query.get("code_challenge_method"));
  if (problem !== undefined) {
    return redirect({ error: "invalid_request", error_description: problem });
  }

  const scopes = new Set((query.get("scope") ?? "").split(" ").filter((scope) => scope !== ""));
  const personaId = query.get("persona");
  if (personaId === null) {
    const denied = { error: "access_denied" };
    return consentPage({
      scopes: [...scopes],
      personas: state.people.all(),
      agreeUrl: (id) => `/authorize?${new URLSearchParams([...query, ["persona", id]]).toString()}`,
      cancelUrl: redirectTo(redirectUri, denied, query.get("state")),
    });
  }
  if (state.people.find(personaId) === undefined) return text(400, "There is no such persona");
  const scope = [...scopes].join(" ");
  return redirect({
    code: state.grants.authorize({ personaId, scope, redirectUri, codeChallenge }),
  });
}

function challengeProblem(challenge: string | null, method: string | null): string | undefined {
  if (challenge === null && method === null) return undefined;
  // Without the parameter, RFC 7636 defaults to "plain", which Spotify does not accept.
  if (method !== "S256") return "code_challenge_method must be S256";
  if (challenge === null || !isCodeChallenge(challenge)) return "code_challenge must be S256";
  return undefined;
}

/**
 * Appends the parameters as text, because `new URL` would add a slash to a URI registered without
 * one.
 */
function redirectTo(redirectUri: string, params: Record<string, string>, state: string | null) {
  const query = new URLSearchParams(params);
  if (state !== null) query.set("state", state);
  return `${redirectUri}${redirectUri.includes("?") ? "&" : "?"}${query.toString()}`;
}
