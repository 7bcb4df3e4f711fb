import type { IncomingMessage, ServerResponse } from "node:http";
import { answer, Faults } from "../../faults/faults.js";
import { type Answer, empty, json } from "../../http/answer.js";
import { listen, type Listening } from "../../http/listen.js";
import { BodyTooLargeError } from "../../http/readBytes.js";
import { LOOPBACK } from "../../suite/ports.js";
import type { LivekitServer } from "../server.js";
import { operate } from "../../control/operations.js";
import { operations } from "./control.js";
import { forward } from "./forward.js";
import { HeldRequests } from "./heldRequests.js";
import { describeSubject, type PassingRequest, readPassing } from "./passingRequest.js";
import type { ProxyFault } from "./proxyFault.js";
import type { ProxyState } from "./proxyState.js";
import { type LoggedPassage, RequestLog } from "./requestLog.js";

export interface FaultProxyOptions {
  /** 0 chooses any free port. */
  readonly port: number;
  /** LiveKit's HTTP API, which receives `/twirp/…`. */
  readonly livekitUrl: string;
  /** The function for LiveKit's webhooks, which receives `/webhook`. */
  readonly webhookUrl: string;
  /** The server that `/__control/server` takes down and brings back. */
  readonly server: Pick<LivekitServer, "start" | "kill">;
}

/**
 * Starts a proxy on both sides of LiveKit, which fails on demand and otherwise passes everything on
 * unchanged.
 */
export function startFaultProxy(options: FaultProxyOptions): Promise<Listening> {
  const state: ProxyState = {
    faults: new Faults(),
    held: new HeldRequests(),
    log: new RequestLog(),
    server: options.server,
  };
  return listen({
    name: "The fault proxy around LiveKit",
    host: LOOPBACK,
    port: options.port,
    serve: (message, response) => serve(state, options, message, response),
  });
}

async function serve(
  state: ProxyState,
  options: FaultProxyOptions,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let request: PassingRequest;
  try {
    request = await readPassing(message);
  } catch (error) {
    if (!(error instanceof BodyTooLargeError)) throw error;
    await answer(response, undefined, () => json(413, oversized, { connection: "close" }));
    return;
  }
  // Control requests are neither logged nor failed; otherwise nobody could clear a fault that
  // matches everything.
  if (request.path.startsWith("/__control/")) {
    await answer(response, undefined, () =>
      operate(operations, state, { ...request, body: request.body.toString("utf8") }),
    );
    return;
  }
  const target = targetOf(request, options);
  if (target === undefined) {
    await answer(response, undefined, () => json(404, notHere));
    return;
  }
  await pass(state, request, target, response);
}

const oversized = { code: "resource_exhausted", msg: "Payload too large" };
const notHere = { code: "bad_route", msg: "Neither /twirp/… nor /webhook" };

function targetOf({ path }: PassingRequest, options: FaultProxyOptions): URL | undefined {
  if (path === "/webhook") return new URL(options.webhookUrl);
  return path.startsWith("/twirp/") ? new URL(path, options.livekitUrl) : undefined;
}

async function pass(
  state: ProxyState,
  request: PassingRequest,
  target: URL,
  response: ServerResponse,
): Promise<void> {
  const entry = state.log.add(request);
  const line = [request.path, describeSubject(request.subject)].join(" ").trimEnd();
  const fault = state.faults.take(request.method, line);
  const through = async (): Promise<void> => {
    entry.status = await answered(response, fault, () => forward(target, request));
    await sendCopies(state, request, target, fault?.duplicate ?? 0);
  };
  if (fault?.hold !== true) {
    await through();
  } else if (request.path === "/webhook") {
    // LiveKit sends a room's events one by one, so it must believe that this one arrived.
    await answer(response, undefined, () => empty(200));
    await state.held.hold(async () => {
      await deliver(entry, target, request);
      await sendCopies(state, request, target, fault.duplicate ?? 0);
    });
  } else {
    await state.held.hold(through);
  }
}

/** The sent status, or null if none was sent, for example because the target does not answer. */
async function answered(
  response: ServerResponse,
  fault: ProxyFault | undefined,
  process: () => Promise<Answer>,
): Promise<number | null> {
  try {
    return await answer(response, fault, process);
  } catch {
    response.destroy();
    return null;
  }
}

async function sendCopies(
  state: ProxyState,
  request: PassingRequest,
  target: URL,
  count: number,
): Promise<void> {
  const copies = Array.from({ length: count }, () => state.log.add(request, { copy: true }));
  await Promise.all(copies.map((entry) => deliver(entry, target, request)));
}

/** Nobody waits for the answer. */
async function deliver(entry: LoggedPassage, target: URL, request: PassingRequest): Promise<void> {
  try {
    entry.status = (await forward(target, request)).status;
  } catch {
    entry.status = null;
  }
}
