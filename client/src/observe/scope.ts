import type { AmbientError } from "../errors/ambientError.js";
import { subscribable, type Subscribable } from "./subscribable.js";

/**
 * The lifetime of a sign-in or of a stay in a show. Its end reaches every subscription, and every later one at
 * once.
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
