import type { Mutator } from "./mutator.js";

/** Replaces a rule's condition with `true`. */
export const alwaysAllow: Mutator = (site, textOf) => {
  const condition = site.type === "allow" ? site.allow.condition : undefined;
  if (condition === undefined || (condition.type === "boolean" && condition.text === "true"))
    return [];
  const { start, end } = condition;
  return [{ start, end, before: textOf(condition), after: "true", replacement: "true" }];
};
