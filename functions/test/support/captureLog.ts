import { mock } from "node:test";
import { z } from "zod";

/** A line as the functions' logger writes it. */
export const logLine = z.looseObject({ severity: z.string(), message: z.string() });
export type LogLine = z.infer<typeof logLine>;

/** The lines that `work` logs, which then do not appear in the terminal. */
export async function captureLog(work: () => Promise<unknown>): Promise<readonly LogLine[]> {
  const texts: string[] = [];
  const writes = [process.stdout, process.stderr].map((stream) =>
    mock.method(stream, "write", (text: string | Uint8Array) => {
      texts.push(String(text));
      return true;
    }),
  );
  try {
    await work();
  } finally {
    for (const write of writes) write.mock.restore();
  }
  return texts
    .join("")
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => logLine.parse(JSON.parse(line)));
}
