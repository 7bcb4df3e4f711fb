import { subscribable, type Subscribable } from "./subscribable.js";

/**
 * A list without the items of some people. It has no value until both are known. If the people cannot be read, the
 * list is complete.
 */
export function without<Item>(
  items: Subscribable<readonly Item[]>,
  people: Subscribable<ReadonlySet<string>>,
  uidOf: (item: Item) => string,
): Subscribable<readonly Item[]> {
  return subscribable((next, fail) => {
    let all: readonly Item[] | undefined;
    let hidden: ReadonlySet<string> | undefined;
    const tell = () => {
      if (!all || !hidden) return;
      const uids = hidden;
      next(all.filter((item) => !uids.has(uidOf(item))));
    };
    const hide = (uids: ReadonlySet<string>) => {
      hidden = uids;
      tell();
    };
    const stops = [
      people.subscribe(hide, () => {
        hide(hidden ?? new Set());
      }),
      items.subscribe((found) => {
        all = found;
        tell();
      }, fail),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  });
}
