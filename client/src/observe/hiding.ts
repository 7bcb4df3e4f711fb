import { subscribable, type Subscribable } from "./subscribable.js";

/**
 * Filters out what hidden people made. Emits nothing until both sources have a value. If the people cannot be read,
 * nothing is filtered out.
 */
export function hiding<Value>(
  values: Subscribable<Value>,
  people: Subscribable<ReadonlySet<string>>,
  hide: (value: Value, uids: ReadonlySet<string>) => Value,
): Subscribable<Value> {
  return subscribable((next, fail) => {
    let latest: { readonly value: Value } | undefined;
    let hidden: ReadonlySet<string> | undefined;
    const tell = () => {
      if (latest && hidden) next(hide(latest.value, hidden));
    };
    const hideThem = (uids: ReadonlySet<string>) => {
      hidden = uids;
      tell();
    };
    const stops = [
      people.subscribe(hideThem, () => {
        hideThem(hidden ?? new Set());
      }),
      values.subscribe((value) => {
        latest = { value };
        tell();
      }, fail),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  });
}

/** A list without the items of some people. */
export function without<Item>(
  items: Subscribable<readonly Item[]>,
  people: Subscribable<ReadonlySet<string>>,
  uidOf: (item: Item) => string,
): Subscribable<readonly Item[]> {
  return hiding(items, people, (all, uids) => all.filter((item) => !uids.has(uidOf(item))));
}
