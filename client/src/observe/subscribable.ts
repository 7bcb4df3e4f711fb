import type { AmbientError } from "../errors/ambientError.js";
import type { Unsubscribe } from "../sdk/firebaseSdk.js";

/**
 * A value that changes. `next` receives each value, the first one as soon as it is known. `fail` receives the error
 * that ends the subscription. Nothing arrives after unsubscribing, and unsubscribing twice does no harm.
 *
 * @example
 * ```ts
 * const unsubscribe = show.participants().subscribe(
 *   (participants) => render(participants),
 *   (error) => renderProblem(messageFor(error.reason)),
 * );
 * ```
 */
export interface Subscribable<Value> {
  subscribe(next: (value: Value) => void, fail?: (error: AmbientError) => void): Unsubscribe;
}

/**
 * A `Subscribable` whose value is always known.
 *
 * @example
 * ```ts
 * if (show.presence.current.kind === "present") openStage();
 * ```
 */
export interface Observable<Value> extends Subscribable<Value> {
  readonly current: Value;
}

/** Reports an exception in an app's callback as uncaught, so that it does not affect other subscribers. */
function tell<Value>(listener: ((value: Value) => void) | undefined, value: Value): void {
  try {
    listener?.(value);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** Makes sure that nothing arrives after the subscription has ended. */
export function subscribable<Value>(
  start: (next: (value: Value) => void, fail: (error: AmbientError) => void) => Unsubscribe,
): Subscribable<Value> {
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
          if (isOpen) tell(next, value);
        },
        (error) => {
          if (!isOpen) return;
          close();
          tell(fail, error);
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

/** A value that this package sets and others subscribe to. */
export class Observed<Value> implements Observable<Value> {
  #current: Value;
  readonly #listeners = new Set<(value: Value) => void>();

  constructor(current: Value) {
    this.#current = current;
  }

  get current(): Value {
    return this.#current;
  }

  set(value: Value): void {
    if (value === this.#current) return;
    this.#current = value;
    for (const listener of [...this.#listeners]) {
      // A listener may have set a newer value or unsubscribed another listener.
      if (this.#current !== value) return;
      if (this.#listeners.has(listener)) tell(listener, value);
    }
  }

  subscribe(next: (value: Value) => void): Unsubscribe {
    // A new function, because the same one may be passed twice.
    const listener = (value: Value) => {
      next(value);
    };
    this.#listeners.add(listener);
    tell(next, this.#current);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}

/** The values of a source, each passed through `map`. */
export function mapped<Value, Result>(
  source: Subscribable<Value>,
  map: (value: Value) => Result,
): Subscribable<Result> {
  return subscribable((next, fail) =>
    source.subscribe((value) => {
      next(map(value));
    }, fail),
  );
}

/** Skips a value that equals the one before it. */
export function distinct<Value>(
  source: Subscribable<Value>,
  isEqual: (value: Value, before: Value) => boolean,
): Subscribable<Value> {
  return subscribable((next, fail) => {
    let last: { readonly value: Value } | undefined;
    return source.subscribe((value) => {
      if (last && isEqual(value, last.value)) return;
      last = { value };
      next(value);
    }, fail);
  });
}

/** Emits `initial` at once, and then the values of the source. */
export function startingWith<Value>(
  initial: Value,
  source: Subscribable<Value>,
): Subscribable<Value> {
  return subscribable((next, fail) => {
    next(initial);
    return source.subscribe(next, fail);
  });
}

/** Follows `choose` for the latest key, and switches when the key changes. */
export function switching<Key, Value>(
  keys: Subscribable<Key>,
  choose: (key: Key) => Subscribable<Value>,
): Subscribable<Value> {
  return subscribable((next, fail) => {
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
