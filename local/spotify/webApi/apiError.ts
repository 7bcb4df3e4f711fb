import type { Answer } from "../../faults/faults.js";
import { json } from "../http.js";

/** The Web API's regular error object. */
export function apiError(status: number, message: string): Answer {
  return json(status, { error: { status, message } });
}

export function unauthorized(message: string): Answer {
  const challenge = `Bearer realm="spotify", error="invalid_token", error_description="${message}"`;
  return json(401, { error: { status: 401, message } }, { "www-authenticate": challenge });
}
