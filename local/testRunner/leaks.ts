import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { CANARY } from "../canary.js";
import type { Failure } from "./results.js";

const SHOWN = 300;

/** A failure for each log in the directory that contains a secret or a person's words. */
export async function leaksIn(directory: string): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  for await (const name of glob("*.log", { cwd: directory })) {
    const file = join(directory, name);
    const lines = (await readFile(file, "utf8")).split("\n");
    const [first, ...more] = lines.filter((line) => line.includes(CANARY));
    if (first === undefined) continue;
    const reason = `${first.slice(0, SHOWN)}\n(and ${more.length} more lines)`;
    failures.push({ title: "a log contains secrets", file, reason });
  }
  return failures;
}
