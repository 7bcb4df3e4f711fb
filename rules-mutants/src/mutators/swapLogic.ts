import type { Expression } from "../syntax/ast.js";
import type { Mutator } from "./mutator.js";

/** Swaps `&&` and `||` between two terms. */
export const swapLogic: Mutator = (site, textOf) => {
  if (site.type !== "expression" || site.expression.type !== "binary") return [];
  const { operator, left, right, start, end } = site.expression;
  if (operator !== "&&" && operator !== "||") return [];
  const other = operator === "&&" ? "||" : "&&";
  const neighbours = [lastTerm(left, operator), right].map(textOf);
  return [
    {
      start,
      end,
      before: neighbours.join(` ${operator} `),
      after: other,
      // The operator would bind differently in the same text.
      replacement: `((${textOf(left)}) ${other} (${textOf(right)}))`,
    },
  ];
};

function lastTerm(chain: Expression, operator: string): Expression {
  return chain.type === "binary" && chain.operator === operator ? chain.right : chain;
}
