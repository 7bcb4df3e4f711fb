import type { Failed, Known, KnownObservable, Loading, Observable } from "@ambient/client/core";
import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";

/**
 * What is known of an observable, and how to try again after an error.
 *
 * @example
 * ```ts
 * const line = ({ kind, error }: Observation<unknown>) =>
 *   kind === "failed" ? messageFor(error.reason) : kind;
 * ```
 */
export type Observation<Value> = (Loading | Known<Value> | Failed) & { readonly retry: () => void };

/**
 * Follows an observable of the client, such as `show.stage.people` or `ambient.shows.show(showId)`. All components that
 * follow it share one subscription, and `retry` starts it again for all of them. Without an observable, it is loading.
 *
 * @example
 * ```ts
 * const { value: people = [], error, retry } = useObservable(show.stage.people);
 * const { role } = useObservable(show.me).value;
 * ```
 */
export function useObservable<Value>(
  observable: KnownObservable<Value>,
): Known<Value> & { readonly retry: () => void };
export function useObservable<Value>(observable: Observable<Value> | undefined): Observation<Value>;
export function useObservable<Value>(observable: Observable<Value> = nothing): Observation<Value> {
  const { subscribe, retry, reopen } = subscriptionTo(observable);
  const read = useCallback(() => observable.state, [observable]);
  const state = useSyncExternalStore(subscribe, read, read);
  useEffect(() => {
    if (state.kind !== "failed") reopen();
  }, [state.kind, reopen]);
  return useMemo(() => ({ ...state, retry }), [state, retry]);
}

/** An observable whose value does not change. */
export function constant<Value>(value: Value): KnownObservable<Value> {
  return {
    state: { kind: "known", value, error: undefined },
    current: value,
    subscribe: (next) => {
      next(value);
      return () => undefined;
    },
  };
}

const nothing: Observable<never> = {
  state: { kind: "loading", value: undefined, error: undefined },
  current: undefined,
  subscribe: () => () => undefined,
};

const subscriptions = new WeakMap<Observable<unknown>, Subscription>();

function subscriptionTo(observable: Observable<unknown>): Subscription {
  const known = subscriptions.get(observable);
  if (known) return known;
  const subscription = new Subscription(observable);
  subscriptions.set(observable, subscription);
  return subscription;
}

/** All hooks' subscription to one observable. */
class Subscription {
  readonly #observable: Observable<unknown>;
  readonly #listeners = new Set<() => void>();
  #stop: (() => void) | undefined;
  /** True once an error has ended it. The observable keeps the error until it is stopped. */
  #hasFailed = false;

  constructor(observable: Observable<unknown>) {
    this.#observable = observable;
  }

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#listeners.add(changed);
    if (!this.#stop) this.#start();
    return () => {
      this.#listeners.delete(changed);
      // StrictMode and a change of views unsubscribe and subscribe again at once.
      queueMicrotask(() => {
        if (this.#listeners.size === 0) this.#end();
      });
    };
  };

  readonly retry = (): void => {
    if (!this.#stop) return;
    this.#end();
    this.#start();
    // It is loading, until the first value.
    this.#notify();
  };

  /** Subscribes again if another subscriber has opened the observable after its error. */
  readonly reopen = (): void => {
    if (!this.#hasFailed) return;
    this.#end();
    this.#start();
  };

  readonly #notify = (): void => {
    for (const changed of [...this.#listeners]) changed();
  };

  #start(): void {
    this.#stop = this.#observable.subscribe(this.#notify, () => {
      this.#hasFailed = true;
      this.#notify();
    });
  }

  #end(): void {
    this.#hasFailed = false;
    this.#stop?.();
    this.#stop = undefined;
  }
}
