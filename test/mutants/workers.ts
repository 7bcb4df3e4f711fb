import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import { root } from "../../local/files/paths.js";
import { failure, killAnswer, profileAnswer, type Question } from "./messages.js";
import type { TestProfile } from "./profile.js";

const workerFile = fileURLToPath(new URL("worker.ts", import.meta.url));

/** Processes that run rules tests, each with a project of its own in the emulator. */
export interface Workers {
  profile(file: string, rules: string): Promise<readonly TestProfile[]>;
  /** Runs tests, and then the matrix's cells of these paths. Returns the test or cell that failed, if any. */
  kill(
    rules: string,
    batches: readonly (readonly string[])[],
    paths: readonly string[],
  ): Promise<string | undefined>;
  readonly stop: () => void;
}

export async function startWorkers(
  count: number,
  files: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Workers> {
  const children = Array.from({ length: count }, () =>
    fork(workerFile, files, { cwd: root, env: { ...process.env, ...environment } }),
  );
  await Promise.all(children.map(messageOf));
  const idle = [...children];
  const waiting: ((child: ChildProcess) => void)[] = [];

  const ask = async <Schema extends z.ZodType>(
    question: Question,
    answer: Schema,
  ): Promise<z.output<Schema>> => {
    const child = idle.pop() ?? (await new Promise<ChildProcess>((take) => waiting.push(take)));
    try {
      child.send(question);
      const message = await messageOf(child);
      const failed = failure.safeParse(message);
      if (failed.success) throw new Error(failed.data.failure);
      return answer.parse(message);
    } finally {
      const next = waiting.shift();
      if (next === undefined) idle.push(child);
      else next(child);
    }
  };
  return {
    profile: async (file, rules) =>
      (await ask({ ask: "profile", file, rules }, profileAnswer)).profiles,
    kill: async (rules, batches, paths) => {
      const question: Question = {
        ask: "kill",
        rules,
        batches: batches.map((titles) => [...titles]),
        paths: [...paths],
      };
      return (await ask(question, killAnswer)).killedBy;
    },
    stop() {
      for (const child of children) child.kill();
    },
  };
}

async function messageOf(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const arrived: readonly unknown[] = await Promise.race([
    once(child, "message", { signal: ended.signal }),
    once(child, "exit", { signal: ended.signal }).then(([code]: unknown[]) => {
      throw new Error(`A process that runs rules tests ended (${String(code)}).`);
    }),
  ]).finally(() => {
    ended.abort();
  });
  return arrived[0];
}
