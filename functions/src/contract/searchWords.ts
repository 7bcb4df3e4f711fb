/** A longer beginning of a word is found by its first letters. */
const LONGEST_PREFIX = 12;

/** Enough for a title and a name; later words are not found. */
const MAX_WORDS = 24;

/** Letters that Unicode does not decompose, as people type them without a special keyboard. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/**
 * The words of a text as they are compared: without case, accents and width (NFKD), and with nothing but letters and digits,
 * in any script. A text without spaces, as in Japanese, is one word. Emoji are no words.
 */
export function searchWordsOf(text: string): readonly string[] {
  const plain = text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{M}+/gu, "")
    .replaceAll(/[ßæœøłđðþı]/gu, (letter) => PLAIN[letter] ?? letter);
  return [...new Set(plain.match(/[\p{L}\p{N}]+/gu))].slice(0, MAX_WORDS);
}

/** A word as far as the search can compare it. */
export function searchPrefix(word: string): string {
  return Array.from(word).slice(0, LONGEST_PREFIX).join("");
}

/** The beginnings of all words of the texts: Firestore finds a document by one of them, and not by a part of a text. */
export function searchPrefixesOf(...texts: readonly string[]): string[] {
  const prefixes = texts.flatMap(searchWordsOf).flatMap((word) => {
    const letters = Array.from(searchPrefix(word));
    return letters.map((_, index) => letters.slice(0, index + 1).join(""));
  });
  return [...new Set(prefixes)];
}
