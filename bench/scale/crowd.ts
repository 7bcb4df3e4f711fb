import type { z } from "zod";
import type { Endpoints } from "../../local/suite/endpoints.js";
import type { Order } from "../../local/process/orders/order.js";
import { WorkerProcess } from "../../local/process/orders/workerProcess.js";
import { orders, type Design, type Guest } from "./orders.js";

const script = new URL("./phoneProcess.ts", import.meta.url);

/** Phones of one design, in one or several processes. */
export class Crowd {
  readonly design: Design;
  readonly #processes: readonly WorkerProcess[];
  readonly #guests: readonly (readonly Guest[])[];

  constructor(design: Design, guests: readonly Guest[], processes: number) {
    this.design = design;
    this.#guests = Array.from({ length: processes }, (_, index) =>
      guests.filter((_guest, place) => place % processes === index),
    );
    this.#processes = this.#guests.map(() => new WorkerProcess(script));
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
