import type { WordFilterDocument } from "../contract/wordFilter.js";

/** Letters that people write for another one. Each class holds the letter itself first. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: "a4@àáâãäåāăąαа",
  b: "b8ßв",
  c: "cçćčс",
  d: "dďđ",
  e: "e3èéêëēėęěεе",
  g: "g9ğģ",
  i: "i1!ìíîïīįıіι",
  l: "l1łļľ",
  n: "nñńņň",
  o: "o0òóôõöøōőοо",
  r: "rřŕ",
  s: "s5\\$śšşș",
  t: "t7ťţțт",
  u: "uùúûüūůűųυ",
  x: "xх",
  y: "yýÿу",
  z: "zžźż",
};

/** Without regard to case, and `.` matches line breaks. */
const FLAGS = "(?is)";

/** Anything but a letter or a digit, in any script. */
const BETWEEN = "[^\\p{L}\\p{N}]";

/**
 * The words as one regular expression (RE2, as security rules have it), for matching without regard to case within a
 * text; null without words. It also finds a word with look-alike letters (`sp4m`), repeated letters (`spaaam`) and up to
 * two signs or spaces between its letters (`s p.a-m`), but not as a part of a longer word, so that harmless words
 * which contain it stay possible. It cannot catch: longer gaps, letters left out or swapped, look-alikes that are not
 * listed above, pictures made of letters, and new meanings of harmless words.
 */
export function wordPattern(words: readonly string[]): string | null {
  const patterns = [...new Set(words.map(lettersOf))].filter((word) => word !== "").map(patternOf);
  if (patterns.length === 0) return null;
  return `${FLAGS}(?:.*${BETWEEN})?(?:${patterns.join("|")})(?:${BETWEEN}.*)?`;
}

/** A show's filter: its own words, and a pattern that covers the service's, too. */
export function compiledFilter(
  own: readonly string[],
  service: WordFilterDocument | undefined,
): WordFilterDocument {
  return { words: [...own], pattern: wordPattern([...own, ...(service?.words ?? [])]) };
}

/** Whether a text contains one of a pattern's words, as the rules judge it. JavaScript takes the flags apart. */
export function hasWordOf(pattern: string | null | undefined, text: string): boolean {
  if (!pattern) return false;
  return new RegExp(`^(?:${pattern.slice(FLAGS.length)})$`, "isu").test(text);
}

/** A word without case, accents, spaces and signs, as it is compared. */
export function lettersOf(word: string): string {
  return word
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

function patternOf(word: string): string {
  return Array.from(word, (letter) => `[${LOOK_ALIKES[letter] ?? letter}]+`).join(
    `${BETWEEN}{0,2}`,
  );
}
