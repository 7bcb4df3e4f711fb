import type { Mutator } from "./mutator.js";

const families = [
  { all: "read", verbs: ["get", "list"] },
  { all: "write", verbs: ["create", "update", "delete"] },
] as const;

/** Lets a rule also allow another operation of the same family: `list` in addition to `get`. */
export const widenVerbs: Mutator = (site) => {
  if (site.type !== "allow") return [];
  const names = site.allow.verbs.map(({ name }) => name);
  const last = site.allow.verbs.at(-1);
  if (last === undefined) return [];
  return families.flatMap(({ all, verbs }) => {
    const isInFamily = verbs.some((verb) => names.includes(verb));
    if (!isInFamily || names.includes(all)) return [];
    return verbs
      .filter((verb) => !names.includes(verb))
      .map((verb) => ({
        start: last.start,
        end: last.end,
        before: names.join(", "),
        after: [...names, verb].join(", "),
        replacement: `${last.name}, ${verb}`,
      }));
  });
};
