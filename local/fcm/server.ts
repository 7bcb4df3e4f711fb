import { json, type Answer } from "../http/answer.js";
import type { Listening } from "../http/listen.js";
import { BodyTooLargeError, readBytes } from "../http/readBytes.js";
import { listenToBoth, type Request, type Response } from "./bothProtocols.js";
import { answerControl } from "./controlRequests.js";
import { streamMessages } from "./eventStream.js";
import { answerMetadata, METADATA } from "./metadata.js";
import { answerSend } from "./send.js";
import { FcmState } from "./state.js";

const LARGEST_BODY = 64 * 1024;
const CONTROL = "/__control/";

/** The demo's pages call the control operations. */
const forPages = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "content-type",
  "access-control-allow-methods": "GET, POST, DELETE",
};

/**
 * Firebase Cloud Messaging on one loopback port: HTTP v1 over HTTP/2, which the Admin SDK speaks, and over HTTP/1.1; the
 * metadata server that gives Google's libraries an access token; and control requests. Rejects with EADDRINUSE if the
 * port is taken.
 */
export function startLocalFcm({
  host = "127.0.0.1",
  port = 0,
}: {
  readonly host?: string;
  readonly port?: number;
} = {}): Promise<Listening> {
  const state = new FcmState();
  return listenToBoth({ host, port }, (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://local");
    if (pathname === `${CONTROL}stream`) {
      streamMessages(state, searchParams.get("token") ?? "", response, forPages);
      return;
    }
    answerTo(state, request, pathname, searchParams)
      .catch(failed)
      .then((answer) => {
        reply(response, answer);
      })
      .catch((error: unknown) => {
        console.error("The local FCM could not answer:", error);
      });
  });
}

async function answerTo(
  state: FcmState,
  request: Request,
  path: string,
  parameters: URLSearchParams,
): Promise<Answer> {
  const { method = "", headers } = request;
  const body = (await readBytes(request, LARGEST_BODY)).toString();
  if (path.startsWith(CONTROL)) {
    return answerControl(state, `${method} ${path.slice(CONTROL.length)}`, parameters, body);
  }
  if (path.startsWith(METADATA)) return answerMetadata(path);
  const { authorization } = headers;
  return answerSend(state, { method, path, ...(authorization && { authorization }) }, body);
}

function failed(error: unknown): Answer {
  if (error instanceof BodyTooLargeError) return json(413, { error: "The body is too large." });
  console.error("The local FCM failed:", error);
  return json(500, { error: "The local FCM failed." });
}

function reply(response: Response, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...forPages, ...headers });
  response.end(body);
}
