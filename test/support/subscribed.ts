import type { AmbientError } from "../../client/src/errors/ambientError.js";
import type { Subscribable } from "../../client/src/observe/subscribable.js";

/** The first state that matches. Rejects when the subscription ends before. */
export function first<Value>(
  source: Subscribable<Value>,
  matches: (value: Value) => boolean,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = source.subscribe((value) => {
      if (!matches(value)) return;
      resolve(value);
      // The first one may come before there is anything to stop.
      setImmediate(() => {
        stop();
      });
    }, reject);
  });
}

/** Why nothing more will come. */
export const ended = (source: Subscribable<unknown>) =>
  new Promise<AmbientError>((resolve) => {
    source.subscribe(() => undefined, resolve);
  });
