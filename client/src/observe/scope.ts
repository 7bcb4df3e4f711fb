import type { AmbientError } from "../errors/ambientError.js";
import { subscribable, type Subscribable } from "./subscribable.js";

/**
 * What lives no longer than a sign-in or a place in a show. Its end is told to every subscription in
 * it, and to each that comes later.
 */
export class Scope {
  #ended: AmbientError | undefined;
  readonly #ends = new Set<(error: AmbientError) => void>();
  readonly #explain: (error: AmbientError) => Promise<AmbientError>;

  /** `explain` finds out what an error of the SDK really means, before anybody hears of it. */
  constructor(explain: (error: AmbientError) => Promise<AmbientError>) {
    this.#explain = explain;
  }

  get ended(): AmbientError | undefined {
    return this.#ended;
  }

  end(error: AmbientError): void {
    this.#ended ??= error;
    for (const end of [...this.#ends]) end(this.#ended);
  }

  within<Value>(source: Subscribable<Value>): Subscribable<Value> {
    return subscribable((next, fail) => {
      if (this.#ended) {
        fail(this.#ended);
        return () => undefined;
      }
      const stop = source.subscribe(next, (error) => {
        void this.#explain(error).then(fail);
      });
      this.#ends.add(fail);
      return () => {
        this.#ends.delete(fail);
        stop();
      };
    });
  }
}
