import { type Item, parseRules } from "../../rules-mutants/src/index.js";

/** The paths of the `match` blocks in a rules file, written as the table writes them. */
export function pathsOf(rules: string): readonly string[] {
  return pathsIn(parseRules(rules).items, "");
}

function pathsIn(items: readonly Item[], parent: string): readonly string[] {
  return items.flatMap((item) => {
    if (item.type === "service") return pathsIn(item.items, parent);
    if (item.type !== "match") return [];
    // The first match is the database itself.
    if (item.path.startsWith("/databases/")) return pathsIn(item.items, parent);
    const path = `${parent}${item.path}`.replace(/^\//, "");
    return [path, ...pathsIn(item.items, path)];
  });
}
