import { type Answer, json } from "../../http/answer.js";
import { accessTokenLifeSeconds, type AuthorizationCode, type Grant } from "../grants.js";
import type { HttpRequest } from "../../http/readRequest.js";
import type { State } from "../state.js";
import {
  authenticateClient,
  type Client,
  type ClientRefusal,
  invalidClientSecret,
} from "./clientAuthentication.js";
import { formOf } from "./form.js";
import { invalidGrant, invalidRequest, oauthError } from "./oauthError.js";
import { codeChallengeOf, isCodeVerifier } from "./pkce.js";

export function token(state: State, request: HttpRequest): Answer {
  const form = formOf(request);
  const client = authenticateClient(state, request, form);
  if (typeof client === "object") return refuseClient(client);
  switch (form.get("grant_type")) {
    case "authorization_code":
      return exchangeCode(state, form, client);
    case "refresh_token":
      return refresh(state, form, client);
    case null:
    case "":
      return unsupportedGrantType("grant_type parameter is missing");
    default:
      return unsupportedGrantType("grant_type must be authorization_code or refresh_token");
  }
}

function refuseClient({ refused }: ClientRefusal): Answer {
  return oauthError({ error: "invalid_client", error_description: refused });
}

function unsupportedGrantType(error_description: string): Answer {
  return oauthError({ error: "unsupported_grant_type", error_description });
}

function exchangeCode(state: State, form: URLSearchParams, client: Client): Answer {
  const given = form.get("code") ?? "";
  if (given === "") return invalidRequest("code must be supplied");
  const code = state.grants.code(given);
  if (code === undefined) return invalidGrant("Invalid authorization code");
  if (code === "expired") return invalidGrant("Authorization code expired");
  if (form.get("redirect_uri") !== code.redirectUri) return invalidGrant("Invalid redirect URI");
  if (client === "public" && code.codeChallenge === null) return refuseClient(invalidClientSecret);
  const refusal = refuseVerifier(code, form.get("code_verifier"));
  if (refusal !== undefined) return refusal;
  code.used = true;
  code.grant.publicClient = client === "public";
  return success(state, code.grant, state.grants.issueRefreshToken(code.grant));
}

function refuseVerifier(code: AuthorizationCode, verifier: string | null): Answer | undefined {
  if (code.codeChallenge === null) {
    // A verifier for a code without a challenge means that somebody removed the challenge.
    return verifier === null ? undefined : invalidGrant("code_verifier was incorrect");
  }
  if (verifier === null || verifier === "") return invalidRequest("code_verifier required");
  if (!isCodeVerifier(verifier)) return invalidGrant("code_verifier was invalid");
  return codeChallengeOf(verifier) === code.codeChallenge
    ? undefined
    : invalidGrant("code_verifier was incorrect");
}

function refresh(state: State, form: URLSearchParams, client: Client): Answer {
  const given = form.get("refresh_token") ?? "";
  if (given === "") return invalidRequest("refresh_token must be supplied");
  const found = state.grants.refreshToken(given);
  if (found === "unknown") return invalidGrant("Invalid refresh token");
  if (found === "revoked") return invalidGrant("Refresh token revoked");
  if (found === "expired") return invalidGrant("Refresh token expired");
  const grant = found.valid;
  if (client === "public" && !grant.publicClient) return refuseClient(invalidClientSecret);
  const next = state.rotateRefreshTokens ? state.grants.rotate(given, grant) : undefined;
  return success(state, grant, next);
}

function success(state: State, grant: Grant, refreshToken: string | undefined): Answer {
  const body = {
    access_token: state.grants.issueAccessToken(grant),
    token_type: "Bearer",
    expires_in: accessTokenLifeSeconds,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    scope: grant.scope,
  };
  return json(200, body, { "cache-control": "no-store" });
}
