import { existsSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join, matchesGlob } from "node:path";
import { root } from "../files/paths.js";

export type Needs = "nothing" | "firestore" | "suite";

/** A part of the tests that runs as one, in a process of its own. */
export interface Part {
  readonly name: "unit" | "rules" | "functions" | "flows";
  readonly needs: Needs;
  readonly patterns: readonly string[];
  readonly excluding: string;
}

const NEVER = "";
const EMULATOR_TESTS = "**/*.emulator.test.ts";

export const parts: readonly Part[] = [
  {
    name: "unit",
    needs: "nothing",
    patterns: ["functions/test/**/*.test.ts", "local/test/**/*.test.ts", "test/unit/**/*.test.ts"],
    excluding: EMULATOR_TESTS,
  },
  { name: "rules", needs: "firestore", patterns: ["test/rules/**/*.test.ts"], excluding: NEVER },
  {
    name: "functions",
    needs: "suite",
    patterns: ["functions/test/**/*.emulator.test.ts", "local/test/**/*.emulator.test.ts"],
    excluding: NEVER,
  },
  { name: "flows", needs: "suite", patterns: ["test/flows/**/*.test.ts"], excluding: NEVER },
];

/** The part that a file belongs to, if it stands in the folder of one. */
export function partOf(file: string): Part | undefined {
  const path = file.replaceAll("\\", "/").replace(/^\.\//, "");
  const owns = (part: Part): boolean =>
    part.patterns.some((pattern) => matchesGlob(path, pattern)) &&
    !matchesGlob(path, part.excluding);
  return parts.find(owns);
}

export async function filesOf(part: Part): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const file of glob([...part.patterns], { cwd: root })) {
    if (!matchesGlob(file, part.excluding)) files.push(file);
  }
  return files.sort();
}

/** Whether the folders exist in which a part's tests would be. */
export function hasFolder(part: Part): boolean {
  return part.patterns.some((pattern) =>
    existsSync(join(root, pattern.slice(0, pattern.indexOf("/**")))),
  );
}

/** All that these parts need is what the most demanding of them needs. */
export function needsOf(chosen: readonly Part[]): Needs {
  const needs = new Set(chosen.map((part) => part.needs));
  if (needs.has("suite")) return "suite";
  return needs.has("firestore") ? "firestore" : "nothing";
}
