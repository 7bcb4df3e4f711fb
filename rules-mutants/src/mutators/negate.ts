import { isLogic } from "../sites.js";
import type { Expression } from "../syntax/ast.js";
import type { Mutator } from "./mutator.js";

/** Turns a term of a condition into its opposite. `==` and `!=` have a mutator of their own. */
export const negate: Mutator = (site, textOf) => {
  if (site.type !== "expression" || !site.isCondition || !isTerm(site.expression)) return [];
  const { expression } = site;
  const after =
    expression.type === "unary" ? textOf(expression.operand) : `!(${textOf(expression)})`;
  const { start, end } = expression;
  return [{ start, end, before: textOf(expression), after, replacement: after }];
};

function isTerm(expression: Expression): boolean {
  switch (expression.type) {
    case "group":
    case "conditional":
    case "boolean":
      return false;
    case "binary":
      return !isLogic(expression) && expression.operator !== "==" && expression.operator !== "!=";
    default:
      return true;
  }
}
