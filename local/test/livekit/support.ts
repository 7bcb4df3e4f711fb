import assert from "node:assert/strict";
import { createServer } from "node:http";
import { type LivekitControl, livekitControl } from "../../livekit/proxy/client.js";
import { startFaultProxy } from "../../livekit/proxy/faultProxy.js";
import { LOOPBACK } from "../../suite/ports.js";

/** A request as it arrived behind the proxy. */
export interface Arrival {
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** A server that records requests and answers 200 with a binary body. */
export class StandIn {
  readonly arrivals: Arrival[] = [];
  /** Awaited before each answer. */
  before: (arrival: Arrival) => Promise<void> = () => Promise.resolve();
  readonly #server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on("data", (chunk: Buffer) => chunks.push(chunk));
    message.on("end", () => {
      const { rawHeaders, url = "" } = message;
      const arrival = { url, rawHeaders, body: Buffer.concat(chunks) };
      this.arrivals.push(arrival);
      void this.before(arrival).then(() => {
        response.writeHead(200, { "content-type": "application/protobuf", "x-from": "stand-in" });
        response.end(answerBytes);
      });
    });
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, LOOPBACK, resolve));
    const address = this.#server.address();
    assert(address !== null && typeof address === "object");
    return `http://${LOOPBACK}:${address.port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  bodies(): readonly string[] {
    return this.arrivals.map(({ body }) => body.toString("utf8"));
  }
}

export const answerBytes = Buffer.from([0, 255, 128, 10, 13]);

export interface ProxyHarness {
  readonly url: string;
  readonly control: LivekitControl;
  readonly livekit: StandIn;
  readonly webhook: StandIn;
  /** The calls from `/__control/server`. */
  readonly serverCalls: string[];
}

/** Starts a proxy between two stand-ins for each test of the calling suite. */
export function useProxy(): () => ProxyHarness {
  let harness: (ProxyHarness & { close(): Promise<void> }) | undefined;
  beforeEach(async () => {
    const livekit = new StandIn();
    const webhook = new StandIn();
    const serverCalls: string[] = [];
    const proxy = await startFaultProxy({
      port: 0,
      livekitUrl: await livekit.open(),
      webhookUrl: `${await webhook.open()}/demo/region/audioWebhook`,
      server: {
        start: () => Promise.resolve(void serverCalls.push("start")),
        kill: () => Promise.resolve(void serverCalls.push("kill")),
      },
    });
    harness = {
      url: proxy.url,
      control: livekitControl(proxy.url),
      livekit,
      webhook,
      serverCalls,
      async close() {
        await Promise.all([proxy.close(), livekit.close(), webhook.close()]);
      },
    };
  });
  afterEach(() => harness?.close());
  return () => {
    assert(harness !== undefined);
    return harness;
  };
}

/** A LiveKit webhook with the fields that the proxy reads. */
export function webhookBody(event: string, identity: string): string {
  return JSON.stringify({ event, room: { name: "show-1" }, participant: { identity }, id: "EV_1" });
}
