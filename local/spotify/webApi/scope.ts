import type { Answer } from "../../http/answer.js";
import { apiError } from "./apiError.js";
import type { Call, Route } from "./route.js";

type Handle = Route["handle"];

/** Only for those who granted it. */
export function withScope(scope: string, handle: Handle): Handle {
  return (call) => (call.scopes.has(scope) ? handle(call) : insufficientScope());
}

export function insufficientScope(): Answer {
  return apiError(403, "Insufficient client scope");
}

/** The player says it in its own way, and as 401: no refresh of the token will help. */
export function withPlayerScope(scope: string, handle: Handle): Handle {
  return (call: Call) =>
    call.scopes.has(scope) ? handle(call) : apiError(401, "Permissions missing");
}
