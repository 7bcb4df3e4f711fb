import { onCall, type CallableFunction } from "firebase-functions/https";
import type { z } from "zod";
import type { OpenOperation, Operation } from "./answer.js";
import { optionsOf, type FunctionName } from "./functionOptions.js";
import { loadOnce } from "./loading.js";
import { withReasons } from "./withReasons.js";

/**
 * Declares a callable for signed-in people. `load` imports its contract and its operation; neither is loaded before
 * the first call (see `loadOnce`).
 */
export function callable<Request extends z.ZodType, Response extends z.ZodType>(
  name: FunctionName,
  load: () => Promise<Operation<Request, Response>>,
): CallableFunction<unknown, Promise<z.output<Response>>> {
  const code = loadOnce(name, () => Promise.all([import("./answer.js"), load()]));
  return withReasons(
    onCall(optionsOf(name), async (request) => {
      const [{ answer }, operation] = await code();
      return answer(request, operation);
    }),
  );
}

/** Declares a callable for people who are not signed in yet. */
export function openCallable<Request extends z.ZodType, Response extends z.ZodType>(
  name: FunctionName,
  load: () => Promise<OpenOperation<Request, Response>>,
): CallableFunction<unknown, Promise<z.output<Response>>> {
  const code = loadOnce(name, () => Promise.all([import("./answer.js"), load()]));
  return withReasons(
    onCall(optionsOf(name), async (request) => {
      const [{ answerAnyone }, operation] = await code();
      return answerAnyone(request, operation);
    }),
  );
}
