import { createWriteStream, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { writeFirebaseConfig } from "./firebaseConfig.js";
import { type ProvideOptions, provideFirestoreEmulator } from "../toolchain/firestoreEmulator.js";
import { findJdk, type Jdk } from "../toolchain/jdk.js";
import { isArray, parseJson, recordOf } from "../files/json.js";
import { LaunchError } from "../launchError.js";
import { firebaseCli, rootBinaries } from "../files/paths.js";
import { LOOPBACK, type Ports } from "./ports.js";
import { type BackgroundProcess, startInBackground } from "../process/backgroundProcess.js";
import type { RunDirectory } from "./runDirectory.js";
import { emulatorEnvironment } from "./emulatorEnvironment.js";

/** Patches for what the emulators lack or do too expensively for one machine. */
const extensions = ["sharedFunctions", "punctualTasks", "rulesOfOneProject"].map(
  (name) => `--import=${import.meta.resolve(`../emulators/${name}.ts`)}`,
);

/** With a `demo-` project, nothing leaves the machine. */
export const PROJECT_ID = "demo-ambient";

/** What must be on the machine before the emulators can start. */
export interface Requisites {
  readonly jdk: Jdk;
  /** The environment variables that locate the Firestore emulator. */
  readonly firestore: Readonly<Record<string, string>>;
}

export async function findRequisites(options: ProvideOptions): Promise<Requisites> {
  const jdk = await findJdk();
  return { jdk, firestore: await provideFirestoreEmulator(jdk, options) };
}

export interface EmulatorsOptions {
  readonly requisites: Requisites;
  readonly only: readonly ("auth" | "firestore" | "functions" | "tasks")[];
  readonly ports: Ports;
  readonly directory: RunDirectory;
  readonly functionsProcesses?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  onProgress(line: string): void;
}

export interface Emulators {
  readonly logFile: string;
  readonly process: BackgroundProcess;
  /** Names the emulator if one dies while the CLI keeps running. */
  readonly oneDied: Promise<string>;
}

const READY = "All emulators ready!";
const PATIENCE_MILLISECONDS = 240_000;

/** The Firebase emulators, running and with the functions loaded. */
export async function startEmulators(options: EmulatorsOptions): Promise<Emulators> {
  const { directory, only, ports } = options;
  const { jdk, firestore } = options.requisites;
  const config = await writeFirebaseConfig(directory.name, ports, directory.path);
  // The CLI keeps one file per project in the temporary directory. Two suites that start at once read
  // it half written, and fail.
  const temporary = await mkdtemp(join(tmpdir(), "ambient-"));
  const logFile = join(directory.path, "suite.log");
  const log = createWriteStream(logFile);
  let output = "";
  let sayDied: (line: string) => void = () => undefined;
  const oneDied = new Promise<string>((resolve) => {
    sayDied = resolve;
  });
  options.onProgress(`starting the emulators: ${only.join(", ")}`);
  const cli = startInBackground(
    process.execPath,
    // oxfmt-ignore
    [...extensions, firebaseCli(), "emulators:start", "--project", PROJECT_ID, "--config", config, "--only", only.join(",")],
    {
      // The working directory receives the emulators' own logs.
      cwd: directory.path,
      env: emulatorEnvironment(process.env, {
        path: [jdk.binDirectory, rootBinaries],
        javaBinDirectory: jdk.binDirectory,
        more: {
          ...firestore,
          AMBIENT_FCM: `${LOOPBACK}:${ports.fcm}`,
          TMPDIR: temporary,
          TEMP: temporary,
        },
        manifestDirectory: directory.path,
        functionsProcesses: options.functionsProcesses ?? 1,
      }),
      signal: options.signal,
      // There is nothing to export, and the CLI would wait a minute for functions that never become
      // idle.
      graceMilliseconds: 2_000,
      onOutput(text) {
        const plain = stripVTControlCharacters(text);
        log.write(plain);
        if (!output.includes(READY)) output += plain;
        const died = /\w+ Emulator has exited upon receiving signal: \w+/.exec(plain);
        if (died !== null) sayDied(died[0]);
      },
    },
  );
  void cli.exited.finally(() => {
    log.end();
    rmSync(temporary, { recursive: true, force: true });
  });
  try {
    await untilReady(cli, () => output.includes(READY));
    if (only.includes("functions")) await assertFunctionsLoaded(ports, () => output);
    await cli.rememberTree();
  } catch (error) {
    await cli.stop();
    options.signal?.throwIfAborted();
    if (!(error instanceof LaunchError)) throw error;
    throw new LaunchError(`${error.message}\n${lastLines(output)}\nAll of it: ${logFile}`);
  }
  return { logFile, process: cli, oneDied };
}

async function untilReady(cli: BackgroundProcess, isReady: () => boolean): Promise<void> {
  const hasEnded = cli.exited.then(() => true);
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  while (!isReady()) {
    if (Date.now() > deadline) {
      throw new LaunchError(`The emulators were not up after ${PATIENCE_MILLISECONDS / 1_000} s:`);
    }
    if (await Promise.race([hasEnded, sleep(50, false)])) {
      throw new LaunchError("The emulators ended while they started:");
    }
  }
}

/** The CLI says "ready" even if it could not load the functions' code. */
async function assertFunctionsLoaded(ports: Ports, output: () => string): Promise<void> {
  const answer = await fetch(`http://${LOOPBACK}:${ports.functions}/backends`);
  const backends = recordOf(parseJson(await answer.text())).backends;
  const loaded = isArray(backends)
    ? backends.flatMap((backend) => recordOf(backend).functionTriggers)
    : [];
  if (loaded.length > 0) return;
  const [reason] =
    /^.*Failed to load function definition[^]*?(?=^\S+ {2}|(?![^]))/m.exec(output()) ?? [];
  throw new LaunchError(`The emulator could not load the functions. ${reason?.trim() ?? ""}`);
}

function lastLines(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return lines
    .slice(-8)
    .map((line) => `  ${line}`)
    .join("\n");
}
