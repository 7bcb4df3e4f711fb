import { subscribable, type Subscribable } from "./subscribable.js";

/** The latest values of all sources, once each has one. The first error of a source ends it. */
export function together<Value>(
  sources: readonly Subscribable<Value>[],
): Subscribable<readonly Value[]> {
  return subscribable((next, fail) => {
    const latest = new Map<number, Value>();
    const tell = () => {
      const values = sources.flatMap((_, index) => {
        const value = latest.get(index);
        return value === undefined ? [] : [value];
      });
      if (latest.size === sources.length) next(values);
    };
    if (sources.length === 0) tell();
    const stops = sources.map((source, index) =>
      source.subscribe((value) => {
        latest.set(index, value);
        tell();
      }, fail),
    );
    return () => {
      for (const stop of stops) stop();
    };
  });
}
