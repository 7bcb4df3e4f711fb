import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { promisify } from "node:util";

export interface ListenOptions {
  /** Names the server in the error if `serve` rejects. */
  readonly name: string;
  readonly host: string;
  /** 0 chooses any free port. */
  readonly port: number;
  readonly serve: (message: IncomingMessage, response: ServerResponse) => Promise<void>;
}

export interface Listening {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Starts an HTTP server that cuts the connection if `serve` fails. Rejects with EADDRINUSE if the
 * port is taken.
 */
export async function listen({ name, host, port, serve }: ListenOptions): Promise<Listening> {
  const server = createServer((message, response) => {
    serve(message, response).catch((error: unknown) => {
      if (message.errored === null) console.error(`${name} failed:`, error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not on a TCP port");
  let closed: Promise<void> | undefined;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`,
    port: address.port,
    close() {
      closed ??= promisify(server.close.bind(server))();
      server.closeAllConnections();
      return closed;
    },
  };
}
