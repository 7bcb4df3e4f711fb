import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import { answerMessage, orders, type Design, type Guest, type Order } from "./orders.js";
import type { Endpoints } from "../../local/suite/endpoints.js";

const script = fileURLToPath(import.meta.resolve("./phoneProcess.ts"));

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

class PhoneProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #orders = 0;

  constructor() {
    this.#child = fork(script, { execArgv: ["--import", "tsx"] });
    this.#child.on("message", (message) => {
      const { id, answer, error } = answerMessage.parse(message);
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) waiting?.resolve(answer);
      else waiting?.reject(new Error(error));
    });
    this.#child.on("exit", (code, signal) => {
      for (const waiting of this.#waiting.values()) {
        waiting.reject(new Error(`a process with phones ended with ${code ?? signal}`));
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

/** Phones of one design, in one or several processes. */
export class Crowd {
  readonly design: Design;
  readonly #processes: readonly PhoneProcess[];
  readonly #guests: readonly (readonly Guest[])[];

  constructor(design: Design, guests: readonly Guest[], processes: number) {
    this.design = design;
    this.#guests = Array.from({ length: processes }, (_, index) =>
      guests.filter((_guest, place) => place % processes === index),
    );
    this.#processes = this.#guests.map(() => new PhoneProcess());
  }

  get size(): number {
    return this.uids.length;
  }

  get uids(): readonly string[] {
    return this.#guests.flat().map(({ uid }) => uid);
  }

  async join(endpoints: Endpoints, showId: string): Promise<void> {
    const { design } = this;
    await Promise.all(
      this.#processes.map((each, index) =>
        each.order(orders.join, {
          design,
          endpoints,
          showId,
          guests: [...(this.#guests[index] ?? [])],
        }),
      ),
    );
  }

  order<Request extends z.ZodType, Answer extends z.ZodType>(
    order: Order<Request, Answer>,
    request: z.input<Request>,
  ): Promise<z.output<Answer>[]> {
    return Promise.all(this.#processes.map((each) => each.order(order, request)));
  }

  stop(): void {
    for (const each of this.#processes) each.stop();
  }
}
