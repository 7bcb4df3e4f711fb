import type { IncomingMessage, ServerResponse } from "node:http";

import { answer } from "../faults/faults.js";
import { type Answer, empty, json, text } from "../http/answer.js";
import { listen, type Listening } from "../http/listen.js";
import { BodyTooLargeError } from "../http/readBytes.js";
import { authorize } from "./accounts/authorize.js";
import { token } from "./accounts/token.js";
import { operate } from "../control/operations.js";
import { operations } from "./control/routes.js";
import { allowBrowsers, isPreflight } from "./cors.js";
import { readRequest, type HttpRequest } from "../http/readRequest.js";
import { createState, type LocalSpotifyOptions, type State } from "./state.js";
import { webApi } from "./webApi/webApi.js";

export type { LocalSpotifyOptions } from "./state.js";

export type LocalSpotify = Listening;

/**
 * Spotify's accounts service and Web API on one loopback port. Rejects with EADDRINUSE if the port
 * is taken.
 */
export function startLocalSpotify(options: LocalSpotifyOptions): Promise<LocalSpotify> {
  const state = createState(options);
  return listen({
    name: "The local Spotify",
    host: options.host ?? "127.0.0.1",
    port: options.port ?? 0,
    serve: (message, response) => serve(state, message, response),
  });
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
    await answer(response, undefined, () => json(413, oversized, { connection: "close" }));
    return;
  }
  allowBrowsers(request, response);
  if (isPreflight(request)) {
    await answer(response, undefined, () => empty(204));
    return;
  }
  // Control requests are neither logged nor failed; otherwise nobody could clear a fault that
  // matches everything.
  if (request.path.startsWith("/__control/")) {
    await answer(response, undefined, () => operate(operations, state, request));
    return;
  }
  const entry = state.log.add(request);
  const fault = state.faults.take(request.method, request.path);
  entry.status = await answer(response, fault, () => route(state, request));
}

const oversized = { error: { status: 413, message: "Payload too large" } };

function route(state: State, request: HttpRequest): Answer {
  if (request.path.startsWith("/v1/")) return webApi(state, request);
  if (request.path === "/authorize") {
    return request.method === "GET" ? authorize(state, request) : text(405, "Method not allowed");
  }
  if (request.path === "/api/token") {
    return request.method === "POST" ? token(state, request) : text(405, "Method not allowed");
  }
  return text(404, "Not found");
}
