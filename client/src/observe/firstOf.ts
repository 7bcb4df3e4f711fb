import type { Unsubscribe } from "../sdk/firebaseSdk.js";
import type { Subscribable } from "./subscribable.js";

/** Resolves with a source's first value, or rejects with the error that comes instead. */
export async function firstOf<Value>(source: Subscribable<Value>): Promise<Value> {
  let stop: Unsubscribe | undefined;
  try {
    return await new Promise<Value>((resolve, reject) => {
      stop = source.subscribe(resolve, reject);
    });
  } finally {
    stop?.();
  }
}
