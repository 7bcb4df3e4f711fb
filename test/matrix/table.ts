import type { Write } from "../support/rules/world.js";
import {
  nobody,
  type Role,
  type Status,
  statuses,
  type Visibility,
  visibilities,
} from "./roles.js";

/** One state of a show, in which every role makes its requests. */
export interface ShowState {
  readonly status: Status;
  readonly visibility: Visibility;
}

export const everyState: readonly ShowState[] = statuses.flatMap((status) =>
  visibilities.map((visibility) => ({ status, visibility })),
);

const statesOf = (...chosen: readonly (readonly [Status, Visibility])[]): readonly ShowState[] =>
  everyState.filter((state) =>
    chosen.some(
      ([status, visibility]) => state.status === status && state.visibility === visibility,
    ),
  );

/** For documents in a show, which depend mainly on its status. */
export const mainStates = statesOf(
  ["draft", "public"],
  ["scheduled", "public"],
  ["live", "public"],
  ["live", "unlisted"],
  ["ended", "public"],
  ["ended", "taken_down"],
  ["cancelled", "public"],
);

/** For requests that are denied in every show. */
export const deniedStates = statesOf(["draft", "public"], ["live", "public"]);

/** For documents that do not depend on a show. */
export const oneState: readonly ShowState[] = [{ status: "live", visibility: "public" }];

/** The caller and the shows of a request. */
export interface Scene extends ShowState {
  /** The caller's uid. A signed-out caller gets one that nobody has. */
  readonly me: string;
  readonly creator: string;
  /** A show in which nobody has written anything yet. */
  readonly show: string;
  /** A show in which everyone has a document of each kind that people write for themselves. */
  readonly busyShow: string;
}

export type Filter = readonly [
  field: string,
  operator: "EQUAL" | "IN" | "ARRAY_CONTAINS",
  value: unknown,
];

export interface List {
  /** The path of the parent document; empty for the collections at the top. */
  readonly parent: string;
  readonly collection: string;
  readonly isGroup?: true;
  readonly filters?: readonly Filter[];
  readonly limit?: number;
}

export type Request =
  | { readonly get: string }
  | { readonly list: List }
  | { readonly writes: readonly Write[] };

/** Who is allowed, and in which states. Without `statuses` or `visibilities`: in all of them. */
export interface Allow {
  readonly roles: readonly Role[];
  readonly statuses?: readonly Status[];
  readonly visibilities?: readonly Visibility[];
}

export type Operation = "get" | "list" | "create" | "update" | "delete" | "batch";

export interface Row {
  /** As in `firestore.rules`. */
  readonly path: string;
  readonly operation: Operation;
  /** Which document, which filter, or which field. */
  readonly what: string;
  readonly request: (scene: Scene) => Request;
  /** Everything else is denied. */
  readonly allow: readonly Allow[];
  readonly states: readonly ShowState[];
  /** Some callers have no such document. Finding nothing then counts as allowed. */
  readonly mayBeMissing?: true;
}

export interface RowOptions {
  /** Who may; by default, nobody. */
  readonly allow?: readonly Role[] | readonly Allow[];
  readonly mayBeMissing?: true;
}

type Build = (what: string, request: Row["request"], options?: RowOptions) => Row;

/** The rows of one path. They run in `states`; rows that allow nobody run only in `deniedStates`. */
export function rowsOf(
  path: string,
  states: readonly ShowState[],
  list: (operations: Readonly<Record<Operation, Build>>) => readonly Row[],
): readonly Row[] {
  const build =
    (operation: Operation): Build =>
    (what, request, { allow = nobody, ...options } = {}) => ({
      path,
      operation,
      what,
      request,
      allow: allowsOf(allow),
      states: allow.length === 0 && states.length > deniedStates.length ? deniedStates : states,
      ...options,
    });
  return list({
    get: build("get"),
    list: build("list"),
    create: build("create"),
    update: build("update"),
    delete: build("delete"),
    batch: build("batch"),
  });
}

function allowsOf(allow: readonly Role[] | readonly Allow[]): readonly Allow[] {
  const roles: Role[] = [];
  const allows: Allow[] = [];
  for (const each of allow) {
    if (typeof each === "string") roles.push(each);
    else allows.push(each);
  }
  return roles.length === 0 ? allows : [...allows, { roles }];
}

export function isAllowed(row: Row, role: Role, { status, visibility }: ShowState): boolean {
  return row.allow.some(
    (each) =>
      each.roles.includes(role) &&
      (each.statuses ?? statuses).includes(status) &&
      (each.visibilities ?? visibilities).includes(visibility),
  );
}
