import type { AmbientError, KnownObservable, Observable } from "@ambient/client";
import { useEffect, useState } from "preact/hooks";

/** The state of a subscription: no value yet, its latest value, or its error. */
export type Known<Value> =
  | { readonly kind: "loading" }
  | { readonly kind: "known"; readonly value: Value }
  | { readonly kind: "failed"; readonly error: AmbientError };

/** Subscribes to `source`, and again whenever one of `keys` changes. */
export function useSubscribable<Value>(
  source: () => Observable<Value>,
  keys: readonly unknown[],
): Known<Value> {
  const [known, setKnown] = useState<Known<Value>>({ kind: "loading" });
  useEffect(() => {
    setKnown({ kind: "loading" });
    return source().subscribe(
      (value) => {
        setKnown({ kind: "known", value });
      },
      (error) => {
        setKnown({ kind: "failed", error });
      },
    );
  }, keys);
  return known;
}

/** Follows an observable, which always has a value. */
export function useObservable<Value>(observable: KnownObservable<Value>): Value {
  const [value, setValue] = useState<{ readonly now: Value }>({ now: observable.current });
  useEffect(
    () =>
      observable.subscribe((now) => {
        setValue({ now });
      }),
    [observable],
  );
  return value.now;
}

/** The value, or `otherwise` until it is known. */
export function valueOf<Value, Otherwise>(known: Known<Value>, otherwise: Otherwise) {
  return known.kind === "known" ? known.value : otherwise;
}
