import { onTaskDispatched, type TaskQueueFunction } from "firebase-functions/tasks";
import type { SecretParam } from "firebase-functions/params";
import type { z } from "zod";
import { dependencies } from "./assemble.js";
import { REGION } from "./contract/region.js";
import type { Dependencies } from "./dependencies.js";
import type { TaskDefinition } from "./tasks/taskQueue.js";

/** The one door for tasks: validate → run. A task that throws is retried as its definition says. */
export function taskFunction<Payload extends z.ZodType>(
  { payload, retryConfig, rateLimits }: TaskDefinition<Payload>,
  run: (deps: Dependencies, payload: z.output<Payload>) => Promise<void>,
  options: { secrets?: SecretParam[]; timeoutSeconds?: number } = {},
): TaskQueueFunction {
  return onTaskDispatched({ region: REGION, retryConfig, rateLimits, ...options }, (request) =>
    run(dependencies(), payload.parse(request.data)),
  );
}
