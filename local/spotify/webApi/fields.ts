import { type Answer, json } from "../../http/answer.js";
import { apiError } from "./apiError.js";

/**
 * The parameter `fields`: `total`, `owner.id`, `items(added_at,item(name))`, and `!name` for everything but a name.
 * https://developer.spotify.com/documentation/web-api/reference/get-playlist
 */
type FieldFilter = readonly Field[];

interface Field {
  readonly name: string;
  readonly isExcluded: boolean;
  /** What is kept of its value; null: all of it. */
  readonly inner: FieldFilter | null;
}

/** Answers with the requested fields of `body`; with all of them if the request names none. */
export function answerFields(query: URLSearchParams, body: unknown): Answer {
  const given = query.get("fields") ?? "";
  if (given === "") return json(200, body);
  const filter = parseFields(given);
  return filter === undefined ? apiError(400, "Invalid fields") : json(200, pick(body, filter));
}

/** Undefined if it is malformed. */
function parseFields(text: string): FieldFilter | undefined {
  let position = 0;
  const take = (sign: string): boolean => {
    const isThere = text[position] === sign;
    if (isThere) position += 1;
    return isThere;
  };
  const list = (): FieldFilter | undefined => {
    const fields: Field[] = [];
    do {
      const field = single();
      if (field === undefined) return undefined;
      fields.push(field);
    } while (take(","));
    return fields;
  };
  const single = (): Field | undefined => {
    const isExcluded = take("!");
    const name = /^\w+/.exec(text.slice(position))?.[0];
    if (name === undefined) return undefined;
    position += name.length;
    if (take(".")) {
      const next = single();
      return next && within(name, isExcluded, [next]);
    }
    if (!take("(")) return { name, isExcluded, inner: null };
    const inner = list();
    return inner && take(")") ? within(name, isExcluded, inner) : undefined;
  };
  const parsed = list();
  return position === text.length ? parsed : undefined;
}

/** `!a(b)` keeps `a` without its `b`. */
function within(name: string, isExcluded: boolean, inner: FieldFilter): Field {
  return { name, isExcluded, inner: isExcluded ? inner.map(excluded) : inner };
}

function excluded({ name, inner }: Field): Field {
  return { name, isExcluded: true, inner: inner?.map(excluded) ?? null };
}

function pick(value: unknown, filter: FieldFilter): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => pick(each, filter));
  if (typeof value !== "object" || value === null) return value;
  const isWhitelist = filter.some(({ isExcluded }) => !isExcluded);
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]: [string, unknown]) => {
      const named = filter.filter((field) => field.name === name);
      if (named.length === 0) return isWhitelist ? [] : [[name, part]];
      if (named.some(({ isExcluded, inner }) => isExcluded && inner === null)) return [];
      // `a.b,a.c` keeps both.
      const inner = named.flatMap((field) => field.inner ?? []);
      const isWhole = named.some((field) => field.inner === null);
      return [[name, isWhole ? part : pick(part, inner)]];
    }),
  );
}
