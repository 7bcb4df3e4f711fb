import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { rolldown, watch } from "rolldown";
import bundle from "../../functions/rolldown.config.js";
import { writeAtomically } from "../files/atomicFile.js";
import { readIfThere } from "../files/readIfThere.js";
import { LaunchError } from "../launchError.js";

/** A build's errors; empty if it succeeded. */
export type OnBuild = (complaints: readonly string[]) => void;

let built: Promise<void> | undefined;

/** Builds once for all suites of a run. */
export function buildFunctions(signal?: AbortSignal): Promise<void> {
  return (built ??= buildOrRefuse(signal));
}

async function buildOrRefuse(signal?: AbortSignal): Promise<void> {
  const complaints = await build();
  signal?.throwIfAborted();
  if (complaints.length > 0) {
    throw new LaunchError(["The functions do not compile:", ...complaints].join("\n"));
  }
}

export interface FunctionsWatch {
  /** The errors of the first build. */
  readonly complaints: readonly string[];
  stop(): Promise<void>;
}

/** Builds now and after every change. Types are checked by the editor and `npm run check`. */
export async function watchFunctions(onRebuild: OnBuild): Promise<FunctionsWatch> {
  const watcher = watch({ ...bundle, watch: { skipWrite: true } });
  let isFirst = true;
  const complaints = await new Promise<readonly string[]>((resolve) => {
    watcher.on("event", async (event) => {
      if (event.code === "BUNDLE_END" || event.code === "ERROR") await event.result.close();
      if (event.code !== "END" && event.code !== "ERROR") return;
      const found = event.code === "ERROR" ? [event.error.message] : await build();
      if (isFirst) resolve(found);
      else onRebuild(found);
      isFirst = false;
    });
  });
  return { complaints, stop: () => watcher.close() };
}

/** Like `npm run build` in `functions`, but without type checks. */
async function build(): Promise<readonly string[]> {
  const { dir, ...output } = bundle.output;
  try {
    await using build = await rolldown(bundle);
    const files = await build.generate(output);
    await writeChanged(
      dir,
      files.output.map((file) => [
        file.fileName,
        file.type === "chunk" ? file.code : Buffer.from(file.source).toString(),
      ]),
    );
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** Writes a file only if its content changes, because a running suite would reload everything. */
export async function writeChanged(
  directory: string,
  files: readonly (readonly [name: string, text: string])[],
): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const [name, text] of files) {
    const file = join(directory, name);
    if ((await readIfThere(file)) !== text) await writeAtomically(file, text);
  }
  const names = new Set(files.map(([name]) => name));
  for (const name of await readdir(directory)) {
    if (!names.has(name)) await rm(join(directory, name), { recursive: true, force: true });
  }
}
