import assert from "node:assert/strict";
import { connect, createServer, type Server, type Socket } from "node:net";

/** A proxy between one phone and a server that a test can cut, restore, or make lose answers. */
export class Line {
  readonly address: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  #losesAnswers = false;

  private constructor(server: Server, to: string) {
    const own = server.address();
    assert.ok(own !== null && typeof own === "object");
    this.address = `127.0.0.1:${own.port}`;
    this.#server = server;
    const { hostname, port } = new URL(`http://${to}`);
    server.on("connection", (phone) => {
      if (this.#isCut) phone.destroy();
      else this.#join(phone, connect(Number(port), hostname));
    });
  }

  /** Opens a proxy to `host:port`. */
  static async to(address: string): Promise<Line> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new Line(server, address);
  }

  /** Closes all connections and refuses new ones. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  restore(): void {
    this.#isCut = false;
    this.#losesAnswers = false;
  }

  /** Passes requests on to the server but drops its answers. */
  loseAnswers(): void {
    this.#losesAnswers = true;
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #join(phone: Socket, server: Socket): void {
    phone.pipe(server);
    server.on("data", (answer) => {
      if (!this.#losesAnswers) phone.write(answer);
    });
    for (const [one, other] of [
      [phone, server],
      [server, phone],
    ] as const) {
      this.#sockets.add(one);
      one.on("error", () => one.destroy());
      one.on("close", () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
  }
}
