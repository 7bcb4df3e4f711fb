import type { AmbientError } from "../../src/errors/ambientError.js";
import { createSource } from "../../src/observe/source.js";

/** A source that the test controls, and that counts its subscribers. */
export function controlledSource<Value>() {
  const heard = new Set<{ next: (value: Value) => void; fail: (error: AmbientError) => void }>();
  return {
    open: () => heard.size,
    says(value: Value) {
      for (const { next } of [...heard]) next(value);
    },
    fails(error: AmbientError) {
      for (const { fail } of [...heard]) fail(error);
    },
    source: createSource<Value>((next, fail) => {
      const listener = { next, fail };
      heard.add(listener);
      return () => heard.delete(listener);
    }),
  };
}
