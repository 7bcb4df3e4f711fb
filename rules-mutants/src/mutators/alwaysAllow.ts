import type { Mutator } from "./mutator.js";

/** Lets a rule allow without a condition. */
export const alwaysAllow: Mutator = (site, textOf) => {
  const condition = site.type === "allow" ? site.allow.condition : undefined;
  if (condition === undefined || (condition.type === "boolean" && condition.text === "true"))
    return [];
  const { start, end } = condition;
  return [{ start, end, before: textOf(condition), after: "true", replacement: "true" }];
};
