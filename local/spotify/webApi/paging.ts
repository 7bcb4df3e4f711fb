import type { Answer } from "../../http/answer.js";
import { apiError } from "./apiError.js";
import { apiUrl } from "./links.js";

export interface PageLimits {
  readonly defaultLimit: number;
  readonly maxLimit: number;
  readonly maxOffset: number;
}

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** A request's `limit` and `offset`. */
export function readPage(
  query: URLSearchParams,
  { defaultLimit, maxLimit, maxOffset }: PageLimits,
): { page: Page } | { refusal: Answer } {
  const limit = wholeNumber(query.get("limit"), defaultLimit);
  if (limit < 1 || limit > maxLimit) return { refusal: apiError(400, "Invalid limit") };
  const offset = wholeNumber(query.get("offset"), 0);
  if (offset < 0 || offset > maxOffset) return { refusal: apiError(400, "Invalid offset") };
  return { page: { limit, offset } };
}

function wholeNumber(text: string | null, absent: number): number {
  if (text === null) return absent;
  return /^\d{1,9}$/.test(text) ? Number(text) : -1;
}

/** The address of a list: its links keep the query, such as `market` and `fields`. */
export interface ListAddress {
  readonly path: string;
  readonly query: URLSearchParams;
}

/** One page of a list in the Web API's format. */
export function pageOf<T>(
  all: readonly T[],
  { limit, offset }: Page,
  { path, query }: ListAddress,
  objectOf: (each: T) => unknown,
) {
  const hrefAt = (from: number) => {
    const linked = new URLSearchParams({ offset: String(from), limit: String(limit) });
    for (const [name, value] of query) if (!linked.has(name)) linked.append(name, value);
    return `${apiUrl}${path}?${linked.toString()}`;
  };
  return {
    href: hrefAt(offset),
    items: all.slice(offset, offset + limit).map(objectOf),
    limit,
    next: offset + limit < all.length ? hrefAt(offset + limit) : null,
    offset,
    previous: offset > 0 ? hrefAt(Math.max(0, offset - limit)) : null,
    total: all.length,
  };
}
