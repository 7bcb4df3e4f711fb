import { readBody } from "../control/readBody.js";
import { empty, json, type Answer } from "../http/answer.js";
import { fcmFault } from "./control.js";
import type { FcmState } from "./state.js";

/** How long a test waits for messages, in ms, unless the test gives a time. */
const PATIENCE_MS = 20_000;

/** A test's or a page's request: see `fcmControl`. */
export async function answerControl(
  state: FcmState,
  operation: string,
  parameters: URLSearchParams,
  body: string,
): Promise<Answer> {
  const token = parameters.get("token") ?? "";
  switch (operation) {
    case "POST apps":
      return json(200, { token: state.install() });
    case "DELETE apps":
      state.uninstall(token);
      return empty(204);
    case "GET messages":
      return messages(state, token, parameters);
    case "GET requests":
      return json(200, { requests: state.requests });
    case "POST faults":
      return readBody(body, fcmFault, (fault) => {
        state.fail(fault);
        return empty(204);
      });
    case "DELETE faults":
      state.clearFaults();
      return empty(204);
    default:
      return operation.startsWith("OPTIONS ") ? empty(204) : json(404, { error: operation });
  }
}

async function messages(
  state: FcmState,
  token: string,
  parameters: URLSearchParams,
): Promise<Answer> {
  const atLeast = Number(parameters.get("atLeast") ?? 0);
  const withinMs = Number(parameters.get("withinMs") ?? PATIENCE_MS);
  if (await state.hasReceived(token, atLeast, withinMs)) return json(200, state.received(token));
  const received = state.received(token).map(({ title }) => title);
  return json(504, { error: `not ${atLeast} messages after ${withinMs} ms`, received });
}
