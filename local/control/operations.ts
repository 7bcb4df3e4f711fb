import type { z } from "zod";
import type { Fault, Faults } from "../faults/faults.js";
import { type Answer, empty, json, text } from "../http/answer.js";
import { readBody } from "./readBody.js";

/** What a test can do to a local service, and an app cannot. */
export type Operation<State> = (state: State, body: string) => Answer | Promise<Answer>;

/** By method and path after `/__control/`. */
export type Operations<State> = Readonly<Record<string, Operation<State>>>;

export const done = empty(204);

/** An operation that takes a request. */
export function taking<State, Request>(
  schema: z.ZodType<Request>,
  act: (state: State, request: Request) => Answer | Promise<Answer>,
): Operation<State> {
  return (state, body) => readBody(body, schema, (request) => act(state, request));
}

export function faultOperations<AnyFault extends Fault>(
  schema: z.ZodType<AnyFault>,
): Operations<{ readonly faults: Faults<AnyFault> }> {
  return {
    "POST faults": taking(schema, ({ faults }, fault) => {
      faults.set(fault);
      return done;
    }),
    "DELETE faults": ({ faults }) => {
      faults.clear();
      return done;
    },
  };
}

export const logOperations: Operations<{
  readonly log: { all(): unknown; clear(): void };
}> = {
  "GET requests": ({ log }) => json(200, log.all()),
  "DELETE requests": ({ log }) => {
    log.clear();
    return done;
  },
};

/** Carries out a request to `/__control/…`. */
export async function operate<State>(
  operations: Operations<State>,
  state: State,
  { method, path, body }: { readonly method: string; readonly path: string; readonly body: string },
): Promise<Answer> {
  const operation = operations[`${method} ${path.replace("/__control/", "")}`];
  return operation === undefined
    ? text(404, "There is no such control operation")
    : operation(state, body);
}
