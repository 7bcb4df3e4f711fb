import type { AmbientError } from "../errors/ambientError.js";
import { createSource, type Source } from "./source.js";

const ends = new WeakSet<AmbientError>();

/** Whether the error ended a sign-in or a stay, which `account.uid` and `show.presence` report. */
export function endedScope(error: AmbientError): boolean {
  return ends.has(error);
}

/**
 * The lifetime of a sign-in or of a stay in a show. Its end is reported to every subscription, and immediately to later
 * ones.
 */
export class Scope {
  #ended: AmbientError | undefined;
  readonly #ends = new Set<(error: AmbientError) => void>();

  get ended(): AmbientError | undefined {
    return this.#ended;
  }

  end(error: AmbientError): void {
    this.#ended ??= error;
    ends.add(this.#ended);
    for (const end of [...this.#ends]) end(this.#ended);
  }

  within<Value>(source: Source<Value>): Source<Value> {
    return createSource((next, fail) => {
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
