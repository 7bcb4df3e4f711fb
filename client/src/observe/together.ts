import { createSource, type Source } from "./source.js";

/** The latest values of all sources, once each has one. The first error of a source ends it. */
export function together<Value>(sources: readonly Source<Value>[]): Source<readonly Value[]> {
  return createSource((next, fail) => {
    const latest = new Map<number, Value>();
    const tell = () => {
      if (latest.size < sources.length) return;
      // In the order of the sources, not of their first values.
      next([...latest].sort(([a], [b]) => a - b).map(([, value]) => value));
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
