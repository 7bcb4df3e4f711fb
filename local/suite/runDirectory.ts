import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { createAtomically } from "../files/atomicFile.js";
import { isRecord, parseJson } from "../files/json.js";
import { LaunchError } from "../launchError.js";
import { localDirectory } from "../files/paths.js";
import { findProcess } from "../process/processTree.js";

/** A folder under `.local` for the logs, params and results of one run. Runs never share one. */
export interface RunDirectory {
  readonly name: string;
  readonly path: string;
  release(): Promise<void>;
}

/** Claims the folder with that name, or fails with a message that names its owner. */
export async function claimRunDirectory(name: string): Promise<RunDirectory> {
  const claimed = await tryClaim(name);
  if (typeof claimed !== "number") return claimed;
  throw new LaunchError(
    `\`npm ${name}\` already runs in this clone (process ${claimed}): stop it first, or start from another clone.`,
  );
}

/** Claims the folder with that name, or a numbered one while others run. */
export async function claimAnyRunDirectory(name: string): Promise<RunDirectory> {
  for (let number = 1; ; number += 1) {
    const claimed = await tryClaim(number === 1 ? name : `${name}-${number}`);
    if (typeof claimed !== "number") return claimed;
  }
}

/** The owner's pid, if the process is alive. */
async function tryClaim(name: string): Promise<RunDirectory | number> {
  const path = join(localDirectory, name);
  const ownerFile = join(path, "owner.json");
  await mkdir(path, { recursive: true });
  const self = await findProcess(process.pid);
  const mark = JSON.stringify({ pid: process.pid, startedAt: self?.startedAt ?? "" });
  while (!(await createAtomically(ownerFile, mark))) {
    const owner = await readOwner(ownerFile);
    if (owner !== undefined) return owner;
    await rm(ownerFile, { force: true });
  }
  return {
    name,
    path,
    release: () => rm(ownerFile, { force: true }),
  };
}

async function readOwner(file: string): Promise<number | undefined> {
  const text = await readFile(file, "utf8").catch(() => "null");
  const owner = parseJson(text);
  if (!isRecord(owner) || typeof owner.pid !== "number") return undefined;
  const running = await findProcess(owner.pid);
  return running?.startedAt === owner.startedAt ? owner.pid : undefined;
}
