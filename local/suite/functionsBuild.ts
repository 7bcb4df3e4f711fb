import { join } from "node:path";
import { LaunchError } from "../launchError.js";
import { functionsDirectory } from "../files/paths.js";
import { type BackgroundProcess, startInBackground } from "../process/backgroundProcess.js";

/** One round of the compiler: its complaints, none if all is well. */
export type OnBuild = (complaints: readonly string[]) => void;

const compiler = [
  join(functionsDirectory, "node_modules", "typescript", "bin", "tsc"),
  "--project",
  functionsDirectory,
  // What did not change is not written again, so that a suite beside this one does not reload.
  "--incremental",
  // Goes when the output goes: the compiler would otherwise believe that it is still there.
  "--tsBuildInfoFile",
  join(functionsDirectory, "lib", "functions.tsbuildinfo"),
  "--pretty",
  "false",
];

let built: Promise<void> | undefined;

/** Once for all suites of a run: the second one's output would make the first one load it again. */
export function buildFunctions(signal?: AbortSignal): Promise<void> {
  return (built ??= build(signal));
}

async function build(signal?: AbortSignal): Promise<void> {
  let output = "";
  const tsc = startInBackground(process.execPath, compiler, {
    cwd: functionsDirectory,
    env: process.env,
    signal,
    onOutput(text) {
      output += text;
    },
  });
  const { code } = await tsc.exited;
  signal?.throwIfAborted();
  if (code !== 0) throw new LaunchError(`The functions do not compile:\n${output.trimEnd()}`);
}

export interface FunctionsWatch {
  /** The first round's complaints. */
  readonly built: Promise<readonly string[]>;
  readonly process: BackgroundProcess;
}

/** Compiles now and at every change from then on. */
export function watchFunctions(onRebuild: OnBuild, signal?: AbortSignal): FunctionsWatch {
  let settleFirst: OnBuild | undefined;
  const first = new Promise<readonly string[]>((resolve) => {
    settleFirst = resolve;
  });
  const rounds = new CompilerRounds((complaints) => {
    if (settleFirst === undefined) {
      onRebuild(complaints);
      return;
    }
    settleFirst(complaints);
    settleFirst = undefined;
  });
  const tsc = startInBackground(
    process.execPath,
    [...compiler, "--watch", "--preserveWatchOutput"],
    {
      cwd: functionsDirectory,
      env: process.env,
      signal,
      onOutput(text) {
        rounds.read(text);
      },
    },
  );
  const ended = tsc.exited.then((): readonly string[] => {
    throw new LaunchError("The TypeScript compiler ended by itself.");
  });
  return { built: Promise.race([first, ended]), process: tsc };
}

/** Cuts the output of `tsc --watch` into rounds, each closed by `Found N errors. Watching…`. */
export class CompilerRounds {
  readonly #onRound: OnBuild;
  #rest = "";
  #complaints: string[] = [];

  constructor(onRound: OnBuild) {
    this.#onRound = onRound;
  }

  read(text: string): void {
    const lines = (this.#rest + text).split(/\r?\n/);
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#readLine(line);
  }

  #readLine(line: string): void {
    if (/Found \d+ errors?\. Watching for file changes/.test(line)) {
      const complaints = this.#complaints;
      this.#complaints = [];
      this.#onRound(complaints);
    } else if (/error TS\d+:/.test(line) || (line.startsWith(" ") && this.#complaints.length > 0)) {
      this.#complaints.push(line);
    }
  }
}
