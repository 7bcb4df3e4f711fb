import {
  asAmbientError,
  type Abortable,
  type AmbientError,
  type ListRequest,
  type Page,
  type Observable,
} from "@ambient/client/core";

/**
 * A list that grows page by page.
 *
 * @example
 * ```ts
 * const isEmpty = ({ items }: Pages<unknown>) => items?.length === 0;
 * ```
 */
export interface Pages<Item> {
  /** The items of all pages so far; undefined until the first page is known. */
  readonly items: readonly Item[] | undefined;
  readonly error: AmbientError | undefined;
  readonly isLoading: boolean;
  /** Loads the next page, or again the one that failed. Does nothing while a page loads. Undefined at the end. */
  readonly more: (() => void) | undefined;
}

const PAGE = 20;

/**
 * Follows a live list, and extends it by a page at a time. It follows one query with a growing limit: an item that
 * moves from one page to another would be missing from both if each page were a query of its own.
 */
export function livePages<Item>(
  list: (request: ListRequest) => Observable<Page<Item>>,
  show: (pages: Pages<Item>) => void,
): () => void {
  let items: readonly Item[] | undefined;
  let stop: () => void = () => undefined;
  let isWanted = true;
  const open = (limit: number) => {
    // A view may have kept `more` from before it closed or showed another list.
    if (!isWanted) return;
    const stopShorter = stop;
    show(loading(items));
    stop = list({ limit }).subscribe(
      (page) => {
        items = page.items;
        const more = () => {
          open(limit + PAGE);
        };
        show({
          items,
          error: undefined,
          isLoading: false,
          more: page.next === undefined ? undefined : more,
        });
      },
      (error) => {
        const more = () => {
          open(limit);
        };
        show({ items, error, isLoading: false, more });
      },
    );
    // Only now, so that the longer list begins with the documents that Firestore keeps for the shorter one.
    stopShorter();
  };
  open(PAGE);
  return () => {
    isWanted = false;
    stop();
  };
}

/** Fetches a list page by page. The end aborts the request that is running. */
export function fetchedPages<Item, Cursor>(
  fetchPage: (
    after: Cursor | undefined,
    options: Required<Abortable>,
  ) => Promise<Page<Item, Cursor>>,
  show: (pages: Pages<Item>) => void,
): () => void {
  let items: readonly Item[] | undefined;
  let isFetching = false;
  const wanted = new AbortController();
  const { signal } = wanted;
  const finish = (error: AmbientError | undefined, more: (() => void) | undefined) => {
    isFetching = false;
    if (!signal.aborted) show({ items, error, isLoading: false, more });
  };
  const load = (after: Cursor | undefined) => {
    if (isFetching || signal.aborted) return;
    isFetching = true;
    show(loading(items));
    fetchPage(after, { signal }).then(
      (page) => {
        items = [...(items ?? []), ...page.items];
        const { next } = page;
        const more = () => {
          load(next);
        };
        finish(undefined, next === undefined ? undefined : more);
      },
      (thrown: unknown) => {
        finish(asAmbientError(thrown), () => {
          load(after);
        });
      },
    );
  };
  load(undefined);
  return () => {
    wanted.abort();
  };
}

function loading<Item>(items: readonly Item[] | undefined): Pages<Item> {
  return { items, error: undefined, isLoading: true, more: items && (() => undefined) };
}
