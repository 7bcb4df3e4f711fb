import assert from "node:assert/strict";
import {
  type Passage,
  passagesOfCatalogue,
  passagesOfMarkdown,
  passagesOfSource,
} from "../../prose/passages.js";
import { spellingFindings } from "../../prose/spelling.js";
import { styleFindings } from "../../prose/style.js";

const passage = (text: string): Passage => ({ file: "a.md", line: 1, text });
const messages = (text: string) => styleFindings(passage(text)).map(({ message }) => message);
const words = (count: number) => Array.from({ length: count }, (_, at) => `w${at}`).join(" ");
const places = (passages: readonly Passage[]) => passages.map(({ line, text }) => [line, text]);

describe("the prose of a page", () => {
  it("is its headings, paragraphs, list items and table cells, without code", () => {
    const page = [
      "---\ntitle: A page\n---\n# Joining",
      "A person joins\nwith `joinShow`, see [the guide](guide.md#top).",
      "- One item\n- another\n  one",
      "| Call | Meaning |\n| --- | --- |\n| `a \\| b` | it joins |",
      "```sh\nnpm start\n```\n<!-- generated -->\nThe end.",
    ].join("\n\n");
    assert.deepEqual(places(passagesOfMarkdown("a.md", page)), [
      [4, "Joining"],
      [6, "A person joins\nwith `code`, see the guide."],
      [9, "One item"],
      [10, "another\n  one"],
      [13, " Call "],
      [13, " Meaning "],
      [15, " `code` "],
      [15, " it joins "],
      [21, "The end."],
    ]);
  });
});

describe("the prose of a source file", () => {
  it("is its comments and the titles of its tests, without samples and tags", () => {
    const source = [
      "/**\n * Joins a show.\n *\n * @example\n * ```ts\n * await join();\n * ```\n */",
      "const a = 1; // not read\n// One reason\n// in two lines.\nconst b = 2;",
      'describe("joining", () => {\n  it(`ends with ${reason}`, () => {});\n});',
    ].join("\n");
    assert.deepEqual(places(passagesOfSource("a.ts", source)), [
      [2, "Joins a show."],
      [10, "One reason\nin two lines."],
      [13, "joining"],
      [14, "ends with `code`"],
    ]);
  });

  it("includes the texts of a catalogue", () => {
    const catalogue = 'const texts = {\n  key: "one",\n  hint: "Wait for the host.",\n};';
    assert.deepEqual(places(passagesOfCatalogue("a.ts", catalogue)), [[3, "Wait for the host."]]);
  });
});

describe("the check of style", () => {
  it("accepts a plain sentence", () => {
    assert.deepEqual(messages("A demoted speaker does not return by themselves."), []);
  });

  for (const [text, expected] of [
    ["It joins the the show.", /repeated/],
    ["There is a show.", /unnecessary/],
    ["A host mutes his guest.", /they, them or their/],
    ["Whoever comes next waits.", /name the person/],
    ["The music goes on by itself.", /continues/],
    ["The sweep takes a person for gone.", /marks/],
    [`${words(36)}.`, /a sentence of 36 words/],
  ] as const) {
    it(`marks "${text.slice(0, 40)}"`, () => {
      const found = messages(text);
      assert.equal(found.length, 1, found.join("\n"));
      assert.match(found[0] ?? "", expected);
    });
  }

  it("counts code as one word, and the parts around a colon apart", () => {
    assert.deepEqual(messages(`${words(30)}: ${words(30)}.`), []);
  });

  it("names the line", () => {
    const found = styleFindings({ file: "a.md", line: 7, text: "One line.\nWhoever reads." });
    assert.deepEqual(
      found.map(({ line }) => line),
      [8],
    );
  });
});

describe("the check of spelling", () => {
  it("finds a wrong word once, where it stands first, and knows the project's words", async () => {
    const found = await spellingFindings([
      { file: "a.md", line: 3, text: "Firestore recieves\na commnet." },
      { file: "b.md", line: 1, text: "It recieves `recieves` a favourite colour." },
    ]);
    assert.deepEqual(found, [
      { file: "a.md", line: 3, message: "unknown word: recieves" },
      { file: "a.md", line: 4, message: "unknown word: commnet" },
    ]);
  }).timeout(30_000);
});
