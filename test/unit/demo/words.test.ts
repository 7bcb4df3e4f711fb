import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { amountText, durationText, timeOfDay } from "../../../demo/src/ui/format.js";
import { english } from "../../../demo/src/words/english.js";
import { german } from "../../../demo/src/words/german.js";
import { chooseWords, locale, words } from "../../../demo/src/words/words.js";
import { root } from "../../../local/files/paths.js";

const source = join(root, "demo/src");
/** Attributes and properties that people read or hear. */
const readable =
  /^(aria-(label|description|valuetext)|alt|hint|label|nothing|placeholder|text|title|what)$/;
/** A capitalised word or sentence. */
const sentence = /^\p{Lu}\p{Ll}+(['’ ,.…!?]|$)/u;
const names = new Set(["Ambient", "Ada", "Dan", "Enter", "Escape", "Tab", "Home", "End"]);

describe("the demo's texts", () => {
  it("are all translated", () => {
    const same = flat(english).filter(
      ([path, text]) => text !== "" && flatGerman.get(path) === text,
    );
    assert.deepEqual(
      same.map(([path]) => path),
      [
        "common.live",
        "common.ok",
        "start.premium",
        "start.free",
        "account.spotify",
        "discover.status.live",
        "discover.shows",
        "stage.role.creator",
        "stage.role.speaker",
        "comments.title",
        "comments.host",
        "music.talk",
        "music.explicitSign",
        "show.tabs.comments",
        "show.tabs.host",
        "show.settings.comments",
        "moderation.categories.spam",
      ],
    );
  });

  it("are in the first of the browser's languages that has a catalogue", async () => {
    for (const [languages, chosen, region] of [
      [["fr-FR", "de-CH", "en"], german, "de-CH"],
      [["en-GB", "de"], english, "en-GB"],
      [["DE"], german, "DE"],
      [["den", "fr"], english, "en"],
      [[], english, "en"],
    ] as const) {
      await chooseWords(languages);
      assert.equal(words.language, chosen.language);
      assert.equal(words.common.close, chosen.common.close);
      assert.equal(locale, region);
    }
  });

  it("have times, durations and prices of the same language", async () => {
    const evening = new Date(2026, 0, 1, 17, 28).getTime();
    const price = { amount: 750, currency: "eur" };
    const texts = () => [
      timeOfDay(evening),
      durationText(300),
      durationText(90),
      amountText(price),
    ];
    try {
      await chooseWords(["en-US"]);
      assert.deepEqual(texts().map(plainSpaces), ["5:28 PM", "5 minutes", "90 seconds", "€7.50"]);
      await chooseWords(["de-DE"]);
      assert.deepEqual(texts().map(plainSpaces), ["17:28", "5 Minuten", "90 Sekunden", "7,50 €"]);
    } finally {
      await chooseWords([]);
    }
  });

  it("are in the catalogue, and nowhere else", async () => {
    const files = await readdir(source, { recursive: true });
    const views = files.filter((file) => /\.tsx?$/.test(file) && !file.startsWith("words/"));
    const found = await Promise.all(
      views.map(async (file) => textsIn(file, await readFile(join(source, file), "utf8"))),
    );
    assert.ok(views.length > 100);
    assert.deepEqual(found.flat(), []);
  });

  for (const [code, texts] of [
    ["<p>Hello</p>", ["Hello"]],
    ['<p>{isLive ? "live" : name}</p>', ["live"]],
    ["<p>{`${count} tracks`}</p>", ["tracks"]],
    ['<Row label={isOn ? "mute" : words.a} class="row" />', ["mute"]],
    ['const titles = { over: "That was it" };', ["That was it"]],
    ['<p class={kind === "live" ? "on" : "off"}>{kind === "live" && <b />}</p>', []],
    ['<p>{words.show.title}, {name} · {"/"}</p>', []],
  ] as const) {
    it(`finds ${texts.length === 0 ? "none" : `“${texts.join()}”`} in ${code}`, () => {
      assert.deepEqual(
        textsIn("a.tsx", code).map((line) => line.replace("a.tsx:1: ", "")),
        texts,
      );
    });
  }
});

/** Intl separates with several kinds of space. */
function plainSpaces(text: string): string {
  return text.replace(/\s/g, " ");
}

/** Each text with its path. A function counts as its source. */
function flat(value: unknown, path = ""): readonly (readonly [path: string, text: string])[] {
  if (typeof value !== "object" || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, each]: [string, unknown]) =>
    flat(each, path === "" ? key : `${path}.${key}`),
  );
}

const flatGerman = new Map(flat(german));

/** Literal texts that people would read or hear, each with its line. */
function textsIn(file: string, code: string): readonly string[] {
  const parsed = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const look = (node: ts.Node, isRead: boolean): void => {
    const text =
      ts.isJsxText(node) || ts.isStringLiteralLike(node) || isPartOfTemplate(node)
        ? node.text.trim()
        : "";
    const isText = ts.isJsxText(node) || isRead ? /\p{L}/u.test(text) : sentence.test(text);
    if (isText && !names.has(text)) {
      found.push(
        `${file}:${parsed.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${text}`,
      );
    }
    ts.forEachChild(node, (child) => {
      look(child, isReadIn(node, child, isRead));
    });
  };
  look(parsed, false);
  return found;
}

function isPartOfTemplate(
  node: ts.Node,
): node is ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail {
  return ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
}

/** Whether a literal in this child ends up on the page. */
function isReadIn(parent: ts.Node, child: ts.Node, isRead: boolean): boolean {
  if (ts.isJsxAttribute(parent)) return readable.test(parent.name.getText());
  if (ts.isJsxExpression(parent)) return isRead || !ts.isJsxAttribute(parent.parent);
  if (ts.isConditionalExpression(parent)) return isRead && child !== parent.condition;
  const isValue =
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind !== ts.SyntaxKind.EqualsEqualsEqualsToken &&
    parent.operatorToken.kind !== ts.SyntaxKind.ExclamationEqualsEqualsToken;
  return (
    isRead &&
    (isValue ||
      ts.isParenthesizedExpression(parent) ||
      ts.isTemplateExpression(parent) ||
      ts.isTemplateSpan(parent))
  );
}
