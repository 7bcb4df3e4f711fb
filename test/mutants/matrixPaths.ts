import { globSync } from "node:fs";
import {
  type Expression,
  type Item,
  type Mutant,
  parseRules,
  partsOf,
} from "../../rules-mutants/src/index.js";
import { root } from "../../local/files/paths.js";

/** The folder of the matrix, which also names it among the tests. */
export const MATRIX = "test/matrix";

/** What decides a cell, apart from the rules. */
export const matrixFiles = (): readonly string[] =>
  globSync(
    [
      `${MATRIX}/{documents,rest,roles,runMatrix,table}.ts`,
      `${MATRIX}/rows/*.ts`,
      "test/support/rules/restWrites.ts",
    ],
    { cwd: root },
  ).toSorted();

/** The paths, as the matrix writes them, whose rules a mutant can change: its own, or those that use its function. */
export function matrixPathsOf(rules: string): (mutant: Mutant) => readonly string[] {
  const { items } = parseRules(rules);
  const callees = calleesByFunction(items);
  const usedBy = allows(items, "").map(({ path, condition }) => ({
    path,
    functions: closureOf(calledIn(condition), callees),
  }));
  return ({ scope }) => {
    const name = /function (\w+)$/.exec(scope)?.[1];
    const [, own] = /^\/(\S+) allow/.exec(scope) ?? [];
    if (name === undefined) return own === undefined ? [] : [own];
    const paths = usedBy.flatMap(({ path, functions }) => (functions.has(name) ? [path] : []));
    return [...new Set(paths)];
  };
}

function allows(
  items: readonly Item[],
  path: string,
): readonly { readonly path: string; readonly condition: Expression }[] {
  return items.flatMap((item) => {
    if (item.type === "function") return [];
    if (item.type === "allow") {
      return item.condition === undefined ? [] : [{ path, condition: item.condition }];
    }
    // The first match is the database itself.
    const isDatabase = item.type === "service" || item.path.startsWith("/databases/");
    return allows(item.items, isDatabase ? path : `${path}${item.path}`.replace(/^\//, ""));
  });
}

/** By name: of two functions with the same name, what either of them calls. */
function calleesByFunction(items: readonly Item[]): ReadonlyMap<string, readonly string[]> {
  const callees = new Map<string, readonly string[]>();
  const visit = (item: Item): void => {
    if (item.type === "function") {
      const called = [...item.lets.map(({ value }) => value), item.result].flatMap(calledIn);
      callees.set(item.name, [...(callees.get(item.name) ?? []), ...called]);
    } else if (item.type !== "allow") item.items.forEach(visit);
  };
  items.forEach(visit);
  return callees;
}

function calledIn(expression: Expression): readonly string[] {
  const callee = expression.type === "call" ? expression.callee : undefined;
  return [
    ...(callee?.type === "name" ? [callee.text] : []),
    ...partsOf(expression).flatMap(calledIn),
  ];
}

function closureOf(
  names: readonly string[],
  callees: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const found = new Set(names);
  // A set also visits what is added on the way.
  for (const name of found) for (const callee of callees.get(name) ?? []) found.add(callee);
  return found;
}
