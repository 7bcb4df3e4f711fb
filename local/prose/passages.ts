import ts from "typescript";

/** A paragraph, heading, table cell, comment or title, as people read it. */
export interface Passage {
  readonly file: string;
  /** The 1-based number of its first line. Its text has the same lines as the file. */
  readonly line: number;
  readonly text: string;
}

/** What code in a sentence becomes: one word, whatever it contains. */
const CODE = "`code`";

/** The prose of a Markdown page, without code, addresses and what is generated. */
export function passagesOfMarkdown(file: string, content: string): readonly Passage[] {
  const blank = (text: string): string => text.replaceAll(/[^\n]/g, "");
  const text = content
    .replace(/^---\n.*?\n---\n/s, blank)
    .replaceAll(/^ *(`{3,}).*?^ *\1 *$/gms, blank)
    .replaceAll(/<!--.*?-->/gs, blank)
    .replaceAll(/^\[[^\]]+\]: .*$/gm, blank);
  const blocks: Passage[] = [];
  let open: { line: number; lines: string[] } | undefined;
  const close = (): void => {
    if (open) blocks.push({ file, line: open.line, text: plain(open.lines.join("\n")) });
    open = undefined;
  };
  for (const [index, line] of text.split("\n").entries()) {
    const [, marker = "", rest = ""] = /^(\s*(?:[-*]|\d+\.|#+|>)\s+)?(.*)$/.exec(line) ?? [];
    if (line.startsWith("|")) {
      close();
      for (const cell of line.split(/(?<!\\)\|/).slice(1, -1)) {
        if (/[a-z]/.test(cell)) blocks.push({ file, line: index + 1, text: plain(cell) });
      }
    } else if (rest.trim() === "") close();
    else {
      if (marker.trim() !== "") close();
      open ??= { line: index + 1, lines: [] };
      open.lines.push(rest);
      if (marker.includes("#")) close();
    }
  }
  close();
  return blocks;
}

/** The comments and texts of a TypeScript file. */
export function passagesOfSource(file: string, content: string): readonly Passage[] {
  return [...passagesOfComments(file, content), ...textsOfSource(file, content)];
}

/** The comments of a source file: those that begin a line with `//`, `/*`, ` * ` or, in YAML, `#`. */
export function passagesOfComments(file: string, content: string): readonly Passage[] {
  const passages: Passage[] = [];
  let open: { line: number; lines: string[] } | undefined;
  let isSample = false;
  const close = (): void => {
    if (open) passages.push({ file, line: open.line, text: plain(open.lines.join("\n")) });
    open = undefined;
  };
  for (const [index, line] of content.split("\n").entries()) {
    const comment = /^\s*(?:\/\/|\/?\*+(?!\/)|#(?= ))\s?(.*?)\s*(?:\*\/\s*)?$/.exec(line)?.[1];
    if (comment === undefined) {
      close();
      isSample = false;
      continue;
    }
    if (comment.startsWith("```")) isSample = !isSample;
    const isApart = isSample || /^(```|@|oxlint-|eslint-|prettier-|<reference)/.test(comment);
    if (comment.trim() === "" || isApart) {
      close();
      // A tag such as `@param` or `@see` may be followed by a text.
      continue;
    }
    if (/^([-*]|\d+\.)\s/.test(comment)) close();
    open ??= { line: index + 1, lines: [] };
    open.lines.push(comment);
  }
  close();
  return passages;
}

/** The strings of a JSON file that people read. */
export function passagesOfJson(file: string, content: string): readonly Passage[] {
  return content.split("\n").flatMap((line, index) => {
    const text = /"(?:content|displayName|description)": "(.*)"/.exec(line)?.[1];
    return text === undefined ? [] : [{ file, line: index + 1, text: plain(text) }];
  });
}

/** In tests, the titles; elsewhere, the strings with several words: messages, descriptions and texts of the UI. */
function textsOfSource(file: string, content: string): readonly Passage[] {
  const source = ts.createSourceFile(file, content, ts.ScriptTarget.Latest, true);
  const isRead = /(^|\/)test\//.test(file) ? isTitle : isProse;
  const passages: Passage[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== undefined && isRead(node, text)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      // The lines of a help text or a page are passages of their own.
      const parts = text.split(/\n(?=[\s-])/);
      passages.push(...parts.map((part) => ({ file, line: line + 1, text: plain(part) })));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return passages;
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(CODE);
}

function isTitle({ parent }: ts.Node): boolean {
  return ts.isCallExpression(parent) && /^(it|describe)\b/.test(parent.expression.getText());
}

function isProse(_: ts.Node, text: string): boolean {
  return /(?:^|[\s(])[A-Za-z]?[a-z]+,? [a-z]+,? [a-z]+/.test(text);
}

function plain(text: string): string {
  return text
    .replaceAll(/(`+)[^`]*?[^`]\1(?!`)/g, CODE)
    .replaceAll(/!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g, "$1")
    .replaceAll(/\{@link ([^|}]*\|)?([^}]*)\}/g, "$2")
    .replaceAll(/<?\bhttps?:\/\/[^\s)>]+>?/g, CODE)
    .replaceAll(/<\/?[a-z][^>]*>/g, "")
    .replaceAll("\\", "")
    .replaceAll(/\*\*|__/g, "");
}
