import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../local/files/paths.js";

/** A code sample in documentation that readers may copy. */
export interface Snippet {
  readonly file: string;
  /** The 1-based line number of its first line in the file. */
  readonly firstLine: number;
  /** The heading above it; empty in a source file. */
  readonly heading: string;
  readonly text: string;
}

/** Finds every code fence of these languages in a Markdown file or in a source file's docstrings. */
export async function snippetsIn(
  file: string,
  ...marked: readonly string[]
): Promise<readonly Snippet[]> {
  const snippets: Snippet[] = [];
  let heading = "";
  let fence: { prefix: string; isWanted: boolean; firstLine: number } | undefined;
  let body: string[] = [];
  for (const [index, line] of (await readFile(join(root, file), "utf8")).split("\n").entries()) {
    const [, prefix, language = ""] = /^(\s*(?:\* )?)```(\w*)/.exec(line) ?? [];
    if (fence === undefined) {
      if (prefix !== undefined) {
        fence = { prefix, isWanted: marked.includes(language), firstLine: index + 2 };
        body = [];
      } else heading = /^#+ (.*)/.exec(line)?.[1] ?? heading;
    } else if (prefix === undefined) {
      body.push(line.slice(fence.prefix.length));
    } else {
      const { isWanted, firstLine } = fence;
      if (isWanted) snippets.push({ file, firstLine, heading, text: body.join("\n") });
      fence = undefined;
    }
  }
  return snippets;
}

/** Snippets for React Native are checked against its own types in `npm run test:pack`. */
export function isForReactNative({ heading }: Snippet): boolean {
  return heading.includes("React Native");
}
