import type { AmbientError } from "../../client/src/errors/ambientError.js";
import type { Source } from "../../client/src/observe/source.js";

/** Resolves with the first matching value. Rejects if the subscription ends before. */
export function first<Value>(
  source: Source<Value>,
  matches: (value: Value) => boolean,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = source.subscribe((value) => {
      if (!matches(value)) return;
      resolve(value);
      // The first value can arrive before `stop` is assigned.
      setImmediate(() => {
        stop();
      });
    }, reject);
  });
}

/** Resolves with the error that ends the subscription. */
export const ended = (source: Source<unknown>) =>
  new Promise<AmbientError>((resolve) => {
    source.subscribe(() => undefined, resolve);
  });
