import { z } from "zod";

export const releaseOrder = z.enum(["arrival", "reversed"]);
export type ReleaseOrder = z.infer<typeof releaseOrder>;

/** Requests that wait for their release. */
export class HeldRequests {
  #waiting: (() => Promise<void>)[] = [];

  /** Runs the work upon release, and settles like the work. */
  hold(work: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => work().then(resolve, reject));
    });
  }

  /**
   * Releases one request at a time, each after the previous one is answered, to guarantee the
   * order.
   */
  async release(order: ReleaseOrder): Promise<number> {
    const released = this.#waiting;
    this.#waiting = [];
    for (const work of order === "reversed" ? released.toReversed() : released) await work();
    return released.length;
  }
}
