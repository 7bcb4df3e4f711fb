/**
 * Types for the parts of firebase-tools that the local emulators patch, because its package has
 * none.
 */

declare module "firebase-tools/lib/emulator/functionsRuntimeWorker.js" {
  import type { ChildProcess } from "node:child_process";
  import type { EventEmitter } from "node:events";

  export interface Runtime {
    readonly process: ChildProcess;
    readonly events: EventEmitter;
    readonly cwd: string;
    readonly conn: { httpReqOpts(): { socketPath: string } };
  }

  /** A child process, which forwards its log and says `IDLE` once it listens. */
  export class RuntimeWorker {
    constructor(triggerId: string | undefined, runtime: Runtime, extensionLogInfo: object);
    readonly runtime: Runtime;
    readonly state: "CREATED" | "IDLE" | "BUSY" | "FINISHING" | "FINISHED";
    waitForSocketReady(): Promise<void>;
    logInfo(message: string): void;
  }

  const module: {
    readonly RuntimeWorker: typeof RuntimeWorker;
    /** The functions emulator's process pool. */
    RuntimeWorkerPool: new (mode: string) => object;
  };
  export default module;
}

declare module "firebase-tools/lib/emulator/functionsEmulator.js" {
  import type { Runtime } from "firebase-tools/lib/emulator/functionsRuntimeWorker.js";

  export interface Backend {
    readonly codebase: string;
    readonly functionsDir: string;
    readonly bin: string;
  }

  export interface FunctionDefinition {
    readonly id: string;
    readonly entryPoint: string;
    readonly timeoutSeconds: number;
  }

  export class FunctionsEmulator {
    constructor(options: object);
    readonly workerPools: Readonly<Record<string, object>>;
    readonly triggers: Readonly<Record<string, { readonly def: FunctionDefinition }>>;
    loadTriggers: (this: FunctionsEmulator, backend: Backend, force?: boolean) => Promise<void>;
    startNode(backend: Backend, environment: Readonly<Record<string, string>>): Promise<Runtime>;
    startRuntime: (
      this: FunctionsEmulator,
      backend: Backend,
      trigger?: FunctionDefinition,
    ) => Promise<unknown>;
  }

  export class IPCConn {
    constructor(socketPath: string);
    httpReqOpts(): { socketPath: string };
  }

  const module: {
    readonly FunctionsEmulator: typeof FunctionsEmulator;
    readonly IPCConn: typeof IPCConn;
  };
  export default module;
}

declare module "firebase-tools/lib/emulator/functionsEmulatorShared.js" {
  const module: {
    getTemporarySocketPath(): string;
    /** A function's signature type: `http`, or the kind of event. */
    getSignatureType(definition: object): "http" | "event" | "cloudevent";
  };
  export default module;
}

declare module "firebase-tools/lib/emulator/downloadableEmulators.js" {
  const module: {
    start: (name: string, args: object) => Promise<void>;
  };
  export default module;
}

declare module "firebase-tools/lib/emulator/firestoreEmulator.js" {
  export class FirestoreEmulator {
    readonly args: { readonly rules?: string };
    /** Resolves with what the compiler says against the rules. */
    updateRules(content: string): Promise<readonly object[]>;
    prettyPrintRulesIssue(path: string, issue: object): string;
  }

  const module: { readonly FirestoreEmulator: typeof FirestoreEmulator };
  export default module;
}

declare module "firebase-tools/lib/emulator/registry.js" {
  const module: {
    readonly EmulatorRegistry: {
      start: (emulator: object) => Promise<void>;
      stop(name: "functions"): Promise<void>;
    };
  };
  export default module;
}

declare module "firebase-tools/lib/emulator/taskQueue.js" {
  interface Task {
    readonly name: string;
    /** ISO 8601; if absent, the task is due immediately. */
    readonly scheduleTime?: string;
  }

  export class TaskQueue {
    constructor(key: string, config: object);
    /** The tasks that wait for delivery. */
    readonly queue: { size(): number };
    /** Every name that was ever used. */
    readonly queuedIds: Set<string>;
    enqueue: (this: TaskQueue, task: Task) => void;
    /** Called after a failed attempt; the first attempt is 1. */
    shouldStopRetrying: (
      this: TaskQueue,
      metadata: { readonly currentAttempt: number },
      retryConfig: object,
    ) => boolean;
  }

  const module: { readonly TaskQueue: typeof TaskQueue };
  export default module;
}

declare module "firebase-tools/lib/emulator/tasksEmulator.js" {
  const module: {
    readonly TaskQueueController: {
      /** Milliseconds between two checks of the queues, with tasks and without. */
      UPDATE_TIMEOUT: number;
      LISTEN_TIMEOUT: number;
    };
    readonly TasksEmulator: new (listen: { readonly host: string; readonly port: number }) => {
      start(): Promise<void>;
      stop(): Promise<void>;
    };
  };
  export default module;
}
