import { type Answer, json } from "../../http/answer.js";

/** The Web API's regular error object. */
export function apiError(status: number, message: string): Answer {
  return json(status, { error: { status, message } });
}

export function unauthorized(message: string): Answer {
  const challenge = `Bearer realm="spotify", error="invalid_token", error_description="${message}"`;
  return json(401, { error: { status: 401, message } }, { "www-authenticate": challenge });
}

/** For an endpoint or an item that this app cannot access in its quota mode. */
export function forbidden(): Answer {
  return apiError(403, "Forbidden");
}

export function notFound(): Answer {
  return apiError(404, "Resource not found");
}

export function noSuchService(): Answer {
  return apiError(404, "Service not found");
}
