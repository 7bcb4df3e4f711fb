import type { Mutator } from "./mutator.js";

/** Swaps `==` and `!=`. */
export const swapEquality: Mutator = (site, textOf) => {
  if (site.type !== "expression" || site.expression.type !== "binary") return [];
  const { operator, at } = site.expression;
  if (operator !== "==" && operator !== "!=") return [];
  const other = operator === "==" ? "!=" : "==";
  return [{ ...at, before: textOf(site.expression), after: other, replacement: other }];
};
