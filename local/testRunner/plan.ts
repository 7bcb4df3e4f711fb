import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { LaunchError } from "../launchError.js";
import { root } from "../files/paths.js";
import { filesOf, type Part, partOf, parts } from "./parts.js";

export interface PlannedPart {
  readonly part: Part;
  readonly files: readonly string[];
}

export interface Plan {
  readonly checks: boolean;
  readonly parts: readonly PlannedPart[];
}

const USAGE = `Usage: test.ts [check | ${parts.map(({ name }) => name).join(" | ")} | file <path…>]`;

/** The plan for the command-line arguments. Without any, it contains everything except what is on request. */
export async function planOf(args: readonly string[]): Promise<Plan> {
  const [what, ...rest] = args;
  if (what === "file") return { checks: false, parts: planFiles(rest) };
  if (rest.length > 0) throw new LaunchError(USAGE);
  if (what === undefined)
    return {
      checks: true,
      parts: await planParts(parts.filter(({ isOnRequest }) => !isOnRequest)),
    };
  if (what === "check") return { checks: true, parts: [] };
  const chosen = parts.filter((part) => part.name === what);
  if (chosen.length === 0) throw new LaunchError(USAGE);
  return { checks: false, parts: await planParts(chosen) };
}

function planParts(chosen: readonly Part[]): Promise<readonly PlannedPart[]> {
  return Promise.all(chosen.map(async (part) => ({ part, files: await filesOf(part) })));
}

function planFiles(paths: readonly string[]): readonly PlannedPart[] {
  if (paths.length === 0) throw new LaunchError(USAGE);
  const owned = paths.map((path) => {
    const file = relative(root, resolve(root, path));
    if (!existsSync(resolve(root, file))) throw new LaunchError(`There is no ${path}.`);
    const part = partOf(file);
    if (part === undefined) throw new LaunchError(`${path} is in none of the folders with tests.`);
    return { part, file };
  });
  return parts.flatMap((part) => {
    const files = owned.filter((each) => each.part === part).map(({ file }) => file);
    return files.length === 0 ? [] : [{ part, files }];
  });
}
