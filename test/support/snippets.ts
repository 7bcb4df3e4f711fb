import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../local/files/paths.js";

/** A piece of code that people read, and may copy. */
export interface Snippet {
  readonly file: string;
  /** Of its first line, as editors count. */
  readonly firstLine: number;
  /** The heading that it stands under; empty in a source file. */
  readonly heading: string;
  readonly text: string;
}

/** Every fence marked `ts`, or as another language, in a Markdown file, or in the docstrings of a source file. */
export async function snippetsIn(file: string, marked = "ts"): Promise<readonly Snippet[]> {
  const snippets: Snippet[] = [];
  let heading = "";
  let fence: { prefix: string; isWanted: boolean; firstLine: number } | undefined;
  let body: string[] = [];
  for (const [index, line] of (await readFile(join(root, file), "utf8")).split("\n").entries()) {
    const [, prefix, language] = /^(\s*(?:\* )?)```(\w*)/.exec(line) ?? [];
    if (fence === undefined) {
      if (prefix !== undefined) {
        fence = { prefix, isWanted: language === marked, firstLine: index + 2 };
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

/** What is React Native's is held against its own types, in `npm run test:pack`. */
export function isForReactNative({ heading }: Snippet): boolean {
  return heading.includes("React Native");
}
