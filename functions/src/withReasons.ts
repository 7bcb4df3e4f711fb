import type { HttpsFunction } from "firebase-functions/https";

// Loaded with every function, so it imports nothing: not even the schemas.

/**
 * The refusals of firebase-functions itself, by status. `UNAUTHENTICATED`: the ID token is expired, forged or another
 * project's. `INVALID_ARGUMENT`: the request is not a call.
 */
const detailsOf = new Map<unknown, object>([
  ["UNAUTHENTICATED", { reason: "UNAUTHENTICATED" }],
  [
    "INVALID_ARGUMENT",
    {
      reason: "INVALID_ARGUMENT",
      issues: [{ path: "", message: "the body must be JSON with the one field data" }],
    },
  ],
  ["INTERNAL", { reason: "INTERNAL" }],
]);

/**
 * The same callable, with a reason for every error. firebase-functions refuses an invalid ID token and a malformed
 * body before any handler runs, and offers no hook, so its answer is completed afterwards. It would log a body that it
 * cannot read, with any secret in it, and answer INTERNAL: so it gets an empty body instead.
 */
export function withReasons<Callable extends HttpsFunction>(callable: Callable): Callable {
  return new Proxy(callable, {
    apply(target, self, [request, response]: Parameters<HttpsFunction>) {
      const send = response.send.bind(response);
      response.send = (body: unknown) => send(withReason(body));
      if (!isCall(request.body)) request.body = {};
      return Reflect.apply(target, self, [request, response]);
    },
  });
}

function withReason(body: unknown): unknown {
  if (!isObject(body) || !("error" in body) || !isObject(body.error)) return body;
  const { error } = body;
  if ("details" in error || !("status" in error)) return body;
  const details = detailsOf.get(error.status);
  return details === undefined ? body : { error: { ...error, details } };
}

function isCall(body: unknown): boolean {
  return isObject(body) && Object.keys(body).join() === "data" && isDecodable(body, MAX_DEPTH);
}

/** No request is nearly as deep. The decoder of firebase-functions is recursive, so a deeper one could exhaust the stack. */
const MAX_DEPTH = 100;

const integerTypes = new Set<unknown>(
  ["Int64Value", "UInt64Value"].map((name) => `type.googleapis.com/google.protobuf.${name}`),
);

/** Whether firebase-functions can decode a value, in which `@type` marks a large integer. */
function isDecodable(value: unknown, depth: number): boolean {
  if (!isObject(value)) return true;
  if (depth === 0) return false;
  if ("@type" in value && value["@type"]) {
    return (
      integerTypes.has(value["@type"]) &&
      "value" in value &&
      !Number.isNaN(parseFloat(String(value.value)))
    );
  }
  return Object.values(value).every((part) => isDecodable(part, depth - 1));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
