import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { newComment } from "../../src/contract/comments.js";
import { BLANK, HTTPS_LINK, MENTIONED_UID, NOT_BLANK } from "../../src/contract/fields.js";

const rules = readFileSync(new URL("../../../firestore.rules", import.meta.url), "utf8");

describe("blank characters", () => {
  it("are the same in the contract and in the rules", () => {
    const classes = [...rules.matchAll(/replace\('\[(.*)\]', ''\)/g)].map(([, list]) => list);
    assert.deepEqual(classes, [BLANK.replaceAll(String.raw`\u{`, String.raw`\\x{`)]);
  });

  it("include everything that Unicode calls a space, a control, a format or an ignorable", () => {
    const unseen = /[\s\p{White_Space}\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
    const missed: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const character = String.fromCodePoint(code);
      if (unseen.test(character) && NOT_BLANK.test(character)) missed.push(code.toString(16));
    }
    assert.deepEqual(missed, []);
  });

  it("include no letters, signs or emoji", () => {
    for (const text of ["x", "é", "中", "!", "👋", "❤️", "👨‍👩‍👧", " x ", "\u2066x"])
      assert.match(text, NOT_BLANK);
    for (const text of ["", " \n", "\u2066", "\u3164", "\u{13430}"]) {
      assert.doesNotMatch(text, NOT_BLANK);
    }
  });

  it("are not part of a link", () => {
    const link = "https://ambient.example/ada?x=é#1";
    assert.match(link, HTTPS_LINK);
    assert.match("https://x", HTTPS_LINK);
    const refused = ["http://x", "https://", "https:///a", "https://?a", ` ${link}`, `${link}\n`];
    for (const text of [...refused, `${link} x`, `${link}\u00a0`, `https://\u202ex`]) {
      assert.doesNotMatch(text, HTTPS_LINK);
    }
  });
});

describe("a new comment", () => {
  const uids = Array.from({ length: 6 }, (_, index) => `spotify_${index}`);
  const isValid = (fields: object) => newComment.safeParse({ text: "Hi", ...fields }).success;

  it("names people by the same pattern as in the rules", () => {
    const one = MENTIONED_UID.source.slice(1, -1);
    assert.ok(rules.includes(`.matches('^${one}( ${one})*$')`));
  });

  it("mentions one to five people, each once", () => {
    for (const mentions of [uids.slice(0, 1), uids.slice(0, 5)]) assert.ok(isValid({ mentions }));
    for (const mentions of [[], uids, ["spotify_0", "spotify_0"], [""], [" "], ["Ada"]]) {
      assert.ok(!isValid({ mentions }), JSON.stringify(mentions));
    }
  });

  it("replies to a comment by its id and its author", () => {
    assert.ok(isValid({ replyTo: { commentId: "comment-1", authorUid: "spotify_0" } }));
    for (const commentId of ["", "a/b"]) {
      assert.ok(!isValid({ replyTo: { commentId, authorUid: "spotify_0" } }));
    }
  });
});
