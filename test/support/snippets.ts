import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../local/files/paths.js";

/** A piece of TypeScript that people read, and may copy. */
export interface Snippet {
  readonly file: string;
  /** Of its first line, as editors count. */
  readonly firstLine: number;
  /** The heading that it stands under; empty in a source file. */
  readonly heading: string;
  readonly text: string;
}

/** Every fence marked `ts` in a Markdown file, or in the docstrings of a source file. */
export async function snippetsIn(file: string): Promise<readonly Snippet[]> {
  const snippets: Snippet[] = [];
  let heading = "";
  let fence: { prefix: string; isTypeScript: boolean; firstLine: number } | undefined;
  let body: string[] = [];
  for (const [index, line] of (await readFile(join(root, file), "utf8")).split("\n").entries()) {
    const [, prefix, language] = /^(\s*(?:\* )?)```(\w*)/.exec(line) ?? [];
    if (fence === undefined) {
      if (prefix !== undefined) {
        fence = { prefix, isTypeScript: language === "ts", firstLine: index + 2 };
        body = [];
      } else heading = /^#+ (.*)/.exec(line)?.[1] ?? heading;
    } else if (prefix === undefined) {
      body.push(line.slice(fence.prefix.length));
    } else {
      const { isTypeScript, firstLine } = fence;
      if (isTypeScript) snippets.push({ file, firstLine, heading, text: body.join("\n") });
      fence = undefined;
    }
  }
  return snippets;
}

/** What is React Native's is held against its own types, in `npm run test:pack`. */
export function isForReactNative({ heading }: Snippet): boolean {
  return heading.includes("React Native");
}
