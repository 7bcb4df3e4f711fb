import type { Mutator } from "./mutator.js";

/** Drops one name of a list of names, such as the keys that a write may change. */
export const dropName: Mutator = (site, textOf) => {
  if (site.type !== "expression" || site.expression.type !== "list") return [];
  const { elements } = site.expression;
  if (!elements.every(({ type }) => type === "string")) return [];
  return elements.map((element, index) => {
    const previous = elements[index - 1];
    const next = elements[index + 1];
    return {
      start: next === undefined && previous !== undefined ? previous.end : element.start,
      end: next?.start ?? element.end,
      before: `${textOf(element)} of ${textOf(site.term)}`,
      after: "dropped",
      replacement: "",
    };
  });
};
