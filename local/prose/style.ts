import writeGood from "write-good";
import type { Passage } from "./passages.js";

export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Readers lose the thread of a longer sentence. */
const LONGEST_SENTENCE = 35;

/** Expressions that betray a translation or a weak sentence, and what to write instead. */
const expressions: readonly (readonly [pattern: RegExp, advice: string])[] = [
  [/\b(he|she|him|his|her|hers|himself|herself)\b/gi, "write they, them or their"],
  [/\b(mankind|manpower|man-hours?|guys|manned)\b/gi, "use a word for all genders"],
  [/\b(whitelist|blacklist|allowlist|denylist)(s|ed|ing)?\b/gi, "write allow-list or deny-list"],
  [/\bco-hosts?\b/gi, "write cohost"],
  [/\bwhosoever|whoever\b/gi, "name the person or the call: the person who …"],
  [/\btakes? (\w+ ){1,2}for (gone|absent|dead)\b/gi, "write: marks … absent"],
  [/\b(has|have|had|gives?) the word\b/gi, "say who decides"],
  [/\bis no (refusal|error|fault|answer|reason)\b/gi, "write: is not a …"],
  [/\bruns nowhere\b/gi, "write: is not running anywhere"],
  [/\b(goes|go|went|going) on\b(?! (stage|screen))/gi, "write: continues"],
  [/\banew\b/gi, "write: again"],
  [/\bmend(s|ed|ing)?\b/gi, "write: fixes or repairs"],
  [
    /(?<![/\w])(?!\w*(?:siz|priz|seiz))[a-z]{3,}[iy]z(e|ed|es|er|ers|ing|ations?)\b/gi,
    "write -ise",
  ],
  [
    /\b(behavior|color|center|catalog|honor|favor|neighbor)(s|ed|ing)?\b|\blicenses?\b/gi,
    "use British spelling",
  ],
  [/\b(cancel|model|label|travel|signal)(ed|ing)\b/gi, "use British spelling: -lled, -lling"],
  [/\b(what|who) is (gone|told|asked|meant)\b/gi, "name the thing"],
  [/\bthe most that\b/gi, "write: at most"],
  [/\bnot (before|until) (\w+ )+does\b/gi, "put the subject first"],
  [/\b(obviously|clearly|basically|simply put|very|quite|fairly|extremely)\b/gi, "leave it out"],
  [/\b(in order to)\b/gi, "write: to"],
  [/\b(utili[sz]e[sd]?)\b/gi, "write: use"],
];

/** Of write-good's checks: a repeated word, a sentence that begins with "There is", and worn-out phrases. */
const writeGoodChecks = {
  illusion: true,
  so: false,
  thereIs: true,
  cliches: true,
  weasel: false,
  passive: false,
  adverb: false,
  tooWordy: false,
};

/** What a native technical editor would mark, as far as a pattern can tell. */
export function styleFindings(passage: Passage): readonly Finding[] {
  const { file, text } = passage;
  const at = (index: number, message: string): Finding => ({
    file,
    line: passage.line + (text.slice(0, index).match(/\n/g)?.length ?? 0),
    message,
  });
  const phrases = expressions.flatMap(([pattern, advice]) =>
    [...text.matchAll(pattern)].map(({ 0: found, index }) => at(index, `"${found}": ${advice}`)),
  );
  const marked = writeGood(text, writeGoodChecks)
    .filter(({ index, offset }) => !text.slice(index, index + offset).includes("`"))
    .filter(({ index }) => !/^there (is|are) no\b/i.test(text.slice(index)))
    .map(({ index, reason }) => at(index, reason));
  return [
    ...phrases,
    ...marked,
    ...longSentences(text).map(([index, message]) => at(index, message)),
  ];
}

function longSentences(text: string): readonly (readonly [index: number, message: string])[] {
  const found: (readonly [number, string])[] = [];
  for (const { 0: sentence, index } of text.matchAll(
    /[^.!?:]+(?:[.!?:](?!\s|$)[^.!?:]*)*[.!?:]?/g,
  )) {
    const words = sentence.trim().split(/\s+/).length;
    if (words <= LONGEST_SENTENCE) continue;
    const start = index + sentence.length - sentence.trimStart().length;
    found.push([start, `a sentence of ${words} words: "${sentence.trim().slice(0, 60)}…"`]);
  }
  return found;
}
