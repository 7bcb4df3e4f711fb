import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { writeAtomically } from "../files/atomicFile.js";
import { LaunchError } from "../launchError.js";
import { type BackgroundProcess, startInBackground } from "../process/backgroundProcess.js";
import { LOOPBACK } from "../suite/ports.js";
import { livekitConfig, type LivekitConfigOptions } from "./config.js";

export interface LivekitServerOptions extends LivekitConfigOptions {
  /** The `livekit-server` executable. */
  readonly binary: string;
  /** The directory for its config and log. */
  readonly directory: string;
  readonly signal?: AbortSignal | undefined;
}

/** A LiveKit that can be killed and restarted with the same ports but without its rooms. */
export interface LivekitServer {
  readonly logFile: string;
  /** Resolves once it answers; immediately if it already runs. */
  start(): Promise<void>;
  /** Kills it like a crash, without notice to its clients. */
  kill(): Promise<void>;
  /** Resolves with a message if it ends without `kill`. Never settles otherwise. */
  readonly died: Promise<string>;
}

const PATIENCE_MILLISECONDS = 30_000;

export function livekitServer(options: LivekitServerOptions): LivekitServer {
  const { binary, directory, ports, signal } = options;
  const logFile = join(directory, "livekit.log");
  const log = createWriteStream(logFile);
  const died = Promise.withResolvers<string>();
  let running: BackgroundProcess | undefined;

  const run = (configFile: string): BackgroundProcess => {
    signal?.throwIfAborted();
    try {
      return startInBackground(binary, ["--config", configFile], {
        cwd: directory,
        env: withoutLivekitVariables(process.env),
        signal,
        onOutput(text) {
          log.write(stripVTControlCharacters(text));
        },
      });
    } catch {
      throw new LaunchError(`${binary} could not be started.`);
    }
  };
  const launch = async (): Promise<void> => {
    if (running !== undefined) return;
    const config = JSON.stringify(livekitConfig(options), null, 2);
    const configFile = join(directory, "livekit.yaml");
    // The file contains the secret.
    await writeAtomically(configFile, config, 0o600);
    const child = run(configFile);
    running = child;
    void child.exited.then(() => {
      if (running !== child) return;
      running = undefined;
      died.resolve(`LiveKit ended: ${logFile}`);
    });
    await untilAnswering(child, `http://${LOOPBACK}:${ports.livekit}/`, logFile);
  };
  const end = async (): Promise<void> => {
    const child = running;
    running = undefined;
    await child?.kill();
  };

  // One call after the other: the last of simultaneous calls decides.
  let last: Promise<void> = Promise.resolve();
  const next = (act: () => Promise<void>): Promise<void> => {
    const turn = last.then(act);
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    logFile,
    start: () => next(launch),
    kill: () => next(end),
    died: died.promise,
  };
}

/** LiveKit also reads its settings from the environment, which would override the file. */
function withoutLivekitVariables(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith("LIVEKIT_")),
  );
}

async function untilAnswering(
  child: BackgroundProcess,
  url: string,
  logFile: string,
): Promise<void> {
  const hasEnded = child.exited.then(() => true);
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  while (!(await answers(url))) {
    if (Date.now() > deadline) {
      await child.kill();
      throw new LaunchError(
        `LiveKit did not answer after ${PATIENCE_MILLISECONDS / 1_000} s: ${logFile}`,
      );
    }
    if (await Promise.race([hasEnded, sleep(25, false)])) {
      throw new LaunchError(`LiveKit ended while it started: ${logFile}`);
    }
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const { ok } = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    return ok;
  } catch {
    return false;
  }
}
