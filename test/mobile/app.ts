import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { buildClient, clientDirectory } from "../../client/release/buildClient.js";
import { root } from "../../local/files/paths.js";
import { readIfThere } from "../../local/files/readIfThere.js";
import { buildReact, reactDirectory } from "../../react/release/buildReact.js";

const run = promisify(execFile);

export const appDirectory = join(root, "example/mobile");

/** The environment without this project's npm variables and paths, which would change where npm installs. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.toLowerCase().startsWith("npm_")),
);

/** Ambient's packages, which the app gets as they are now. */
const packages: Readonly<Record<string, string>> = {
  "@ambient/client": clientDirectory,
  "@ambient/react": reactDirectory,
};

/**
 * Installs the app's packages, unless they are as its lockfile says, and gives it Ambient's packages as they are now. The
 * app has its own packages: React Native would bring hundreds of them to everyone who only works on the server.
 */
export async function installApp(): Promise<void> {
  await buildClient();
  await buildReact();
  const stamp = join(appDirectory, "node_modules/.ambient-lockfile");
  const lockfile = await readFile(join(appDirectory, "package-lock.json"));
  const wanted = createHash("sha256").update(lockfile).digest("hex");
  if ((await readIfThere(stamp)) !== wanted) {
    const options = { cwd: appDirectory, env: environment, shell: process.platform === "win32" };
    await run("npm", ["ci", "--prefer-offline"], options);
    await writeFile(stamp, wanted);
  }
  for (const [name, directory] of Object.entries(packages)) {
    const installed = join(appDirectory, "node_modules", name);
    await rm(installed, { recursive: true, force: true });
    for (const part of ["dist", "package.json"]) {
      await cp(join(directory, part), join(installed, part), { recursive: true });
    }
  }
}

/** Runs a script in the app's folder on this Node, and returns its output, which is also the reason if it fails. */
export async function runTool(
  script: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<string> {
  const env = { ...environment, CI: "1", EXPO_NO_TELEMETRY: "1", EXPO_OFFLINE: "1", ...variables };
  try {
    return (await run(process.execPath, [script, ...args], { cwd: appDirectory, env })).stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = output.parse(error);
    throw new Error(`${script} ${args.join(" ")}\n${stdout}\n${stderr}`, { cause: error });
  }
}

const output = z.object({ stdout: z.string().optional(), stderr: z.string().optional() });

export const expo = (
  args: readonly string[],
  variables?: Readonly<Record<string, string>>,
): Promise<string> => runTool(join(appDirectory, "node_modules/expo/bin/cli"), args, variables);

const plainMap = z.object({ sources: z.array(z.string()) });
const sourceMap = plainMap.or(z.object({ sections: z.array(z.object({ map: plainMap })) }));

/** The files that a bundle was made of, from its source map. */
export async function sourcesOf(mapFile: string): Promise<readonly string[]> {
  const map = sourceMap.parse(JSON.parse(await readFile(mapFile, "utf8")));
  return "sections" in map ? map.sections.flatMap((section) => section.map.sources) : map.sources;
}
