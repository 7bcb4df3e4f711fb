import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type LogLine, logLine } from "./captureLog.js";

/** What the suite's functions have logged. Undefined: the suite was not started by the tests, and logs elsewhere. */
export async function suiteLog(): Promise<string | undefined> {
  const file = join(dirname(process.env.AMBIENT_ENDPOINTS ?? ""), "suite.log");
  return existsSync(file) ? readFile(file, "utf8") : undefined;
}

/** Its lines about operations. */
export function operationLines(text: string): readonly LogLine[] {
  return text
    .split("\n")
    .flatMap((line) => /\{.*"operation":.*\}/.exec(line)?.[0] ?? [])
    .map((line) => logLine.parse(JSON.parse(line)));
}
