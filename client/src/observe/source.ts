import type { AmbientError } from "../errors/ambientError.js";
import type { Unsubscribe } from "../sdk/firebaseSdk.js";
import { notify } from "./notify.js";

/** Where an observable gets its values from. Each subscription is separate and has to listen for errors. */
export interface Source<Value> {
  readonly subscribe: (
    next: (value: Value) => void,
    fail: (error: AmbientError) => void,
  ) => Unsubscribe;
}

/** Makes sure that nothing arrives after the subscription has ended. */
export function createSource<Value>(
  start: (next: (value: Value) => void, fail: (error: AmbientError) => void) => Unsubscribe,
): Source<Value> {
  return {
    subscribe(next, fail) {
      let isOpen = true;
      let stop: Unsubscribe | undefined;
      const close = () => {
        isOpen = false;
        stop?.();
        stop = undefined;
      };
      stop = start(
        (value) => {
          if (isOpen) notify(next, value);
        },
        (error) => {
          if (!isOpen) return;
          close();
          notify(fail, error);
        },
      );
      // It failed during the start.
      if (!isStillOpen()) close();
      return close;

      function isStillOpen() {
        return isOpen;
      }
    },
  };
}

/** Never emits. */
export const silent: Source<never> = createSource(() => () => undefined);

/** The values of a source, each passed through `map`. */
export function mapped<Value, Result>(
  source: Source<Value>,
  map: (value: Value) => Result,
): Source<Result> {
  return createSource((next, fail) =>
    source.subscribe((value) => {
      next(map(value));
    }, fail),
  );
}

/** Skips a value that equals the one before it. */
export function distinct<Value>(
  source: Source<Value>,
  isEqual: (value: Value, before: Value) => boolean,
): Source<Value> {
  return createSource((next, fail) => {
    let last: { readonly value: Value } | undefined;
    return source.subscribe((value) => {
      if (last && isEqual(value, last.value)) return;
      last = { value };
      next(value);
    }, fail);
  });
}

/** Emits `initial` at once, and then the values of the source. */
export function startingWith<Value>(initial: Value, source: Source<Value>): Source<Value> {
  return createSource((next, fail) => {
    next(initial);
    return source.subscribe(next, fail);
  });
}

/** Follows `choose` for the latest key, and switches when the key changes. */
export function switching<Key, Value>(
  keys: Source<Key>,
  choose: (key: Key) => Source<Value>,
): Source<Value> {
  return createSource((next, fail) => {
    /** The key in use, if any; undefined is a valid key. */
    let chosen: readonly [Key] | undefined;
    let stop: Unsubscribe | undefined;
    const stopKeys = keys.subscribe((key) => {
      if (chosen?.includes(key)) return;
      chosen = [key];
      stop?.();
      stop = choose(key).subscribe(next, fail);
    }, fail);
    return () => {
      stopKeys();
      stop?.();
    };
  });
}
