import type { AmbientError } from "../errors/ambientError.js";
import { subscribable, type Subscribable } from "./subscribable.js";

/**
 * What lives no longer than a sign-in or a place in a show. Every subscription in it hears of its end,
 * and so does each that comes later.
 */
export class Scope {
  #ended: AmbientError | undefined;
  readonly #ends = new Set<(error: AmbientError) => void>();

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
      const stop = source.subscribe(next, fail);
      this.#ends.add(fail);
      return () => {
        this.#ends.delete(fail);
        stop();
      };
    });
  }
}
