import { type ServerResponse, validateHeaderName, validateHeaderValue } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import { z } from "zod";

import type { Answer } from "../http/answer.js";

const longestStallMs = 10 * 60_000;

const headers = z
  .record(
    z.string(),
    // Accepts numbers, because people write `{"Retry-After": 3}`.
    z.union([z.string(), z.number().transform(String)], "must be a string or a number"),
  )
  .transform((given, context) => {
    for (const [name, value] of Object.entries(given)) {
      // Node throws on an invalid header, which would break off an answer halfway.
      try {
        validateHeaderName(name);
        validateHeaderValue(name, value);
      } catch {
        context.addIssue({ code: "custom", path: [name], message: "is not a valid HTTP header" });
      }
    }
    return Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]),
    );
  });

export const leavesNoAnswer = {
  path: ["drop"],
  error: "cannot be combined with status, headers or body",
};

/** The fields that every server with faults understands. */
export const faultFields = {
  match: z.string().min(1).max(500),
  times: z.int().positive(),
  /** With `headers` or `body`: replaces the real answer (default status 200). */
  status: z.int().min(200).max(599).exactOptional(),
  headers: headers.exactOptional(),
  /** A string is sent raw, so that it can be malformed. Anything else is sent as JSON. */
  body: z.unknown().exactOptional(),
  /** Wait before answering. */
  delayMs: z.int().min(0).max(longestStallMs).exactOptional(),
  /** Cut the connection instead of answering. */
  drop: z.boolean().exactOptional(),
  /** Process the request first, so that only its answer is lost. */
  after: z.boolean().exactOptional(),
};

const unrefinedFault = z.strictObject(faultFields);
export type Fault = Readonly<z.output<typeof unrefinedFault>>;

/** A failure for the next `times` requests whose "METHOD /path" contains `match`. */
export const faultRequest = unrefinedFault
  .refine(leavesRoomForAnswer, leavesNoAnswer)
  .refine(failsSomething, {
    path: ["status"],
    error: "or headers, body, delayMs or drop must say what fails",
  });
export function leavesRoomForAnswer(fault: Fault): boolean {
  return fault.drop !== true || !replacesAnswer(fault);
}

export function failsSomething(fault: Fault): boolean {
  return fault.drop === true || fault.delayMs !== undefined || replacesAnswer(fault);
}

function replacesAnswer(fault: Fault): boolean {
  return fault.status !== undefined || fault.headers !== undefined || fault.body !== undefined;
}

/** The active faults, oldest first. Several on one path apply one after the other. */
export class Faults<AnyFault extends Fault = Fault> {
  #pending: { readonly fault: AnyFault; left: number }[] = [];

  set(fault: AnyFault): void {
    this.#pending.push({ fault, left: fault.times });
  }

  clear(): void {
    this.#pending = [];
  }

  /** The fault for this request, which counts as used. */
  take(method: string, path: string): AnyFault | undefined {
    const line = `${method} ${path}`;
    const entry = this.#pending.find(({ fault }) => line.includes(fault.match));
    if (entry === undefined) return undefined;
    entry.left -= 1;
    if (entry.left === 0) this.#pending = this.#pending.filter((other) => other !== entry);
    return entry.fault;
  }
}

/**
 * Answers a request, with the given fault if there is one. Returns the sent status, or null if none
 * was sent. If the caller disconnects during a delay, the request is not processed, unless `after`
 * is set.
 */
export async function answer(
  response: ServerResponse,
  fault: Fault | undefined,
  process: () => Answer | Promise<Answer>,
): Promise<number | null> {
  const processed = fault?.after === true ? await process() : undefined;
  if (fault?.delayMs !== undefined) await stall(response, fault.delayMs);
  if (response.destroyed) return null;
  if (fault?.drop === true) {
    response.destroy();
    return null;
  }
  const { status, headers, body } = replacement(fault) ?? processed ?? (await process());
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(body);
  return status;
}

function replacement(fault: Fault | undefined): Answer | undefined {
  if (fault === undefined || !replacesAnswer(fault)) return undefined;
  const { status, headers, body } = fault;
  const type = body === undefined ? {} : { "content-type": "application/json" };
  return {
    status: status ?? 200,
    headers: { ...type, ...headers },
    body: body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body),
  };
}

async function stall(response: ServerResponse, ms: number): Promise<void> {
  const hangup = new AbortController();
  const abort = () => {
    hangup.abort();
  };
  response.once("close", abort);
  if (response.destroyed) abort();
  await sleep(ms, undefined, { signal: hangup.signal }).catch(() => undefined);
  response.off("close", abort);
}
