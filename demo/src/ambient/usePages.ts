import type { ListRequest, Page, Observable } from "@ambient/client";
import { useEffect, useState } from "preact/hooks";
import { fetchedPages, livePages, type Pages } from "./pages.js";

const unknown = { items: undefined, error: undefined, isLoading: true, more: undefined };

/** Follows a live list page by page, and from its beginning whenever one of `keys` changes. */
export function useLivePages<Item>(
  list: (request: ListRequest) => Observable<Page<Item>>,
  keys: readonly unknown[],
): Pages<Item> {
  const [pages, setPages] = useState<Pages<Item>>(unknown);
  useEffect(() => livePages(list, setPages), keys);
  return pages;
}

/** Fetches a list page by page, and from its beginning whenever one of `keys` changes. */
export function useFetchedPages<Item, Place>(
  fetchPage: (after: Place | undefined) => Promise<Page<Item, Place>>,
  keys: readonly unknown[],
): Pages<Item> {
  const [pages, setPages] = useState<Pages<Item>>(unknown);
  useEffect(() => fetchedPages(fetchPage, setPages), keys);
  return pages;
}
