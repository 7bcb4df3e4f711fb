import type { AmbientError } from "../errors/ambientError.js";
import type { Unsubscribe } from "../sdk/firebaseSdk.js";

/**
 * Something that changes. `next` hears of each state, the first one as soon as it is known; `fail`
 * hears once why nothing more will come. Unsubscribing twice is once, and nothing is heard after it.
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
 * A `Subscribable` whose state is known at any time.
 *
 * @example
 * ```ts
 * if (show.presence.current.kind === "present") openStage();
 * ```
 */
export interface Observable<Value> extends Subscribable<Value> {
  readonly current: Value;
}

/** A mistake in one callback of an app is reported as its own, and keeps nobody else from being told. */
function tell<Value>(listener: ((value: Value) => void) | undefined, value: Value): void {
  try {
    listener?.(value);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** Nobody hears anything after he unsubscribed or it failed, whatever is still under way. */
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
      // It failed while it started.
      if (!isStillOpen()) close();
      return close;

      function isStillOpen() {
        return isOpen;
      }
    },
  };
}

/** A state of this package's own, told to whoever subscribes. */
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
      // A listener may have set it anew, of which all were told then, or unsubscribed another one.
      if (this.#current !== value) return;
      if (this.#listeners.has(listener)) tell(listener, value);
    }
  }

  subscribe(next: (value: Value) => void): Unsubscribe {
    // One of its own: the same function may be given twice.
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

/** What `choose` makes of the newest `key`; it is left for another one only when the key changes. */
export function switching<Key, Value>(
  keys: Subscribable<Key>,
  choose: (key: Key) => Subscribable<Value>,
): Subscribable<Value> {
  return subscribable((next, fail) => {
    let chosen: { readonly key: Key } | undefined;
    let stop: Unsubscribe | undefined;
    const stopKeys = keys.subscribe((key) => {
      // Undefined is a key, too.
      if (chosen && chosen.key === key) return;
      chosen = { key };
      stop?.();
      stop = choose(key).subscribe(next, fail);
    }, fail);
    return () => {
      stopKeys();
      stop?.();
    };
  });
}
