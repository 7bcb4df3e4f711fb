import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { CANARY } from "../canary.js";
import { secretValues } from "../suite/functionsEnvironment.js";
import type { Failure } from "./results.js";

const SHOWN = 300;
/** A signed token, of Firebase or LiveKit. LiveKit's own log is ignored, because it prints the tokens that it refuses. */
const TOKEN = /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\./;
const LIVEKIT_LOG = "livekit.log";

/** A failure for each log in the directory that contains a secret or a person's words. */
export async function leaksIn(directory: string, secretFile?: string): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  const forbidden = [CANARY, ...(await secretValues(secretFile))];
  for await (const name of glob("*.log", { cwd: directory })) {
    const file = join(directory, name);
    const lines = (await readFile(file, "utf8")).split("\n");
    const [first, ...more] = lines.filter(
      (line) =>
        forbidden.some((text) => line.includes(text)) || (name !== LIVEKIT_LOG && TOKEN.test(line)),
    );
    if (first === undefined) continue;
    const reason = `${first.slice(0, SHOWN)}\n(and ${more.length} more lines)`;
    failures.push({ title: "a log contains secrets", file, reason });
  }
  return failures;
}
