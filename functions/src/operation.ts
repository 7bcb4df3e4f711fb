import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import { causesOf } from "./attemptAll.js";
import { Refusal } from "./errors.js";
import type { FirestoreUse } from "./firestoreUse.js";
import { log } from "./log.js";

/** One run of a deployed function, as its log line describes it. */
export interface RunningOperation extends FirestoreUse {
  /**
   * The same for a call and for the tasks that it asks for: 32 hexadecimal digits. It is the id of the request's trace,
   * which Google gives to every request, so that no app has to send one.
   */
  readonly correlationId: string;
  /** The pseudonym of the person who calls. */
  caller?: string;
  showId?: string;
  appCheck?: string;
  /** `refused` is an answer; anything else that does not succeed has failed. */
  outcome: "ok" | "refused" | "failed";
  reason?: string;
}

/** A run that failed. The log line alone says why, because an error's text may name a person. */
export class OperationFailed extends Error {
  override readonly name = "OperationFailed";
  readonly correlationId: string;

  constructor(operation: string, correlationId: string) {
    super(`${operation} failed, see the log entry with correlationId ${correlationId}`);
    this.correlationId = correlationId;
  }
}

const running = new AsyncLocalStorage<RunningOperation>();

/** The operation that the current code belongs to. */
export function currentOperation(): RunningOperation | undefined {
  return running.getStore();
}

/**
 * Runs an operation, and writes one log line about it: who called, for which show, the outcome, the reason, how long it
 * took, what it read and wrote. `carrier` has the headers of the request, or is the event. Rejects with
 * `OperationFailed`, whatever went wrong.
 */
export async function runOperation<Result>(
  operation: string,
  carrier: unknown,
  work: (operation: RunningOperation) => Promise<Result>,
): Promise<Result> {
  const startedAt = performance.now();
  const correlationId = traceIdIn(carrier) ?? randomBytes(16).toString("hex");
  const run: RunningOperation = { correlationId, outcome: "ok", reads: 0, writes: 0 };
  const entry = () => {
    const ms = Math.round(performance.now() - startedAt);
    return { operation, ...run, ms, ...traceField(correlationId) };
  };
  try {
    const result = await running.run(run, () => work(run));
    if (run.outcome === "failed") log("ERROR", `${operation} failed`, entry());
    else log("INFO", `${operation}: ${run.outcome}`, entry());
    return result;
  } catch (error) {
    run.outcome = "failed";
    const causes = causesOf(error);
    const refusal = causes.find((cause) => cause instanceof Refusal);
    if (refusal !== undefined) run.reason = refusal.reason;
    // Google's Error Reporting reads this field.
    const stack_trace = causes.map(stackOf).join("\n");
    log("ERROR", `${operation} failed`, { ...entry(), stack_trace });
    throw new OperationFailed(operation, correlationId);
  }
}

/** The headers that make a request part of the current operation's trace. */
export function traceHeaders(): Record<string, string> | undefined {
  const operation = currentOperation();
  if (operation === undefined) return undefined;
  const span = randomBytes(8);
  const { correlationId } = operation;
  return {
    "traceparent": `00-${correlationId}-${span.toString("hex")}-00`,
    // firebase-functions and Google's front end prefer this one.
    "x-cloud-trace-context": `${correlationId}/${span.readBigUInt64BE().toString()}`,
  };
}

/** Sets the show of an operation to the one that a request, a task or the path of a document names. */
export function noteShow(operation: RunningOperation, named: unknown): void {
  if (typeof named !== "object" || named === null || !("showId" in named)) return;
  if (typeof named.showId === "string") operation.showId = named.showId;
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const CLOUD_TRACE = /^([0-9a-f]{32})\/\d+(?:;o=\d)?$/i;

/** As firebase-functions finds it, which writes it into the other lines of the same request. */
function traceIdIn(carrier: unknown): string | undefined {
  if (typeof carrier !== "object" || carrier === null) return undefined;
  const match = (name: string, pattern: RegExp) =>
    pattern.exec(String(Reflect.get(carrier, name)))?.[1];
  return match("x-cloud-trace-context", CLOUD_TRACE) ?? match("traceparent", TRACEPARENT);
}

function traceField(traceId: string): Record<string, string> {
  const project = process.env.GCLOUD_PROJECT ?? "";
  return { "logging.googleapis.com/trace": `projects/${project}/traces/${traceId}` };
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? String(error)) : String(error);
}
