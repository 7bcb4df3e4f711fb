import type { z } from "zod";
import type { QueryDeclaration } from "../../../functions/src/contract/queries.js";
import { AmbientError } from "../errors/ambientError.js";
import { field } from "../json.js";
import { mapped, type Source } from "../observe/source.js";
import type { QueryHandle } from "../sdk/firebaseSdk.js";
import type { Backend } from "./backend.js";
import type { Identified, Received } from "./readDocument.js";

/**
 * The size of a live list. To show more, subscribe again with a larger limit: two consecutive lists would both miss an
 * item that moves between them.
 *
 * @example
 * ```ts
 * const request: ListRequest = { limit: 40 };
 * ```
 */
export interface ListRequest {
  /** 20 by default. */
  readonly limit?: number;
}

/**
 * Which page of a list that is fetched once. `Cursor` is what the list continues after.
 *
 * @example
 * ```ts
 * const firstTen: PageRequest<FoundShow> = { limit: 10 };
 * ```
 */
export interface PageRequest<Cursor> extends ListRequest {
  /** The `next` of the previous page. */
  readonly after?: Cursor | undefined;
}

/**
 * A page of a list. People whom a block hides are left out, so a page may have fewer items than its limit, or none.
 *
 * @example
 * ```ts
 * const hasMore = (page: Page<ShowDetails>) => page.next !== undefined;
 * ```
 */
export interface Page<Item, Cursor = Item> {
  readonly items: readonly Item[];
  /** Undefined if there are no more items. For the `after` of the next page, where a list takes one. */
  readonly next: Cursor | undefined;
}

const PAGE = 20;

/** Where documents of one kind are. */
interface Listed<Schema extends z.ZodObject> {
  readonly path: string;
  readonly schema: Schema;
}

export function limitOf({ limit = PAGE }: ListRequest): number {
  return limit;
}

/** A live list of a declared query. */
export function listPage<Schema extends z.ZodObject>(
  backend: Backend,
  { path, schema }: Listed<Schema>,
  declaration: QueryDeclaration,
  values: () => readonly unknown[],
  request: ListRequest,
): Source<Page<Identified<Received<z.output<Schema>>>>> {
  return mapped(
    backend.list(() => backend.query(path, declaration, values(), limitOf(request)), schema),
    (items) => pageOf(items, request),
  );
}

/** The query of one page. Throws INVALID_ARGUMENT for an item that has no place in this list. */
export function pageQuery(
  backend: Backend,
  path: string,
  declaration: QueryDeclaration,
  values: readonly unknown[],
  page: PageRequest<{ readonly id: string }>,
): QueryHandle {
  const { after } = page;
  const cursor = after && cursorOf(after, declaration);
  return backend.query(path, declaration, values, limitOf(page), cursor);
}

/** A full page may have another one after it. */
export function pageOf<Item>(items: readonly Item[], request: ListRequest): Page<Item> {
  return { items, next: items.length < limitOf(request) ? undefined : items.at(-1) };
}

/** The values by which a list is ordered. The id is among them: others may be the same for many items. */
function cursorOf(item: { readonly id: string }, { order }: QueryDeclaration): readonly unknown[] {
  return order.map(([name]) => {
    const value =
      name === "__name__"
        ? item.id
        : name.split(".").reduce<unknown>((part, key) => field(part, key), item);
    if (value !== undefined && value !== null) return value;
    const issues = [{ path: "after", message: "must be the `next` of a page of the same list" }];
    throw new AmbientError("INVALID_ARGUMENT", { details: { issues } });
  });
}
