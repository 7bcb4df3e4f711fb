import assert from "node:assert/strict";
import { hasWordOf, lettersOf, wordPattern } from "../../src/wordFilter/wordPattern.js";

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
    "s.p-a_m",
    "spàm",
    "ѕpam spаm",
    "buy (spam)",
  ]) {
    it(`finds the word in ${JSON.stringify(text)}`, () => {
      assert.ok(matches(["spam"], text));
    });
  }

  for (const text of ["", "spa music", "spammers", "antispam", "s   p   a   m", "psam", "maps"]) {
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

  it("treats signs in a word as text, not as a pattern", () => {
    assert.equal(wordPattern(["...", "()", ""]), null);
    assert.ok(!matches(["a.*b"], "a whole b"));
    assert.ok(matches(["a.*b"], "ab"));
    assert.equal(lettersOf("Ünï-cödé (1)"), "unicode1");
  });
});
