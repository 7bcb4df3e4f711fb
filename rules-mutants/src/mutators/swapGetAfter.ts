import type { Mutator } from "./mutator.js";

const others: Readonly<Partial<Record<string, string>>> = {
  get: "getAfter",
  getAfter: "get",
  exists: "existsAfter",
  existsAfter: "exists",
};

/** Reads the other state of a document: before the write instead of after it, or the reverse. */
export const swapGetAfter: Mutator = (site, textOf) => {
  if (site.type !== "expression" || site.expression.type !== "call") return [];
  const { callee } = site.expression;
  const other = callee.type === "name" ? others[callee.text] : undefined;
  if (other === undefined) return [];
  const { start, end } = callee;
  return [{ start, end, before: textOf(site.expression), after: other, replacement: other }];
};
