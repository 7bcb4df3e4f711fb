import type { AmbientError } from "../errors/ambientError.js";
import type { Unsubscribe } from "../sdk/firebaseSdk.js";
import type { Source } from "./source.js";
import { notify } from "./notify.js";

/**
 * Nothing is known yet, or nobody has subscribed.
 *
 * @example
 * ```ts
 * const isLoading = (state: Loading | Known<ShowDetails> | Failed) => state.kind === "loading";
 * ```
 */
export interface Loading {
  readonly kind: "loading";
  readonly value: undefined;
  readonly error: undefined;
}

/**
 * The latest value.
 *
 * @example
 * ```ts
 * const titleOf = ({ value }: Known<ShowDetails>) => value.title;
 * ```
 */
export interface Known<Value> {
  readonly kind: "known";
  readonly value: Value;
  readonly error: undefined;
}

/**
 * The error that ended the subscriptions.
 *
 * @example
 * ```ts
 * const line = ({ error }: Failed) => messageFor(error.reason);
 * ```
 */
export interface Failed {
  readonly kind: "failed";
  readonly value: undefined;
  readonly error: AmbientError;
}

/**
 * A value that changes. Its subscribers share one listener on the server. The same getter, or the same arguments,
 * return the same observable, so it can be a hook's dependency, and `subscribe` and `state` fit `useSyncExternalStore`:
 * pass its callback as `fail`, too, to render errors, as `useObservable` of `@ambient/react` does.
 *
 * @example
 * ```ts
 * const unsubscribe = show.participants().subscribe(
 *   (participants) => render(participants),
 *   (error) => renderProblem(messageFor(error.reason)),
 * );
 * ```
 */
export interface Observable<Value> {
  /** The same object until the state changes. `loading` while there is no subscriber. */
  readonly state: Loading | Known<Value> | Failed;
  /** The latest value; undefined while none is known. */
  readonly current: Value | undefined;
  /**
   * `next` receives each value, the first one as soon as it is known. `fail` receives the error that ends the
   * subscription; without it, the client's `onError` does. Nothing arrives after unsubscribing, and unsubscribing twice
   * does no harm. A new subscription after an error starts again.
   */
  readonly subscribe: (
    next: (value: Value) => void,
    fail?: (error: AmbientError) => void,
  ) => Unsubscribe;
}

/**
 * An observable whose value is always known.
 *
 * @example
 * ```ts
 * if (show.presence.current.kind === "present") openStage();
 * ```
 */
export interface KnownObservable<Value> extends Observable<Value> {
  readonly state: Known<Value>;
  readonly current: Value;
}

const loading: Loading = { kind: "loading", value: undefined, error: undefined };

interface Subscriber<Value> {
  readonly next: (value: Value) => void;
  readonly fail: (error: AmbientError) => void;
}

/**
 * Opens `source` once for all subscribers, and closes it when the last one has left. Errors of subscribers without a
 * `fail` callback go to `onError`.
 */
export function observable<Value>(
  source: Source<Value>,
  onError: (error: AmbientError) => void,
): Observable<Value> {
  return new SharedObservable(source, onError);
}

class SharedObservable<Value> implements Observable<Value> {
  readonly #source: Source<Value>;
  readonly #onError: (error: AmbientError) => void;
  readonly #subscribers = new Set<Subscriber<Value>>();
  /** Subscribers that received the error. Until they unsubscribe, it stays known. */
  readonly #ended = new Set<Subscriber<Value>>();
  #state: Loading | Known<Value> | Failed = loading;
  #opening: { stop?: Unsubscribe } | undefined;

  constructor(source: Source<Value>, onError: (error: AmbientError) => void) {
    this.#source = source;
    this.#onError = onError;
  }

  get state(): Loading | Known<Value> | Failed {
    return this.#state;
  }

  get current(): Value | undefined {
    return this.#state.value;
  }

  readonly subscribe = (
    next: (value: Value) => void,
    fail: (error: AmbientError) => void = this.#onError,
  ): Unsubscribe => {
    const subscriber = { next, fail };
    this.#subscribers.add(subscriber);
    if (!this.#opening) this.#open();
    else if (this.#state.kind === "known") notify(next, this.#state.value);
    return () => {
      this.#subscribers.delete(subscriber);
      this.#ended.delete(subscriber);
      if (this.#subscribers.size > 0) return;
      this.#close();
      if (this.#state.kind !== "failed" || this.#ended.size === 0) this.#state = loading;
    };
  };

  #open(): void {
    const opening: { stop?: Unsubscribe } = {};
    this.#opening = opening;
    this.#state = loading;
    opening.stop = this.#source.subscribe(
      (value) => {
        if (this.#opening === opening) this.#next(value);
      },
      (error) => {
        if (this.#opening === opening) this.#fail(error);
      },
    );
    // It failed, or its only subscriber unsubscribed, during the start.
    if (this.#opening !== opening) opening.stop();
  }

  #close(): void {
    const stop = this.#opening?.stop;
    this.#opening = undefined;
    stop?.();
  }

  #next(value: Value): void {
    if (this.#state.kind === "known" && Object.is(this.#state.value, value)) return;
    const state: Known<Value> = { kind: "known", value, error: undefined };
    this.#state = state;
    for (const subscriber of [...this.#subscribers]) {
      // A subscriber may have caused a newer value, the end, or the end of another subscription.
      if (this.#state !== state) return;
      if (this.#subscribers.has(subscriber)) notify(subscriber.next, value);
    }
  }

  #fail(error: AmbientError): void {
    const subscribers = [...this.#subscribers];
    this.#subscribers.clear();
    for (const subscriber of subscribers) this.#ended.add(subscriber);
    this.#state = { kind: "failed", value: undefined, error };
    this.#close();
    for (const subscriber of subscribers) {
      if (this.#ended.has(subscriber)) notify(subscriber.fail, error);
    }
  }
}

/** A value that this package sets and others subscribe to. */
export class Observed<Value> implements KnownObservable<Value> {
  #state: Known<Value>;
  readonly #listeners = new Set<(value: Value) => void>();

  constructor(current: Value) {
    this.#state = { kind: "known", value: current, error: undefined };
  }

  get state(): Known<Value> {
    return this.#state;
  }

  get current(): Value {
    return this.#state.value;
  }

  set(value: Value): void {
    if (value === this.current) return;
    const state: Known<Value> = { kind: "known", value, error: undefined };
    this.#state = state;
    for (const listener of [...this.#listeners]) {
      // A listener may have set a newer value or unsubscribed another listener.
      if (this.#state !== state) return;
      if (this.#listeners.has(listener)) notify(listener, value);
    }
  }

  readonly subscribe = (next: (value: Value) => void): Unsubscribe => {
    // A new function, because the same one may be passed twice.
    const listener = (value: Value) => {
      next(value);
    };
    this.#listeners.add(listener);
    notify(next, this.current);
    return () => {
      this.#listeners.delete(listener);
    };
  };
}
