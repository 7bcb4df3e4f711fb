import type { Unsubscribe } from "../sdk/firebaseSdk.js";
import type { Source } from "./source.js";

/** Resolves with a source's first value, or rejects with the error that comes instead. */
export async function firstOf<Value>(source: Source<Value>): Promise<Value> {
  let stop: Unsubscribe | undefined;
  try {
    return await new Promise<Value>((resolve, reject) => {
      stop = source.subscribe(resolve, reject);
    });
  } finally {
    stop?.();
  }
}
