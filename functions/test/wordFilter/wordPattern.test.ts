import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  hasWordOf,
  lettersOf,
  LOOK_ALIKES,
  MAX_PATTERN,
  SEPARATORS,
  SIGNS,
  wordPattern,
} from "../../src/wordFilter/wordPattern.js";

const matches = (words: readonly string[], text: string) => hasWordOf(wordPattern(words), text);

describe("the pattern of filtered words", () => {
  for (const text of [
    "spam",
    "SPAM!",
    "no\nSpam here",
    "sp4m",
    "$pam",
    "spaaaam",
    "s p a m",
    "s   p...a -- m",
    "s.p-a_m",
    "sp@m",
    "@spam",
    "spàm",
    "ѕpam spаm",
    "buy (spam)",
  ]) {
    it(`finds the word in ${JSON.stringify(text)}`, () => {
      assert.ok(matches(["spam"], text));
    });
  }

  for (const text of [
    "",
    "spa music",
    "spammers",
    "antispam",
    "psam",
    "maps",
    "spa!",
    "spa-mania",
  ]) {
    it(`leaves ${JSON.stringify(text)} alone`, () => {
      assert.ok(!matches(["spam"], text));
    });
  }

  it("finds each of several words, in any script, and phrases", () => {
    const words = ["spam", "реклама", "buy now", "広告"];
    for (const text of ["Реклама тут", "BUY  NOW please", "b.u.y now", "広告", "spam"]) {
      assert.ok(matches(words, text), text);
    }
    assert.ok(!matches(words, "buyer nowhere"));
  });

  it("stays short enough for the rules with 100 words of nine letters", () => {
    const words = Array.from({ length: 100 }, (_, index) => `abcdef${100 + index}`);
    const { length } = wordPattern(words) ?? "";
    assert.ok(length <= MAX_PATTERN, `${length} characters`);
  });

  it("finds a letter that looks like a one, and the one, alike", () => {
    for (const text of ["hello", "he1lo", "he11o"]) assert.ok(matches(["hello"], text), text);
    assert.ok(matches(["bit"], "b1t"));
    assert.ok(!matches(["ali"], "all of them"));
  });

  it("compares texts as the rules do", () => {
    const rules = readFileSync(new URL("../../../firestore.rules", import.meta.url), "utf8");
    const folded = /function foldedText\(text\) \{(.*?)\n {4}\}/s.exec(rules)?.[1] ?? "";
    const steps = [...folded.matchAll(/\.replace\('(.*)', '(.*)'\)/g)].map(([, from, to]) => [
      from?.replaceAll("\\\\", "\\"),
      to,
    ]);
    assert.deepEqual(steps, [
      ...SIGNS,
      ...LOOK_ALIKES.map(([characters, letter]) => [`(?i)[${characters}]`, letter]),
      [SEPARATORS, " "],
    ]);
  });

  it("treats a word's signs as text, not as a pattern", () => {
    assert.equal(wordPattern(["...", "()", ""]), null);
    assert.ok(!matches(["a.*b"], "a whole b"));
    assert.ok(matches(["a.*b"], "ab"));
    assert.equal(lettersOf("Ünï-cödé (1)"), "unicode1");
    assert.equal(lettersOf("Buy N0W!"), "buynow");
  });
});
