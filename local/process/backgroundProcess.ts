import { execFile, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { descendantsOf, type ProcessEntry, stillRunning } from "./processTree.js";

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface BackgroundProcess {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /**
   * Records its current descendants, so that they can be ended even if it dies without doing so.
   */
  rememberTree(): Promise<void>;
  /** Asks it to end like Ctrl-C, waits, and then kills it and its remaining descendants. */
  stop(): Promise<void>;
  /** Kills it immediately, like a crash. */
  kill(): Promise<void>;
}

export interface BackgroundOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  onOutput(text: string): void;
  readonly graceMilliseconds?: number;
  /** Stops the process when aborted. */
  readonly signal?: AbortSignal | undefined;
}

const isWindows = process.platform === "win32";
const forcefulEnds = new Set<() => void>();

/**
 * Starts a process in its own process group, which the terminal's Ctrl-C does not reach. Its owner
 * decides when and how it ends.
 */
export function startInBackground(
  command: string,
  args: readonly string[],
  options: BackgroundOptions,
): BackgroundProcess {
  options.signal?.throwIfAborted();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe"],
    // On Windows, this would open a console window.
    detached: !isWindows,
    windowsHide: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => {
      options.onOutput(text);
    });
  }
  const pid = child.pid;
  if (pid === undefined) {
    child.on("error", () => undefined);
    throw new Error(`${command} could not be started.`);
  }
  let remembered: readonly ProcessEntry[] = [];
  const endByForce = (): void => {
    killGroup(pid);
    for (const entry of remembered) kill(entry.pid, "SIGKILL");
  };
  forcefulEnds.add(endByForce);

  const rememberTree = async (): Promise<void> => {
    const known = new Map(remembered.map((entry) => [entry.pid, entry]));
    for (const entry of await descendantsOf(pid)) known.set(entry.pid, entry);
    remembered = [...known.values()];
  };
  const sweep = async (): Promise<void> => {
    if (isWindows) return;
    killGroup(pid);
    for (const entry of await stillRunning(remembered)) kill(entry.pid, "SIGKILL");
  };
  const exited = new Promise<Exit>((resolve) => {
    child.on("close", (code, signal) => {
      resolve({ code, signal });
    });
    // Java and the workers keep the output open. If the process died before them, "close" waits for
    // them.
    child.on("exit", () => void sweep());
  }).finally(() => forcefulEnds.delete(endByForce));

  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    if (isWindows) {
      await promisify(execFile)("taskkill", ["/PID", `${pid}`, "/T", "/F"]).catch(() => undefined);
      await exited;
      return;
    }
    await rememberTree();
    kill(pid, "SIGINT");
    const grace = new AbortController();
    await Promise.race([
      exited,
      sleep(options.graceMilliseconds ?? 10_000, undefined, { signal: grace.signal }).then(
        rememberTree,
        () => undefined,
      ),
    ]);
    grace.abort();
    await sweep();
    await exited;
  };

  const killNow = async (): Promise<void> => {
    await rememberTree();
    endByForce();
    await exited;
  };

  const stopOnce = (): Promise<void> => (stopping ??= stop());
  const onAbort = (): void => void stopOnce();
  options.signal?.addEventListener("abort", onAbort);
  void exited.then(() => options.signal?.removeEventListener("abort", onAbort));
  return { pid, exited, rememberTree, stop: stopOnce, kill: killNow };
}

/** For the second Ctrl-C, and for a launcher that dies of its own error. */
export function endEverythingByForce(): void {
  for (const endByForce of forcefulEnds) endByForce();
}

process.on("exit", endEverythingByForce);

function killGroup(pid: number): void {
  if (isWindows) {
    execFile("taskkill", ["/PID", `${pid}`, "/T", "/F"]).unref();
    return;
  }
  kill(-pid, "SIGKILL");
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // The process is already gone.
  }
}
