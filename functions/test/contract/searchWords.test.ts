import assert from "node:assert/strict";
import { searchPrefix, searchPrefixesOf, searchWordsOf } from "../../src/contract/searchWords.js";

describe("the words of a search", () => {
  for (const [what, text, words] of [
    ["case and punctuation", "Night Drive, (live!)", ["night", "drive", "live"]],
    ["accents, precomposed or not", "Café Cafe\u0301 naïve", ["cafe", "naive"]],
    [
      "letters that do not decompose",
      "Straße Øresund Łódź œuvre",
      ["strasse", "oresund", "lodz", "oeuvre"],
    ],
    ["width", "Ｊａｚｚ　２４", ["jazz", "24"]],
    ["a ligature", "ﬁne", ["fine"]],
    ["Hebrew with points", "שָׁלוֹם עולם", ["שלום", "עולם"]],
    ["Arabic with marks", "مَرْحَبًا", ["مرحبا"]],
    ["Greek, whatever its sigma", "ΣΊΣΥΦΟΣ", ["σισυφος"]],
    ["Japanese, which has no spaces", "夜のドライブ", ["夜のトライフ"]],
    ["digits", "Radio 4 a.m.", ["radio", "4", "a", "m"]],
    ["emoji", "🎧 ❤️‍🔥", []],
    ["nothing", " \u200b ", []],
    ["markup", "<b onclick='x'>Hi</b>", ["b", "onclick", "x", "hi"]],
  ] as const) {
    it(`are those of ${what}`, () => {
      assert.deepEqual(searchWordsOf(text), words);
    });
  }

  it("are at most 24, each once", () => {
    const text = Array.from({ length: 40 }, (_, index) => `word${index} word0`).join(" ");
    assert.equal(searchWordsOf(text).length, 24);
  });

  it("are found by each of their beginnings up to twelve letters, and not by their middle", () => {
    const prefixes = searchPrefixesOf("Night night", "Ada");
    assert.deepEqual(prefixes, ["n", "ni", "nig", "nigh", "night", "a", "ad", "ada"]);
    const long = searchPrefixesOf("Donaudampfschifffahrt");
    assert.equal(long.length, 12);
    assert.ok(long.includes(searchPrefix("donaudampfschiff")));
    assert.equal(searchPrefix("𝒳".repeat(20)), "𝒳".repeat(12), "counts letters, not code units");
  });

  it("stay few, however long the title", () => {
    const longest = searchPrefixesOf("abcdefghijklmnop ".repeat(6), "x".repeat(100));
    assert.ok(longest.length <= 24);
    const varied = Array.from({ length: 50 }, (_, index) =>
      String.fromCodePoint(0x4e00 + index),
    ).join(" ");
    assert.equal(searchPrefixesOf(varied).length, 24);
  });
});
