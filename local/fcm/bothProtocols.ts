import { createServer as createHttpServer, type IncomingMessage } from "node:http";
import { createServer as createHttp2Server, type Http2ServerRequest } from "node:http2";
import { connect, createServer, type Server, type Socket } from "node:net";
import { promisify } from "node:util";
import type { Listening } from "../http/listen.js";

/** HTTP/2 connections begin with this. https://www.rfc-editor.org/rfc/rfc9113#section-3.4 */
const HTTP2_PREFACE = "PRI * HTTP/2.0";

export type Request = IncomingMessage | Http2ServerRequest;
/** What both protocols' responses share. */
export interface Response {
  writeHead(status: number, headers?: Readonly<Record<string, string>>): unknown;
  write(chunk: string): unknown;
  end(body?: string | Uint8Array): unknown;
  once(event: "close", listener: () => void): unknown;
}

/** Serves HTTP/1.1 and HTTP/2 on one port. Rejects with EADDRINUSE if it is taken. */
export async function listenToBoth(
  { host, port }: { readonly host: string; readonly port: number },
  serve: (request: Request, response: Response) => void,
): Promise<Listening> {
  const http2 = createHttp2Server({ settings: { maxConcurrentStreams: 1_000 } }, serve);
  const http = createHttpServer(serve);
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
