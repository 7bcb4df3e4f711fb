import fc from "fast-check";
import { isArray, isRecord, parseJson } from "../../local/files/json.js";
import type { CallableContract } from "../../functions/src/contract/callable.js";
import { contracts } from "../../functions/src/contract/callables.js";
import type { SceneName } from "./names.js";
import { payloads } from "./requests.js";
import type { HttpMethod } from "./send.js";
import { hostileText, hostileValue } from "./values.js";

const callers = ["@host", "@cohost", "@speaker", "@listener", "@stranger", "@admin"] as const;
export type PayloadCaller = (typeof callers)[number] | "signed out" | "forged token";

export interface CallPayload {
  readonly kind: "call";
  readonly name: string;
  readonly caller: PayloadCaller;
  readonly data: unknown;
}

export interface HttpPayload {
  readonly kind: "http";
  readonly path: string;
  readonly method: HttpMethod;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Payload = CallPayload | HttpPayload;

/** The functions that answer without the callable protocol. Tasks, events and schedules are closed to the public. */
const httpFunctions = ["share", "serverTime", "audioWebhook", "stripeWebhook"];

const caller: fc.Arbitrary<PayloadCaller> = fc.oneof(
  { weight: 10, arbitrary: fc.constantFrom<SceneName & PayloadCaller>(...callers) },
  { weight: 1, arbitrary: fc.constantFrom<PayloadCaller>("signed out", "forged token") },
);

/** Otherwise, operations with few permitted callers would refuse most calls. */
function callerOf({ adminOnly }: CallableContract): fc.Arbitrary<PayloadCaller> {
  const entitled = adminOnly === true ? "@admin" : "@host";
  return fc.oneof(fc.constant<PayloadCaller>(entitled), caller);
}

const call: fc.Arbitrary<Payload> = fc.oneof(
  ...contracts.map((contract) =>
    fc.record({
      kind: fc.constant("call" as const),
      name: fc.constant(contract.name),
      caller: callerOf(contract),
      data: payloads(contract.request),
    }),
  ),
);

const segment = fc.oneof(
  fc.constantFrom(
    "s",
    "@live",
    "@ended",
    "show.json",
    "card-live.png",
    "card-ended.png",
    "..",
    ".well-known",
  ),
  hostileText.map((text) => encodeURIComponent(text.toWellFormed())),
);

const body = fc.oneof(
  hostileValue.map((value) => JSON.stringify({ data: value })),
  hostileValue.map((value) => JSON.stringify(value)),
  hostileValue.map((value) => JSON.stringify({ data: value, more: 1 })),
  fc.constantFrom(
    "",
    "{",
    "null",
    "\u0000",
    '{"data":',
    "[".repeat(5_000),
    `{"data":${"[".repeat(50_000)}${"]".repeat(50_000)}}`,
    "data=1&data[]=2",
  ),
  fc.string({ unit: "binary", maxLength: 200 }),
);

const http: fc.Arbitrary<Payload> = fc.record({
  kind: fc.constant("http" as const),
  path: fc
    .tuple(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...httpFunctions) },
        { weight: 1, arbitrary: fc.constantFrom(...contracts.map(({ name }) => name)) },
      ),
      fc.array(segment, { maxLength: 4 }),
      fc.constantFrom("", "?", "?a=1&a=2", "?__proto__[x]=1", "?data=%00"),
    )
    .map(([name, segments, query]) => `${[name, ...segments].join("/")}${query}`),
  method: fc.constantFrom<HttpMethod>("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"),
  headers: fc
    .record(
      {
        "content-type": fc.constantFrom(
          "application/json",
          "application/json; charset=utf-7",
          "application/webhook+json",
          "application/x-www-form-urlencoded",
          "multipart/form-data",
          "text/plain",
          "x",
        ),
        "accept": fc.constantFrom("text/event-stream", "*/*", "x"),
        "authorization": fc.constantFrom("Bearer", "Bearer x", "Bearer a.b.c", "Basic eDp4", "x"),
        "stripe-signature": fc.constantFrom("t=1,v1=00", "t=,v1=", "x"),
        "x-forwarded-for": fc.constantFrom("1.2.3.4", "::1, x", ",,,"),
        "x-firebase-appcheck": fc.constantFrom("x", "a.b.c"),
        "firebase-instance-id-token": fc.constantFrom("x"),
        "origin": fc.constantFrom("null", "https://evil.example"),
        "range": fc.constantFrom("bytes=0-", "bytes=9-1"),
        "if-none-match": fc.constantFrom("*", "x"),
      },
      { requiredKeys: [] },
    )
    .map((headers) => Object.fromEntries(Object.entries(headers))),
  body,
});

export const anyPayload: fc.Arbitrary<Payload> = fc.oneof(
  { weight: 9, arbitrary: call },
  { weight: 1, arbitrary: http },
);

/**
 * Data as the operation gets it: through JSON, and through the decoder of firebase-functions, which assigns keys one by one, so
 * that `__proto__` sets the prototype. Throws for any `@type`.
 */
export function asReceived(data: unknown): unknown {
  return decoded(parseJson(JSON.stringify(data)));
}

function decoded(value: unknown): unknown {
  if (isArray(value)) return value.map(decoded);
  if (!isRecord(value)) return value;
  if (value["@type"]) throw new TypeError("no such type");
  const copy: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) copy[key] = decoded(part);
  return copy;
}
