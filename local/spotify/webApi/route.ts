import type { Answer } from "../../http/answer.js";
import type { HttpRequest } from "../../http/readRequest.js";
import type { Persona } from "../personas.js";
import type { State } from "../state.js";

/** A call with a valid token of a user on the allow-list. */
export interface Call {
  readonly state: State;
  readonly request: HttpRequest;
  readonly persona: Persona;
  readonly scopes: ReadonlySet<string>;
  readonly params: ReadonlyMap<string, string>;
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** `:name` matches one segment: "/v1/playlists/:id/items". */
  readonly path: string;
  readonly handle: (call: Call) => Answer;
}

/** The parameters of a matching path. */
export function matchPath(pattern: string, path: string): ReadonlyMap<string, string> | undefined {
  const wanted = pattern.split("/");
  const segments = path.split("/");
  if (wanted.length !== segments.length) return undefined;
  const params = new Map<string, string>();
  for (const [index, segment] of segments.entries()) {
    const want = wanted[index] ?? "";
    if (want.startsWith(":") && segment !== "") params.set(want.slice(1), decode(segment));
    else if (want !== segment) return undefined;
  }
  return params;
}

/** Keeps an invalid percent escape unchanged, which then matches nothing. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
