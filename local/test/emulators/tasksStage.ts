import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import type { ServerResponse } from "node:http";
import tasksEmulator from "firebase-tools/lib/emulator/tasksEmulator.js";
import "../../emulators/punctualTasks.js";
import { listen, type Listening } from "../../http/listen.js";
import { readBytes } from "../../http/readBytes.js";
import { LOOPBACK, pickFreePorts } from "../../suite/ports.js";

export interface Delivery {
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface QueueOptions {
  readonly retryConfig?: {
    readonly maxAttempts?: number;
    readonly minBackoffSeconds?: number;
    readonly maxDoublings?: number;
  };
  readonly rateLimits?: { readonly maxConcurrentDispatches?: number };
}

const QUEUE = "projects/p/locations/l/queues/q";

/** The tasks emulator as in a suite, with one queue and a handler for its tasks. */
export class TasksStage {
  readonly deliveries: Delivery[] = [];
  /** Returns the status for a delivery; the first one has the index 0. */
  handle: (index: number) => Promise<number> | number = () => 204;
  readonly #delivered = new EventEmitter();
  #tasksUrl = "";
  #handler: Listening | undefined;
  #emulator: InstanceType<typeof tasksEmulator.TasksEmulator> | undefined;

  async open(): Promise<void> {
    const { tasks: port } = await pickFreePorts();
    this.#tasksUrl = `http://${LOOPBACK}:${port}`;
    this.#emulator = new tasksEmulator.TasksEmulator({ host: LOOPBACK, port });
    await this.#emulator.start();
    this.#handler = await listen({
      name: "The handler",
      host: LOOPBACK,
      port: 0,
      serve: async (message, response) => {
        const body = (await readBytes(message, 1_000_000)).toString("utf8");
        await this.#take({ body, headers: message.headers, at: Date.now() }, response);
      },
    });
  }

  async close(): Promise<void> {
    await Promise.all([this.stopEmulator(), this.#handler?.close()]);
  }

  /** Stops the emulator but still records deliveries. */
  async stopEmulator(): Promise<void> {
    await this.#emulator?.stop();
    this.#emulator = undefined;
  }

  /** Creates the queue, like the functions emulator does for a function. */
  async createQueue(options: QueueOptions = {}): Promise<void> {
    const body = { ...options, defaultUri: this.#handler?.url };
    assert.equal(await post(`${this.#tasksUrl}/${QUEUE}`, body), 200);
  }

  /** Enqueues a task, like the Admin SDK does, and returns the response status. */
  create({ id, data = {}, dueAt }: TaskOptions = {}): Promise<number> {
    const task = {
      ...(id !== undefined && { name: `${QUEUE}/tasks/${id}` }),
      ...(dueAt !== undefined && { scheduleTime: new Date(dueAt).toISOString() }),
      httpRequest: {
        url: "",
        oidcToken: { serviceAccountEmail: "emulated-service-acct@email.com" },
        headers: { "Content-Type": "application/json" },
        body: Buffer.from(JSON.stringify({ data })).toString("base64"),
      },
    };
    return post(`${this.#tasksUrl}/${QUEUE}/tasks`, { task });
  }

  async untilDelivered(count: number): Promise<readonly Delivery[]> {
    while (this.deliveries.length < count) await once(this.#delivered, "delivery");
    return this.deliveries;
  }

  async #take(delivery: Delivery, response: ServerResponse): Promise<void> {
    const index = this.deliveries.push(delivery) - 1;
    this.#delivered.emit("delivery");
    response.writeHead(await this.handle(index)).end();
  }
}

interface TaskOptions {
  readonly id?: string;
  readonly data?: unknown;
  /** Milliseconds since the epoch. */
  readonly dueAt?: number;
}

async function post(url: string, body: unknown): Promise<number> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  return response.status;
}
