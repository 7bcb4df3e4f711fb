import assert from "node:assert/strict";
import { isBlank } from "../../src/comments/isBlank.js";

describe("isBlank", () => {
  it("is true for text without visible characters", () => {
    // A zero-width space, a Hangul filler, a Braille blank, a soft hyphen and a variation selector.
    for (const text of ["", " ", "\n", "\u200B", "\u3164", "\u2800\u00AD", " \uFE0F "]) {
      assert.ok(isBlank(text), JSON.stringify(text));
    }
  });

  it("is false for text with a letter of any script, a sign or an emoji", () => {
    for (const text of ["a", " . ", "👍", "שלום", "\u200Bx"]) {
      assert.ok(!isBlank(text), JSON.stringify(text));
    }
  });
});
