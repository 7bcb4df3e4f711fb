import assert from "node:assert/strict";
import { commentParts } from "../../../demo/src/comments/commentParts.js";

const links = (text: string) =>
  commentParts(text, []).flatMap((part) => (part.kind === "link" ? [part.text] : []));

describe("the parts of a comment", () => {
  it("make up its whole text", () => {
    const text = "See https://a.example/x, @Ada Okafor!";
    const parts = commentParts(text, ["Ada Okafor"]);
    assert.equal(parts.map((part) => part.text).join(""), text);
    assert.deepEqual(
      parts.map(({ kind }) => kind),
      ["text", "link", "text", "mention", "text"],
    );
    assert.deepEqual(commentParts("", []), []);
  });

  it("link only to https", () => {
    assert.deepEqual(links("https://a.example and HTTPS://B.example/p?q=1#f"), [
      "https://a.example",
      "HTTPS://B.example/p?q=1#f",
    ]);
    for (const text of [
      "http://a.example",
      "javascript:alert(1)",
      "data:text/html,x",
      "a.example",
      "xhttps://a.example",
      "https://",
      "https://localhost",
      "https://?a.example",
    ]) {
      assert.deepEqual(links(text), [], text);
    }
  });

  it("leave a sentence's punctuation and brackets outside the link", () => {
    for (const [text, link] of [
      ["(https://a.example/b).", "https://a.example/b"],
      ["https://a.example/b...", "https://a.example/b"],
      ["https://a.example/Song_(live)!", "https://a.example/Song_(live)"],
      ["[https://a.example/?a=b], yes", "https://a.example/?a=b"],
      ["“https://a.example”", "https://a.example"],
      ["'https://a.example'", "https://a.example"],
      ["**https://a.example/x**", "https://a.example/x"],
    ] as const) {
      assert.deepEqual(links(text), [link], text);
    }
  });

  it("end a link at markup and invisible characters", () => {
    assert.deepEqual(links('<a href="https://a.example/x">y</a>'), ["https://a.example/x"]);
    assert.deepEqual(links("<b>https://a.example</b>"), ["https://a.example"]);
    assert.deepEqual(links("https://a.example/\u202Egnp.exe"), ["https://a.example/"]);
    assert.deepEqual(links("https://a.example/\u200Bb"), ["https://a.example/"]);
  });

  it("do not link a text that hides its site behind a user name", () => {
    assert.deepEqual(links("https://bank.example@evil.example/"), []);
    assert.deepEqual(links("https://bank.example:pw@evil.example"), []);
  });

  it("mention the longest of the names, and only whole ones", () => {
    const mentions = (text: string) =>
      commentParts(text, ["Ada", "Ada Okafor", "C. (DJ)"]).flatMap((part) =>
        part.kind === "mention" ? [part.text] : [],
      );
    assert.deepEqual(mentions("@Ada Okafor and @Ada: hi"), ["@Ada Okafor", "@Ada"]);
    assert.deepEqual(mentions("@Adam, Ada, @Eve"), []);
    assert.deepEqual(mentions("thanks @C. (DJ)"), ["@C. (DJ)"]);
    assert.deepEqual(mentions("https://a.example/@Ada"), []);
  });
});
