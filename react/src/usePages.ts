import type { ListRequest, Observable, Page } from "@ambient/client/core";
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
  const [pages, setPages] = useState<Pages<Item>>(unknown);
  useEffect(() => livePages(list, setPages), keys);
  return pages;
}

/**
 * Fetches a list page by page, and from its beginning whenever one of `keys` changes.
 *
 * @example
 * ```ts
 * const found = useFetchedPages(
 *   (after?: FoundShow) => ambient.discover.searchShows("night", { after }),
 *   [ambient],
 * );
 * ```
 */
export function useFetchedPages<Item, Place>(
  fetchPage: (after: Place | undefined) => Promise<Page<Item, Place>>,
  keys: readonly unknown[],
): Pages<Item> {
  const [pages, setPages] = useState<Pages<Item>>(unknown);
  useEffect(() => fetchedPages(fetchPage, setPages), keys);
  return pages;
}
