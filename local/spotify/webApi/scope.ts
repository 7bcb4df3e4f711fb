import type { Answer } from "../../http/answer.js";
import { apiError } from "./apiError.js";
import type { Call, Route } from "./route.js";

type Handle = Route["handle"];

/** Requires a granted scope. */
export function withScope(scope: string, handle: Handle): Handle {
  return (call) => (call.scopes.has(scope) ? handle(call) : insufficientScope());
}

export function insufficientScope(): Answer {
  return apiError(403, "Insufficient client scope");
}

/** The player reports it in its own format and with 401, although a refresh does not help. */
export function withPlayerScope(scope: string, handle: Handle): Handle {
  return (call: Call) =>
    call.scopes.has(scope) ? handle(call) : apiError(401, "Permissions missing");
}
