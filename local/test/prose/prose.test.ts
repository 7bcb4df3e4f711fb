import assert from "node:assert/strict";
import {
  type Passage,
  passagesOfComments,
  passagesOfJson,
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
  it("is its comments and its texts, without samples, tags, names and paths", () => {
    const source = [
      "/**\n * Joins a show.\n *\n * @example\n * ```ts\n * await join();\n * ```\n */",
      "const a = 1; // not read\n// One reason\n// in two lines.\nconst b = 2;",
      'print("Wait for the host.", "one", "a/path to/a file.ts", `<b>${left} more of them</b>`);',
      "const help = `Run the command with:\n  --only  one of the files\n`;",
    ].join("\n");
    assert.deepEqual(places(passagesOfSource("a.ts", source)), [
      [2, "Joins a show."],
      [10, "One reason\nin two lines."],
      [13, "Wait for the host."],
      [13, "`code` more of them"],
      [14, "Run the command with:"],
      [14, "  --only  one of the files\n"],
    ]);
  });

  it("is, in a test, its comments and titles", () => {
    const source =
      'describe("joining", () => {\n  it(`ends with ${reason}`, () => send("Not read at all."));\n});';
    assert.deepEqual(places(passagesOfSource("client/test/a.test.ts", source)), [
      [1, "joining"],
      [2, "ends with `code`"],
    ]);
  });
});

describe("the prose of other files", () => {
  it("is the comments of a stylesheet and of YAML", () => {
    assert.deepEqual(places(passagesOfComments("a.css", "a {\n  /* A reason. */\n}\n")), [
      [2, "A reason."],
    ]);
    assert.deepEqual(places(passagesOfComments("a.yml", "on: push\n  # A reason.\n")), [
      [2, "A reason."],
    ]);
  });

  it("is what an alert says to people", () => {
    const alert = '{\n  "filter": "metric.type = 1",\n  "content": "Shows are late."\n}';
    assert.deepEqual(places(passagesOfJson("a.json", alert)), [[3, "Shows are late."]]);
  });
});

describe("the check of style", () => {
  it("accepts a plain sentence", () => {
    assert.deepEqual(messages("A demoted speaker does not return by themselves."), []);
    assert.deepEqual(messages("There is no show of this size."), []);
  });

  for (const [text, expected] of [
    ["It joins the the show.", /repeated/],
    ["There is a show.", /unnecessary/],
    ["A host mutes his guest.", /they, them or their/],
    ["Whoever comes next waits.", /name the person/],
    ["The music goes on by itself.", /continues/],
    ["It recognizes the person.", /-ise/],
    ["The show was canceled.", /British/],
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
