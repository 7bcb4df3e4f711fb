import assert from "node:assert/strict";
import { isBlank } from "../../src/comments/isBlank.js";

describe("a blank text", () => {
  it("has only characters that show nothing", () => {
    // A zero-width space, a Hangul filler, a Braille blank, a soft hyphen and a variation selector.
    for (const text of ["", " ", "\n", "\u200B", "\u3164", "\u2800\u00AD", " \uFE0F "]) {
      assert.ok(isBlank(text), JSON.stringify(text));
    }
  });

  it("has nothing to see, not even an emoji or another script", () => {
    for (const text of ["a", " . ", "👍", "שלום", "\u200Bx"]) {
      assert.ok(!isBlank(text), JSON.stringify(text));
    }
  });
});
