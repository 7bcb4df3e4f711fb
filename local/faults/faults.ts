import { type ServerResponse, validateHeaderName, validateHeaderValue } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import { z } from "zod";

import type { Answer } from "../http/answer.js";

const longestStallMs = 10 * 60_000;

const headers = z
  .record(
    z.string(),
    // `{"Retry-After": 3}` is what people write.
    z.union([z.string(), z.number().transform(String)], "must be a string or a number"),
  )
  .transform((given, context) => {
    for (const [name, value] of Object.entries(given)) {
      // Node throws on an invalid header, and it would do so in the middle of an answer.
      try {
        validateHeaderName(name);
        validateHeaderValue(name, value);
      } catch {
        context.addIssue({ code: "custom", path: [name], message: "is no valid HTTP header" });
      }
    }
    return Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]),
    );
  });

export const leavesNoAnswer = {
  path: ["drop"],
  error: "leaves no answer to carry a status, headers or body",
};

/** What every server that fails on demand understands. */
export const faultFields = {
  match: z.string().min(1).max(500),
  times: z.int().positive(),
  /** With `headers` or `body`: this answer instead of the real one (status 200 unless told). */
  status: z.int().min(200).max(599).exactOptional(),
  headers: headers.exactOptional(),
  /** A string is sent raw, so that malformed bodies can be; anything else as JSON. */
  body: z.unknown().exactOptional(),
  /** Stall before answering. */
  delayMs: z.int().min(0).max(longestStallMs).exactOptional(),
  /** Cut the connection instead of answering. */
  drop: z.boolean().exactOptional(),
  /** Process the request first, so that its effect stays although its answer is lost. */
  after: z.boolean().exactOptional(),
};

const unrefinedFault = z.strictObject(faultFields);
export type Fault = Readonly<z.output<typeof unrefinedFault>>;

/** A failure to act out: on the next `times` requests whose "METHOD /path" contains `match`. */
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

/** The faults in force, oldest first: several on one path are acted out one after the other. */
export class Faults<AnyFault extends Fault = Fault> {
  #pending: { readonly fault: AnyFault; left: number }[] = [];

  set(fault: AnyFault): void {
    this.#pending.push({ fault, left: fault.times });
  }

  clear(): void {
    this.#pending = [];
  }

  /** The fault that this request suffers, counted as used. */
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
 * Answers a request under the fault that it suffers, if any. Gives the status sent, or null when
 * none was. A caller who hangs up during a stall leaves his request unprocessed, unless `after`.
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
