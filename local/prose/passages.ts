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

/** The comments of a source file, and the titles of its tests. */
export function passagesOfSource(file: string, content: string): readonly Passage[] {
  const passages: Passage[] = [];
  let open: { line: number; lines: string[] } | undefined;
  let isSample = false;
  const close = (): void => {
    if (open) passages.push({ file, line: open.line, text: plain(open.lines.join("\n")) });
    open = undefined;
  };
  for (const [index, line] of content.split("\n").entries()) {
    const comment = /^\s*(?:\/\/|\/?\*+(?!\/))\s?(.*?)\s*(?:\*\/\s*)?$/.exec(line)?.[1];
    if (comment === undefined) {
      close();
      isSample = false;
      for (const text of literalsIn(line, /\b(?:it|describe)\($/)) {
        passages.push({ file, line: index + 1, text });
      }
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

/** The strings of a catalogue of texts that people see. */
export function passagesOfCatalogue(file: string, content: string): readonly Passage[] {
  return content
    .split("\n")
    .flatMap((line, index) =>
      literalsIn(line, /(?:)/).map((text) => ({ file, line: index + 1, text })),
    )
    .filter(({ text }) => text.includes(" "));
}

/** The strings of a line that stand after what `before` matches. */
function literalsIn(line: string, before: RegExp): readonly string[] {
  return [...line.matchAll(/"((?:\\.|[^"\\])*)"|`((?:\\.|[^`\\])*)`/g)]
    .filter(({ index }) => before.test(line.slice(0, index)))
    .map(([, quoted = "", template = quoted]) => plain(template.replaceAll(/\$\{[^}]*\}/g, CODE)));
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
