import type { AmbientError, Page, PageRequest, Subscribable } from "@ambient/client";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";

export interface Pages<Item> {
  /** The items of all pages so far, each once; undefined until the first page is known. */
  readonly items: readonly Item[] | undefined;
  readonly error: AmbientError | undefined;
  readonly isLoading: boolean;
  /** Undefined on the last page. */
  readonly more: (() => void) | undefined;
}

interface Known<Item> {
  readonly pages: readonly Page<Item>[];
  readonly error?: AmbientError;
}

/** Follows a list page by page, and from its beginning whenever one of `keys` changes. */
export function usePages<Item extends { readonly id: string }>(
  list: (page: PageRequest<Item>) => Subscribable<Page<Item>>,
  keys: readonly unknown[],
): Pages<Item> {
  const [known, setKnown] = useState<Known<Item>>({ pages: [] });
  const stops = useRef<(() => void)[]>([]);
  const open = useCallback((after: Item | undefined) => {
    const index = stops.current.length;
    stops.current[index] = () => undefined;
    stops.current[index] = list({ after }).subscribe(
      (page) => {
        setKnown(({ pages }) => ({ pages: withPage(pages, index, page) }));
      },
      (error) => {
        setKnown(({ pages }) => ({ pages, error }));
      },
    );
  }, keys);
  useEffect(() => {
    setKnown({ pages: [] });
    stops.current = [];
    open(undefined);
    return () => {
      for (const stop of stops.current) stop();
    };
  }, [open]);
  const { error, pages } = known;
  const next = pages.at(-1)?.next;
  const isLoading = !error && pages.length < Math.max(1, stops.current.length);
  const all = pages.flatMap(({ items }) => items);
  return {
    items:
      pages.length === 0 ? undefined : [...new Map(all.map((item) => [item.id, item])).values()],
    error,
    isLoading,
    more:
      next === undefined || isLoading
        ? undefined
        : () => {
            open(next);
          },
  };
}

function withPage<Item>(
  pages: readonly Page<Item>[],
  index: number,
  page: Page<Item>,
): readonly Page<Item>[] {
  return index < pages.length
    ? pages.map((before, at) => (at === index ? page : before))
    : [...pages, page];
}
