import { inspect } from "node:util";
import { z } from "zod";
import type { CallableContract } from "../../functions/src/contract/callable.js";
import { contracts } from "../../functions/src/contract/callables.js";
import { refusalReason } from "../../functions/src/contract/reasons.js";
import { DEVICE_TOKEN, EMAIL, SECRET } from "./names.js";
import { asReceived, type Payload } from "./payload.js";
import type { Answer } from "./send.js";

/** Every callable may refuse with these. */
const commonReasons = new Set<string>([
  "ACCOUNT_SUSPENDED",
  "INVALID_ARGUMENT",
  "UNAUTHENTICATED",
  "CONTENTION",
]);

/** The callables that give the caller their own tokens. */
const answersWithTokens = new Set(["getSpotifyAccessToken", "signInWithSpotify"]);

const refused = z.object({
  error: z.object({ status: z.string(), details: z.looseObject({ reason: refusalReason }) }),
});

export function contractOf(name: string): CallableContract {
  const contract = contracts.find((one) => one.name === name);
  if (!contract) throw new Error(`there is no callable ${name}`);
  return contract;
}

/** Whether the server must refuse a payload before it reads or writes anything. */
export function isInvalid(payload: Payload): boolean {
  if (payload.kind === "http") return true;
  try {
    const data = asReceived(payload.data);
    return !contractOf(payload.name).request.safeParse(data ?? {}).success;
  } catch {
    return true;
  }
}

export function reasonOf(answer: Answer): string | undefined {
  return refused.safeParse(answer.body).data?.error.details.reason;
}

/** The problem with an answer; undefined if there is none. */
export function faultIn(payload: Payload, answer: Answer): string | undefined {
  const fault =
    payload.kind === "http" ? faultOfHttp(payload, answer) : faultOfCall(payload, answer);
  return fault === undefined
    ? undefined
    : `${fault}: ${answer.status} ${inspect(answer.text.slice(0, 500))}`;
}

function faultOfHttp(
  { path }: Extract<Payload, { kind: "http" }>,
  { status, text }: Answer,
): string | undefined {
  if (text.includes(SECRET)) return "leaked a secret";
  // It says that no sweep has run yet.
  if (path.startsWith("health") && status === 503) return undefined;
  return status >= 500 ? "failed" : undefined;
}

function faultOfCall(
  payload: Extract<Payload, { kind: "call" }>,
  answer: Answer,
): string | undefined {
  const contract = contractOf(payload.name);
  const mayTell = answer.status === 200 && answersWithTokens.has(payload.name);
  // An export has the caller's own address and devices.
  const told =
    payload.name === "exportAccount"
      ? answer.text.replaceAll(EMAIL, "").replaceAll(DEVICE_TOKEN, "")
      : answer.text;
  if (!mayTell && told.includes(SECRET)) return "leaked a secret";
  if (answer.status === 200) {
    if (isInvalid(payload)) return "accepted an invalid request";
    return contract.response.safeParse(answer.body.result).success
      ? undefined
      : "answered outside the contract";
  }
  const reason = reasonOf(answer);
  if (reason === undefined) return "failed without a reason";
  if (reason === "INTERNAL") return "failed";
  if (!commonReasons.has(reason) && !contract.reasons.some((one) => one === reason)) {
    return "refused with a reason that the contract does not name";
  }
  if (isInvalid(payload) && reason !== "INVALID_ARGUMENT" && reason !== "UNAUTHENTICATED") {
    return "did not refuse an invalid request";
  }
  return undefined;
}
