import { z } from "zod";

export const releaseOrder = z.enum(["arrival", "reversed"]);
export type ReleaseOrder = z.infer<typeof releaseOrder>;

/** Requests that wait to be let through. */
export class HeldRequests {
  #waiting: (() => Promise<void>)[] = [];

  /** Does the work when it is released, and settles as the work does. */
  hold(work: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => work().then(resolve, reject));
    });
  }

  /** One after the other, each once the one before is through: else there would be no order. */
  async release(order: ReleaseOrder): Promise<number> {
    const released = this.#waiting;
    this.#waiting = [];
    for (const work of order === "reversed" ? released.toReversed() : released) await work();
    return released.length;
  }
}
