import { join } from "node:path";
import { z } from "zod";
import { readJson } from "./json.js";
import { root } from "./paths.js";

const aliasFile = z.object({ projects: z.record(z.string(), z.string()) });

/** The aliases of projects in `.firebaserc`: alias → project id. */
export async function readProjectAliases(): Promise<Readonly<Partial<Record<string, string>>>> {
  return aliasFile.parse(await readJson(join(root, ".firebaserc"))).projects;
}
