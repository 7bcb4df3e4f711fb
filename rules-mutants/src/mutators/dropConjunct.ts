import type { Mutator } from "./mutator.js";

/** Replaces one term of an `&&` chain with `true`. */
export const dropConjunct: Mutator = (site, textOf) => {
  if (site.type !== "expression" || !site.isConjunct) return [];
  const { start, end } = site.expression;
  return [{ start, end, before: textOf(site.expression), after: "true", replacement: "true" }];
};
