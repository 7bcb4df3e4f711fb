import { createSource, type Source } from "./source.js";

/**
 * Filters out what hidden people made. Emits nothing until both sources have a value. If the people cannot be read,
 * nothing is filtered out.
 */
export function hiding<Value>(
  values: Source<Value>,
  people: Source<ReadonlySet<string>>,
  hide: (value: Value, uids: ReadonlySet<string>) => Value,
): Source<Value> {
  return createSource((next, fail) => {
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
  items: Source<readonly Item[]>,
  people: Source<ReadonlySet<string>>,
  uidOf: (item: Item) => string,
): Source<readonly Item[]> {
  return hiding(items, people, (all, uids) => all.filter((item) => !uids.has(uidOf(item))));
}
