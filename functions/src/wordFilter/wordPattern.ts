import type { WordFilterDocument } from "../contract/wordFilter.js";

/**
 * Signs that people write for a letter, as regular expressions. Their surroundings distinguish them from punctuation:
 * `spam!` and `@spam` contain no letter in disguise. firestore.rules has the same list; a test compares the two.
 */
export const SIGNS: readonly (readonly [sign: string, letter: string])[] = [
  ["\\b@\\b", "a"],
  ["\\b!\\b", "i"],
  ["\\$\\b", "s"],
];

/** Characters that people write for a letter. firestore.rules has the same list; a test compares the two. */
export const LOOK_ALIKES: readonly (readonly [characters: string, letter: string])[] = [
  ["4àáâãäåāăąαа", "a"],
  ["8ßв", "b"],
  ["çćčс", "c"],
  ["ďđ", "d"],
  ["3èéêëēėęěεе", "e"],
  ["9ğģ", "g"],
  ["ìíîïīįıіι", "i"],
  ["łļľ", "l"],
  ["ñńņň", "n"],
  ["0òóôõöøōőοо", "o"],
  ["řŕ", "r"],
  ["5śšşșѕ", "s"],
  ["7ťţțт", "t"],
  ["ùúûüūůűųυ", "u"],
  ["х", "x"],
  ["ýÿу", "y"],
  ["žźż", "z"],
];

/** Everything but letters and digits, in any script. firestore.rules has the same expression. */
export const SEPARATORS = "[^\\p{L}\\p{N}]+";

/** The digit 1 can mean two letters, so it stays in the text, and the words' patterns match it. */
const LETTERS_LIKE_ONE = "il";

const ANY_CASE = "(?i)";

/** The rules run no longer regular expression. */
export const MAX_PATTERN = 4_096;

/**
 * A text as it is compared: look-alike letters as the letter itself, and one space for each run of anything but letters and
 * digits. The rules fold texts in the same way.
 */
export function foldedText(text: string): string {
  let folded = text;
  for (const [sign, letter] of SIGNS) folded = folded.replaceAll(new RegExp(sign, "gu"), letter);
  for (const [characters, letter] of LOOK_ALIKES) {
    folded = folded.replaceAll(new RegExp(`[${characters}]`, "giu"), letter);
  }
  return ` ${folded.replaceAll(new RegExp(SEPARATORS, "gu"), " ")} `;
}

/**
 * The words as one regular expression (RE2, as security rules have it) that matches a folded text with one of them; null
 * without words. It also finds a word with look-alike letters (`sp4m`), repeated letters (`spaaam`) and signs or spaces
 * between its letters (`s p...a-m`). It does not find it as a part of a longer word, so that harmless words that contain
 * it stay possible. It cannot catch: letters left out or swapped, look-alikes that are not listed above, pictures made of letters,
 * and new meanings of harmless words.
 */
export function wordPattern(words: readonly string[]): string | null {
  const patterns = [...new Set(words.map(lettersOf))].filter((word) => word !== "").map(patternOf);
  return patterns.length === 0 ? null : `${ANY_CASE}.* (?:${patterns.join("|")}) .*`;
}

/** What the rules read for a show: its own words, and those of the service as they are now. */
export function compiledFilter(
  own: readonly string[],
  service: WordFilterDocument | undefined,
): WordFilterDocument {
  return {
    words: [...own],
    pattern: wordPattern(own),
    servicePattern: service?.pattern ?? null,
  };
}

/** Whether the filter keeps anything out. */
export function hasWords({ pattern, servicePattern }: WordFilterDocument): boolean {
  return pattern !== null || (servicePattern ?? null) !== null;
}

/** Whether a text contains one of a pattern's words, as the rules judge it. JavaScript takes the flag separately. */
export function hasWordOf(pattern: string | null | undefined, text: string): boolean {
  if (!pattern) return false;
  return new RegExp(`^(?:${pattern.slice(ANY_CASE.length)})$`, "iu").test(foldedText(text));
}

/** Whether one of the filters keeps the text out. */
export function isFiltered(
  text: string,
  ...filters: readonly (Pick<WordFilterDocument, "pattern"> | undefined)[]
): boolean {
  return filters.some((filter) => hasWordOf(filter?.pattern, text));
}

/** A word as it is compared, without spaces. */
export function lettersOf(word: string): string {
  return foldedText(word.normalize("NFKD").toLowerCase()).replaceAll(" ", "");
}

function patternOf(word: string): string {
  return Array.from(word, (letter) =>
    LETTERS_LIKE_ONE.includes(letter) ? `[${letter}1]+` : `${letter}+`,
  ).join(" ?");
}
