import { type ServerResponse, validateHeaderName, validateHeaderValue } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import { ControlInputError, Input, required } from "./controlInput.js";

/** What an HTTP server says to one request. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** A failure to act out: on the next `times` requests whose "METHOD /path" contains `match`. */
export interface Fault {
  readonly match: string;
  readonly times: number;
  /** With `headers` or `body`: this answer instead of the real one (status 200 unless told). */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent raw, so that malformed bodies can be; anything else as JSON. */
  readonly body?: unknown;
  /** Stall before answering. */
  readonly delayMs?: number;
  /** Cut the connection instead of answering. */
  readonly drop?: boolean;
  /** Process the request first, so that its effect stays although its answer is lost. */
  readonly after?: boolean;
}

const longestStallMs = 10 * 60_000;

/** A fault as a control request describes it; throws a ControlInputError that names the field. */
export function parseFault(body: unknown): Fault {
  const input = new Input(body);
  const replaces = ["status", "headers", "body"].some((field) => input.has(field));
  const match = required("match", input.string("match"));
  const times = required("times", input.integer("times", 1, Number.MAX_SAFE_INTEGER));
  const status = input.integer("status", 200, 599);
  const headers = parseHeaders(input.strings("headers"));
  const answerBody = input.any("body");
  const delayMs = input.integer("delayMs", 0, longestStallMs);
  const drop = input.boolean("drop") ?? false;
  const after = input.boolean("after") ?? false;
  input.end();
  if (drop && replaces) {
    throw new ControlInputError("drop", "leaves no answer to carry a status, headers or body");
  }
  if (!drop && !replaces && delayMs === undefined) {
    throw new ControlInputError("status", "or headers, body, delayMs or drop must say what fails");
  }
  return {
    match,
    times,
    ...(status !== undefined && { status }),
    ...(headers !== undefined && { headers }),
    ...(answerBody !== undefined && { body: answerBody }),
    ...(delayMs !== undefined && { delayMs }),
    ...(drop && { drop }),
    ...(after && { after }),
  };
}

/** Node throws on an invalid header, and it would do so in the middle of an answer. */
function parseHeaders(given: ReadonlyMap<string, string> | undefined) {
  if (given === undefined) return undefined;
  for (const [name, value] of given) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      throw new ControlInputError(`headers.${name}`, "is no valid HTTP header");
    }
  }
  return Object.fromEntries([...given].map(([name, value]) => [name.toLowerCase(), value]));
}

/** The faults in force, oldest first: several on one path are acted out one after the other. */
export class Faults {
  #pending: { readonly fault: Fault; left: number }[] = [];

  set(fault: Fault): void {
    this.#pending.push({ fault, left: fault.times });
  }

  clear(): void {
    this.#pending = [];
  }

  /** The fault that this request suffers, counted as used. */
  take(method: string, path: string): Fault | undefined {
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
  if (fault === undefined) return undefined;
  const { status, headers, body } = fault;
  if (status === undefined && headers === undefined && body === undefined) return undefined;
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
