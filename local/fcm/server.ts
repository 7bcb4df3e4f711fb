import { createServer as createHttpServer, type IncomingMessage } from "node:http";
import { createServer as createHttp2Server, type Http2ServerRequest } from "node:http2";
import { connect, createServer, type Server, type Socket } from "node:net";
import { promisify } from "node:util";
import { readBody } from "../control/readBody.js";
import { empty, json, type Answer } from "../http/answer.js";
import type { Listening } from "../http/listen.js";
import { readBytes } from "../http/readBytes.js";
import { fcmFault } from "./control.js";
import { problemOf, sendRequest } from "./message.js";
import { failure, FcmState, type FcmAnswer } from "./state.js";

/** HTTP/2 connections begin with this. https://www.rfc-editor.org/rfc/rfc9113#section-3.4 */
const HTTP2_PREFACE = "PRI * HTTP/2.0";
const LARGEST_BODY = 64 * 1024;
const SEND = /^\/v1\/projects\/([^/]+)\/messages:send$/;
/** Where Google's libraries look for the access token of the machine that they run on. */
const METADATA = "/computeMetadata/";

type Request = IncomingMessage | Http2ServerRequest;
/** What both protocols' responses share. */
interface Response {
  writeHead(status: number, headers?: Readonly<Record<string, string>>): unknown;
  write(chunk: string): unknown;
  end(body?: string | Uint8Array): unknown;
  once(event: "close", listener: () => void): unknown;
}

/**
 * Firebase Cloud Messaging on one loopback port: HTTP v1 over HTTP/2, which the Admin SDK speaks, and over HTTP/1.1; the
 * metadata server that gives Google's libraries an access token; and control requests. Rejects with EADDRINUSE if the
 * port is taken.
 */
export async function startLocalFcm({
  host = "127.0.0.1",
  port = 0,
}: {
  readonly host?: string;
  readonly port?: number;
} = {}): Promise<Listening> {
  const state = new FcmState();
  const onRequest = (request: Request, response: Response): void => {
    serve(state, request, response).catch((error: unknown) => {
      console.error("The local FCM failed:", error);
      response.end();
    });
  };
  const http2 = createHttp2Server({ settings: { maxConcurrentStreams: 1_000 } }, onRequest);
  const http = createHttpServer(onRequest);
  const [http2Port, httpPort] = [await listening(http2), await listening(http)];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    socket.once("data", (first) => {
      socket.pause();
      const isHttp2 = first.toString("latin1").startsWith(HTTP2_PREFACE);
      const inner = connect(isHttp2 ? http2Port : httpPort, "127.0.0.1");
      inner.write(first);
      inner.pipe(socket).pipe(inner);
      for (const each of [socket, inner]) {
        sockets.add(each);
        each.once("close", () => {
          socket.destroy();
          inner.destroy();
          sockets.delete(each);
        });
        each.on("error", () => each.destroy());
      }
    });
  });
  const own = await listening(server, port, host);
  return {
    url: `http://${host}:${own}`,
    port: own,
    async close() {
      const closed = [server, http, http2].map((each) => promisify(each.close.bind(each))());
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}

async function listening(server: Server, port = 0, host = "127.0.0.1"): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not on a TCP port");
  return address.port;
}

async function serve(state: FcmState, request: Request, response: Response): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://local");
  if (pathname === "/__control/stream") {
    stream(state, searchParams.get("token") ?? "", response);
    return;
  }
  const body = (await readBytes(request, LARGEST_BODY)).toString();
  if (pathname.startsWith("/__control/")) {
    const token = searchParams.get("token") ?? "";
    await state.untilReceived(token, Number(searchParams.get("atLeast") ?? 0));
    const operation = `${request.method} ${pathname.slice("/__control/".length)}`;
    reply(response, control(state, operation, token, body));
    return;
  }
  if (pathname.startsWith(METADATA)) {
    reply(response, metadata(pathname));
    return;
  }
  const project = SEND.exec(pathname)?.[1];
  if (project === undefined || request.method !== "POST") {
    reply(response, json(404, { error: { code: 404, status: "NOT_FOUND", message: pathname } }));
    return;
  }
  state.requests += 1;
  const { status, headers, body: content } = send(state, project, request, body);
  reply(response, json(status, content, headers));
}

function send(state: FcmState, project: string, request: Request, body: string): FcmAnswer {
  if (!/^Bearer \S+$/.test(request.headers.authorization ?? "")) {
    const message = "Request is missing required authentication credential.";
    return { status: 401, body: { error: { code: 401, status: "UNAUTHENTICATED", message } } };
  }
  const read = sendRequest.safeParse(parsed(body));
  if (!read.success) {
    const [issue] = read.error.issues;
    return failure("INVALID_ARGUMENT", `${issue?.path.join(".")}: ${issue?.message}`);
  }
  const problem = problemOf(read.data.message);
  if (problem !== null) return failure("INVALID_ARGUMENT", problem);
  return state.deliver(project, read.data.message, read.data.validate_only === true);
}

function metadata(path: string): Answer {
  const flavor = { "metadata-flavor": "Google" };
  if (path.endsWith("/token")) {
    const token = { access_token: "local", expires_in: 3_600, token_type: "Bearer" };
    return json(200, token, flavor);
  }
  return { ...empty(200), headers: flavor };
}

function control(state: FcmState, operation: string, token: string, body: string): Answer {
  switch (operation) {
    case "POST apps":
      return json(200, { token: state.install() });
    case "DELETE apps":
      state.uninstall(token);
      return empty(204);
    case "GET messages":
      return json(200, state.received(token));
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

/** For a page that stands for a phone: each message of its token as a server-sent event. */
function stream(state: FcmState, token: string, response: Response): void {
  response.writeHead(200, { ...forPages, "content-type": "text/event-stream" });
  response.write(":\n\n");
  const unfollow = state.follow((message) => {
    if (message.token === token) response.write(`data: ${JSON.stringify(message)}\n\n`);
  });
  response.once("close", unfollow);
}

/** The demo's pages call the control operations. */
const forPages = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "content-type",
  "access-control-allow-methods": "GET, POST, DELETE",
};

function reply(response: Response, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...forPages, ...headers });
  response.end(body);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
