import { join } from "node:path";
import { readSettings, spellCheckDocument } from "cspell-lib";
import { root } from "../files/paths.js";
import type { Passage } from "./passages.js";
import type { Finding } from "./style.js";

const WORD = /[\p{L}\p{M}][\p{L}\p{M}'’]*/gu;

/** Checks each different word once, by the dictionaries and the project's own words (cspell.json). */
export async function spellingFindings(passages: readonly Passage[]): Promise<readonly Finding[]> {
  const first = new Map<string, Finding>();
  for (const { file, line, text } of passages) {
    for (const { 0: word, index } of text.replaceAll("`code`", "      ").matchAll(WORD)) {
      if (first.has(word)) continue;
      const before = text.slice(0, index).match(/\n/g)?.length ?? 0;
      first.set(word, { file, line: line + before, message: `unknown word: ${word}` });
    }
  }
  const settings = await readSettings(join(root, "cspell.json"));
  const { issues, errors } = await spellCheckDocument(
    { uri: "words.txt", text: [...first.keys()].join("\n"), languageId: "plaintext" },
    { generateSuggestions: false, noConfigSearch: true },
    settings,
  );
  if (errors) throw new AggregateError(errors, "The dictionaries cannot be read");
  return issues.flatMap(({ text, line }) => {
    const finding = first.get(line.text.trim()) ?? first.get(text);
    return finding === undefined ? [] : [finding];
  });
}
