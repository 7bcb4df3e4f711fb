// The Firebase CLI loads this file on plain Node, so it must not import anything from this
// repository.
import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { request as httpRequest, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import emulator, {
  type FunctionDefinition,
  type FunctionsEmulator,
} from "firebase-tools/lib/emulator/functionsEmulator.js";
import shared from "firebase-tools/lib/emulator/functionsEmulatorShared.js";
import workers, { type Runtime } from "firebase-tools/lib/emulator/functionsRuntimeWorker.js";

/*
 * The functions emulator starts one process per function, and more for simultaneous calls. 34
 * functions took 5 GB, and each first call cost a second of CPU. In production, an instance takes
 * many calls at once. These processes do the same: each serves every function.
 */

const PROCESSES = Number(process.env.AMBIENT_FUNCTIONS_PROCESSES ?? "1");
const hostScript = fileURLToPath(new URL("functionsHost.ts", import.meta.url));

interface ForwardedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** One process that serves every function. */
class Host extends workers.RuntimeWorker {
  #calls = 0;
  #isRetired = false;

  get isServing(): boolean {
    return this.state === "IDLE" && !this.#isRetired;
  }

  override async waitForSocketReady(): Promise<void> {
    const ended = once(this.runtime.process, "exit").then(() => {
      throw new Error("the process ended while it started");
    });
    await Promise.race([super.waitForSocketReady(), ended]);
  }

  /** Takes no more calls, and ends once it has answered its current ones. */
  retire(): void {
    this.#isRetired = true;
    if (this.#calls === 0) this.end();
  }

  end(): void {
    this.runtime.process.kill();
  }

  async serve(
    definition: FunctionDefinition,
    request: ForwardedRequest,
    response: ServerResponse,
    body: Uint8Array | undefined,
  ): Promise<void> {
    const started = performance.now();
    this.logInfo(`Beginning execution of "${definition.id}"`);
    this.#calls += 1;
    await this.#forward(definition, request, response, body);
    this.#calls -= 1;
    const elapsed = performance.now() - started;
    this.logInfo(`Finished "${definition.id}" in ${elapsed.toFixed(1)}ms`);
    if (this.#isRetired && this.#calls === 0) this.end();
  }

  #forward(
    { entryPoint, timeoutSeconds, ...definition }: FunctionDefinition,
    { method, path, headers }: ForwardedRequest,
    response: ServerResponse,
    body: Uint8Array | undefined,
  ): Promise<void> {
    return new Promise((resolve) => {
      response.once("close", resolve);
      const forwarded = httpRequest(
        {
          ...this.runtime.conn.httpReqOpts(),
          method,
          path,
          headers: {
            ...headers,
            "ambient-function": entryPoint,
            "ambient-signature": shared.getSignatureType(definition),
          },
          timeout: timeoutSeconds * 1_000,
        },
        (answer) => {
          response.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(response);
        },
      );
      let tookTooLong = false;
      forwarded.on("timeout", () => {
        tookTooLong = true;
        forwarded.destroy(new Error(`${entryPoint} took longer than ${timeoutSeconds} s`));
      });
      forwarded.on("error", ({ message }) => {
        this.logInfo(`The call failed: ${message}`);
        // A process that breaks a connection is about to end but reports that only later.
        this.#isRetired ||= !tookTooLong;
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
      forwarded.end(body);
    });
  }
}

/** Replaces firebase-tools' own pool, with the same interface. */
class SharedPool {
  #hosts: Host[] = [];
  #filling: Promise<void> | undefined;
  #turn = 0;
  #emulator: FunctionsEmulator | undefined;

  readyForWork(): boolean {
    return this.#serving().length >= PROCESSES;
  }

  async submitRequest(
    functionId: string,
    request: ForwardedRequest,
    response: ServerResponse,
    body: Uint8Array | undefined,
  ): Promise<void> {
    const serving = this.#serving();
    const host = serving[this.#turn++ % serving.length];
    const definition = Object.values(this.#emulator?.triggers ?? {}).find(
      ({ def }) => def.id === functionId,
    )?.def;
    if (host === undefined || definition === undefined) {
      response.writeHead(500).end();
      return;
    }
    await host.serve(definition, request, response, body);
  }

  addWorker(_definition: unknown, runtime: Runtime, extensionLogInfo: object): Host {
    const host = new Host(undefined, runtime, extensionLogInfo);
    this.#hosts.push(host);
    return host;
  }

  /** Starts the missing processes. Simultaneous callers wait for the same ones. */
  fill(functionsEmulator: FunctionsEmulator, start: () => Promise<unknown>): Promise<void> {
    this.#emulator = functionsEmulator;
    this.#filling ??= this.#startMissing(start).finally(() => {
      this.#filling = undefined;
    });
    return this.#filling;
  }

  /** The code has changed, so the next call must reach a process that has loaded it. */
  refresh(): void {
    for (const host of this.#hosts) host.retire();
  }

  exit(): void {
    for (const host of this.#hosts) host.end();
  }

  async #startMissing(start: () => Promise<unknown>): Promise<void> {
    const missing = PROCESSES - this.#serving().length;
    await Promise.all(Array.from({ length: missing }, start));
  }

  #serving(): readonly Host[] {
    this.#hosts = this.#hosts.filter(({ state }) => state !== "FINISHED");
    return this.#hosts.filter(({ isServing }) => isServing);
  }
}

workers.RuntimeWorkerPool = SharedPool;

const emulated = emulator.FunctionsEmulator.prototype;
const { loadTriggers, startRuntime } = emulated;

emulated.startNode = function (backend, environment) {
  const socketPath = shared.getTemporarySocketPath();
  const child = spawn(backend.bin, [hostScript], {
    cwd: backend.functionsDir,
    env: { ...process.env, ...environment, PORT: socketPath },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  return Promise.resolve({
    process: child,
    events: new EventEmitter(),
    cwd: backend.functionsDir,
    conn: new emulator.IPCConn(socketPath),
  });
};

// Without a specific function, the process gets the environment shared by all.
emulated.startRuntime = async function (backend) {
  const pool = this.workerPools[backend.codebase];
  if (pool instanceof SharedPool) await pool.fill(this, () => startRuntime.call(this, backend));
};

/** Starts the processes when the code is loaded, not at the first call. */
emulated.loadTriggers = async function (backend, force) {
  await loadTriggers.call(this, backend, force);
  if (Object.keys(this.triggers).length === 0) return;
  await this.startRuntime(backend).catch((error: unknown) => {
    process.stderr.write(`The functions could not be started: ${String(error)}\n`);
  });
};
