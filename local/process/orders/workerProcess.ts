import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import { root } from "../../files/paths.js";
import { answerMessage, type Order } from "./order.js";

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** A process that carries out orders. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #orders = 0;

  constructor(script: URL, args: readonly string[] = []) {
    this.#child = fork(fileURLToPath(script), args, {
      cwd: root,
      execArgv: ["--import", "tsx"],
    });
    this.#child.on("message", (message) => {
      const { id, answer, error } = answerMessage.parse(message);
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) waiting?.resolve(answer);
      else waiting?.reject(new Error(error));
    });
    this.#child.on("exit", (code, signal) => {
      for (const waiting of this.#waiting.values()) {
        waiting.reject(new Error(`a worker process ended with ${code ?? signal}`));
      }
    });
  }

  async order<Request extends z.ZodType, Answer extends z.ZodType>(
    { name, answer }: Order<Request, Answer>,
    request: z.input<Request>,
  ): Promise<z.output<Answer>> {
    const id = (this.#orders += 1);
    const answered = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
    });
    this.#child.send({ id, name, request });
    return answer.parse(await answered);
  }

  stop(): void {
    this.#child.kill();
  }
}
