import type { Abortable, ListRequest, Observable, Page } from "@ambient/client/core";
import { useEffect, useState } from "react";
import { fetchedPages, livePages, type Pages } from "./pages.js";

const unknown = { items: undefined, error: undefined, isLoading: true, more: undefined };

/**
 * Follows a live list page by page, and from its beginning whenever one of `keys` changes.
 *
 * @example
 * ```ts
 * const { items = [], more } = usePages((request) => ambient.discover.live(request), [ambient]);
 * ```
 */
export function usePages<Item>(
  list: (request: ListRequest) => Observable<Page<Item>>,
  keys: readonly unknown[],
): Pages<Item> {
  return useListOf<Item>((show) => livePages(list, show), keys);
}

/**
 * Fetches a list page by page, and from its beginning whenever one of `keys` changes. The signal ends a request whose
 * answer is no longer wanted.
 *
 * @example
 * ```ts
 * const found = useFetchedPages(
 *   (after: FoundShow | undefined, { signal }) =>
 *     ambient.discover.searchShows("night", { after, signal }),
 *   [ambient],
 * );
 * ```
 */
export function useFetchedPages<Item, Cursor>(
  fetchPage: (
    after: Cursor | undefined,
    options: Required<Abortable>,
  ) => Promise<Page<Item, Cursor>>,
  keys: readonly unknown[],
): Pages<Item> {
  return useListOf<Item>((show) => fetchedPages(fetchPage, show), keys);
}

/** Never shows pages that were loaded for other keys, even before the effect runs. */
function useListOf<Item>(
  follow: (show: (pages: Pages<Item>) => void) => () => void,
  keys: readonly unknown[],
): Pages<Item> {
  const [list, setList] = useState<{ keys: readonly unknown[]; pages: Pages<Item> }>();
  useEffect(
    () =>
      follow((pages) => {
        setList({ keys, pages });
      }),
    keys,
  );
  const isOfKeys = list && keys.every((key, index) => Object.is(key, list.keys[index]));
  return isOfKeys ? list.pages : unknown;
}
