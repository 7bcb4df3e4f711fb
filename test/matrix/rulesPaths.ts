/** The paths of the `match` blocks in a rules file, written as the table writes them. */
export function rulesPaths(source: string): readonly string[] {
  const open: { readonly indent: number; readonly path: string }[] = [];
  const paths: string[] = [];
  for (const [, indent = "", path = ""] of source.matchAll(/^( *)match \/(\S+) \{$/gm)) {
    while ((open.at(-1)?.indent ?? -1) >= indent.length) open.pop();
    open.push({ indent: indent.length, path });
    // The first is the database itself.
    if (open.length > 1)
      paths.push(
        open
          .slice(1)
          .map((block) => block.path)
          .join("/"),
      );
  }
  return paths;
}
