import type { BinaryOperator, Expression } from "../syntax/ast.js";
import type { Edit, Mutator } from "./mutator.js";

const neighbour: Readonly<Partial<Record<BinaryOperator, string>>> = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
};

/** Moves a bound by one: each whole number up and down, and `<` to `<=` where neither side is a number. */
export const shiftBound: Mutator = (site, textOf) => {
  if (site.type !== "expression") return [];
  const { expression, term } = site;
  const { start, end } = expression;
  if (expression.type === "number" && /^\d+$/.test(expression.text)) {
    return [-1, 1].map((step): Edit => {
      const shifted = String(Number(expression.text) + step);
      const text = textOf(term);
      const offset = start - term.start;
      return {
        start,
        end,
        before: text,
        after: text.slice(0, offset) + shifted + text.slice(offset + end - start),
        replacement: shifted,
      };
    });
  }
  if (expression.type !== "binary") return [];
  const other = neighbour[expression.operator];
  if (other === undefined || isNumber(expression.left) || isNumber(expression.right)) return [];
  return [{ ...expression.at, before: textOf(expression), after: other, replacement: other }];
};

const isNumber = ({ type }: Expression): boolean => type === "number";
