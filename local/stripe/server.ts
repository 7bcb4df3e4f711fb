import type { IncomingMessage, ServerResponse } from "node:http";
import { answer } from "../faults/faults.js";
import { type Answer, json } from "../http/answer.js";
import { listen, type Listening } from "../http/listen.js";
import { BodyTooLargeError } from "../http/readBytes.js";
import { api } from "./api.js";
import { operate } from "../control/operations.js";
import { operations } from "./control/routes.js";
import { type HttpRequest, readRequest } from "../http/readRequest.js";
import { headerOf } from "./http.js";
import { page } from "./pages.js";
import { createState, type LocalStripeOptions, type State } from "./state.js";

export type LocalStripe = Listening;

/**
 * The part of Stripe's API that the functions use, and the pages that people see there, on one loopback port. It keeps what
 * stripe-mock does not: state, pages to click and signed webhooks. Rejects with EADDRINUSE if the port is taken.
 */
export async function startLocalStripe(options: LocalStripeOptions): Promise<LocalStripe> {
  const state = createState(options);
  const listening = await listen({
    name: "The local Stripe",
    host: options.host ?? "127.0.0.1",
    port: options.port ?? 0,
    serve: (message, response) => serve(state, message, response),
  });
  state.url = listening.url;
  return listening;
}

async function serve(
  state: State,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let request: HttpRequest;
  try {
    request = await readRequest(message);
  } catch (error) {
    if (!(error instanceof BodyTooLargeError)) throw error;
    await answer(response, undefined, () => json(413, {}, { connection: "close" }));
    return;
  }
  // Neither logged nor failed; otherwise nobody could clear a fault that matches everything.
  if (request.path.startsWith("/__control/")) {
    await answer(response, undefined, () => operate(operations, state, request));
    return;
  }
  if (!request.path.startsWith("/v1/")) {
    await answer(response, undefined, () => page(state, request));
    return;
  }
  const { method, path, body } = request;
  const entry = {
    method,
    path,
    account: headerOf(request, "stripe-account"),
    idempotencyKey: headerOf(request, "idempotency-key"),
    body,
    status: null,
  };
  const logged: { status: number | null } = entry;
  state.log.push(entry);
  const fault = state.faults.take(method, path);
  const process = (): Promise<Answer> => api(state, request);
  logged.status = await answer(response, fault, process);
}
