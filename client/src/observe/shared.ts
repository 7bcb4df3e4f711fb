import type { AmbientError } from "../errors/ambientError.js";
import type { Unsubscribe } from "../sdk/firebaseSdk.js";
import { subscribable, type Subscribable } from "./subscribable.js";

interface Subscriber<Value> {
  next(value: Value): void;
  fail(error: AmbientError): void;
}

/** Shares one subscription to `source`. Later subscribers receive the last value at once. */
export function shared<Value>(source: Subscribable<Value>): Subscribable<Value> {
  const subscribers = new Set<Subscriber<Value>>();
  let last: { readonly value: Value } | undefined;
  let stop: Unsubscribe | undefined;
  const isLast = (value: Value) => last?.value === value;
  const start = () => {
    stop = source.subscribe(
      (value) => {
        last = { value };
        for (const subscriber of [...subscribers]) {
          // A subscriber may have caused a newer value or the end.
          if (!isLast(value)) return;
          if (subscribers.has(subscriber)) subscriber.next(value);
        }
      },
      (error) => {
        const told = [...subscribers];
        subscribers.clear();
        end();
        for (const subscriber of told) subscriber.fail(error);
      },
    );
    // The source failed, or its only subscriber unsubscribed, during the start.
    if (subscribers.size === 0) end();
  };
  const end = () => {
    stop?.();
    stop = undefined;
    last = undefined;
  };
  return subscribable((next, fail) => {
    const subscriber = { next, fail };
    subscribers.add(subscriber);
    if (subscribers.size === 1) start();
    else if (last) next(last.value);
    return () => {
      subscribers.delete(subscriber);
      if (subscribers.size === 0) end();
    };
  });
}
