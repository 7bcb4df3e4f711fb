import type { z } from "zod";
import type { QueryDeclaration } from "../../../functions/src/contract/queries.js";
import { AmbientError } from "../errors/ambientError.js";
import { field } from "../json.js";
import { mapped, type Subscribable } from "../observe/subscribable.js";
import type { QueryHandle } from "../sdk/firebaseSdk.js";
import type { Backend } from "./backend.js";
import type { Identified, Received } from "./readDocument.js";

/**
 * Which page of a list.
 *
 * @example
 * ```ts
 * const firstTen: PageRequest<ShowDetails> = { limit: 10 };
 * ```
 */
export interface PageRequest<Item> {
  /** 20 by default. */
  readonly limit?: number;
  /** The `next` of the page before. */
  readonly after?: Item | undefined;
}

/**
 * A page of a list. People whom a block hides are left out, so a page may have fewer items than its limit, or none.
 *
 * @example
 * ```ts
 * const hasMore = (page: Page<ShowDetails>) => page.next !== undefined;
 * ```
 */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** For the next page's `after`; undefined on the last page. */
  readonly next: Item | undefined;
}

const PAGE = 20;

/** Where documents of one kind are. */
interface Listed<Schema extends z.ZodObject> {
  readonly path: string;
  readonly schema: Schema;
}

export function limitOf({ limit = PAGE }: PageRequest<unknown>): number {
  return limit;
}

/** A live page of a declared query. */
export function listPage<Schema extends z.ZodObject>(
  backend: Backend,
  { path, schema }: Listed<Schema>,
  declaration: QueryDeclaration,
  values: () => readonly unknown[],
  page: PageRequest<Identified<Received<z.output<Schema>>>>,
): Subscribable<Page<Identified<Received<z.output<Schema>>>>> {
  return mapped(
    backend.list(() => pageQuery(backend, path, declaration, values(), page), schema),
    (items) => pageOf(items, page),
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
  const place = after && placeOf(after, declaration);
  return backend.query(path, declaration, values, limitOf(page), place);
}

/** A full page may have another one after it. */
export function pageOf<Item>(items: readonly Item[], page: PageRequest<unknown>): Page<Item> {
  return { items, next: items.length < limitOf(page) ? undefined : items.at(-1) };
}

/** The values by which a list is ordered. The id is among them: others may be the same for many items. */
function placeOf(item: { readonly id: string }, { order }: QueryDeclaration): readonly unknown[] {
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
