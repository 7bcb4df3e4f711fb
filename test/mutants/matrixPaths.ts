import { globSync } from "node:fs";
import type { Mutant } from "../../rules-mutants/src/index.js";
import { root } from "../../local/files/paths.js";
import { rows } from "../matrix/rows/rows.js";

/** The folder of the matrix, which also names it among the tests. */
export const MATRIX = "test/matrix";

export const matrixFiles = (): readonly string[] =>
  globSync(`${MATRIX}/**/*.ts`, { cwd: root }).toSorted();

/** The paths of the matrix that a mutant can concern: its own, or for a function all below it. */
export function matrixPathsOf({ scope }: Mutant): readonly string[] {
  const [, path = "", kind] = /^(?:\/(\S+) )?(allow|function) /.exec(scope) ?? [];
  const below = path === "" ? "" : `${path}/`;
  return [...new Set(rows.map((row) => row.path))].filter(
    (each) => each === path || (kind === "function" && each.startsWith(below)),
  );
}
