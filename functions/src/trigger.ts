import type { CloudFunction, ParamsOf } from "firebase-functions/core";
import { onDocumentDeleted, onDocumentWritten } from "firebase-functions/firestore";
import {
  onRequest,
  type HttpsFunction,
  type Request,
  type Response,
} from "firebase-functions/https";
import { onSchedule, type ScheduleFunction } from "firebase-functions/scheduler";
import { onTaskDispatched, type TaskQueueFunction } from "firebase-functions/tasks";
import type { z } from "zod";
import type { Dependencies } from "./dependencies.js";
import type { DocumentDeletion, DocumentWrite } from "./documentWrite.js";
import { optionsOf, type FunctionName } from "./functionOptions.js";
import { loadOnce } from "./loading.js";
import type { ForSubject, TaskDefinition } from "./tasks/taskQueue.js";
import type { TaskQueueSettings } from "./tasks/queues.js";

/** What a trigger runs, with the edges it may use. */
type Handler<Args extends readonly unknown[]> = (
  deps: Dependencies,
  ...args: Args
) => Promise<void>;

/** Declares a function that runs after a write to a document. The event is retried until the handler succeeds. */
export function onWrite<Path extends string>(
  name: FunctionName,
  document: Path,
  load: () => Promise<Handler<[event: DocumentWrite<ParamsOf<Path>>]>>,
): CloudFunction<DocumentWrite<ParamsOf<Path>>> {
  const run = lazily(name, load);
  return onDocumentWritten({ ...optionsOf(name), document, retry: true }, (event) =>
    run({ carrier: event, named: event.params }, event),
  );
}

/**
 * Declares a function that runs after the deletion of a document, also by TTL. The event is retried until the handler
 * succeeds.
 */
export function onDelete<Path extends string>(
  name: FunctionName,
  document: Path,
  load: () => Promise<Handler<[event: DocumentDeletion<ParamsOf<Path>>]>>,
): CloudFunction<DocumentDeletion<ParamsOf<Path>>> {
  const run = lazily(name, load);
  return onDocumentDeleted({ ...optionsOf(name), document, retry: true }, (event) =>
    run({ carrier: event, named: event.params }, event),
  );
}

/** Declares the function that runs a queue's tasks: validate → run. A task that throws is retried. */
export function onTask<Payload extends ForSubject>(
  { name, retryConfig, rateLimits }: TaskQueueSettings & { readonly name: FunctionName },
  load: () => Promise<{
    readonly task: TaskDefinition<Payload>;
    readonly run: Handler<[payload: z.output<Payload>]>;
  }>,
): TaskQueueFunction<unknown> {
  const run = lazily(name, async () => {
    const { task, run } = await load();
    return (deps: Dependencies, data: unknown) => run(deps, task.payload.parse(data));
  });
  return onTaskDispatched<unknown>(
    { ...optionsOf(name), retryConfig, rateLimits },
    ({ data, headers }) => run({ carrier: headers, named: data }, data),
  );
}

/** Declares a function that runs on a schedule, in the syntax of Cloud Scheduler. */
export function onTime(
  name: FunctionName,
  schedule: string,
  load: () => Promise<Handler<[]>>,
): ScheduleFunction {
  const run = lazily(name, load);
  return onSchedule({ ...optionsOf(name), schedule }, () => run({}));
}

/** Declares an HTTP function for callers other than the apps; the handler answers itself. */
export function onHttp(
  name: FunctionName,
  load: () => Promise<Handler<[request: Request, response: Response]>>,
): HttpsFunction {
  const run = lazily(name, load);
  return onRequest(optionsOf(name), (request, response) =>
    run(
      { carrier: request.headers, outcome: () => outcomeOf(response.statusCode) },
      request,
      response,
    ),
  );
}

/** Where an event or a request comes from, for its log line. */
interface Origin {
  /** The headers or the event, which contain the id of its trace. */
  readonly carrier?: unknown;
  /** The values that may name a show. */
  readonly named?: unknown;
  /** Asked when the handler is done. */
  readonly outcome?: () => "ok" | "refused" | "failed";
}

function lazily<Args extends readonly unknown[]>(
  name: FunctionName,
  load: () => Promise<Handler<Args>>,
): (origin: Origin, ...args: Args) => Promise<void> {
  const code = loadOnce(name, () =>
    Promise.all([import("./operation.js"), import("./assemble.js"), load()]),
  );
  return async ({ carrier, named, outcome }, ...args) => {
    const [{ noteShow, runOperation }, { dependencies }, handle] = await code();
    await runOperation(name, carrier, async (operation) => {
      noteShow(operation, named);
      await handle(dependencies(), ...args);
      operation.outcome = outcome?.() ?? "ok";
    });
  };
}

function outcomeOf(statusCode: number): "ok" | "refused" | "failed" {
  if (statusCode >= 500) return "failed";
  return statusCode >= 400 ? "refused" : "ok";
}
