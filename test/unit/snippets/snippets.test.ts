import assert from "node:assert/strict";
import { glob } from "node:fs/promises";
import { audio } from "../../../functions/src/contract/audio.js";
import { contracts } from "../../../functions/src/contract/callables.js";
import { root } from "../../../local/files/paths.js";
import { isForReactNative, snippetsIn, type Snippet } from "../../support/snippets.js";
import { compileSnippets, type SnippetProject, webApp } from "./compileSnippets.js";

/** The app's names. */
const APP = ["./test/unit/snippets/appNames.js", "./test/unit/snippets/firebaseNames.js"];
/** Docstrings may also use the package's own names and Firebase's. */
const IMPORTED = [
  "@ambient/client",
  "@ambient/client/audio",
  "@ambient/client/testing",
  "firebase/app",
  "firebase/auth",
  "firebase/firestore",
  "firebase/functions",
];
const HOOKS = ["@ambient/react", "@ambient/react/audio"];
/** Its modular API matches the JS SDK's. `npm run test:pack` checks its own types. */
const withReactNativeFirebase: SnippetProject = {
  ...webApp,
  options: {
    ...webApp.options,
    paths: {
      ...webApp.options.paths,
      "@react-native-firebase/*": ["./node_modules/firebase/*"],
    },
  },
};

async function filesOf(pattern: string): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const file of glob(pattern, { cwd: root })) files.push(file);
  return files.sort();
}

async function snippetsOf(files: readonly string[]): Promise<readonly Snippet[]> {
  return (await Promise.all(files.map((file) => snippetsIn(file, "ts", "tsx")))).flat();
}

function assertCompile(...compiled: Parameters<typeof compileSnippets>): void {
  const problems = compileSnippets(...compiled);
  assert.equal(problems.length, 0, `\n${problems.join("\n")}`);
}

/** The distinct matches of a pattern's group in the snippets. */
function namesIn(snippets: readonly Snippet[], pattern: RegExp): readonly string[] {
  const found = snippets.flatMap(({ text }) => [...text.matchAll(pattern)]);
  return [...new Set(found.map(([, name = ""]) => name))].sort();
}

describe("TypeScript snippets", () => {
  it("compile in the guide and the READMEs", async () => {
    const guide = await filesOf("docs/client/*.md");
    const snippets = await snippetsOf([
      "README.md",
      ...guide,
      "client/README.md",
      "react/README.md",
    ]);
    const forTheWeb = snippets.filter((snippet) => !isForReactNative(snippet));
    assert.ok(guide.length >= 5 && forTheWeb.length > 20);
    assertCompile(forTheWeb, [...APP, ...IMPORTED, ...HOOKS]);
  });

  it("compile in the package's docstrings", async () => {
    const snippets = await snippetsOf(await filesOf("client/src/**/*.ts"));
    assert.ok(snippets.length > 100);
    assertCompile(snippets, [...APP, ...IMPORTED], withReactNativeFirebase);
  });

  it("compile in the hooks' docstrings", async () => {
    const snippets = await snippetsOf(await filesOf("react/src/**/*.ts"));
    assert.ok(snippets.length > 15);
    assertCompile(snippets, [...APP, ...HOOKS, "@ambient/client"]);
  });

  it("report the position of an error", () => {
    const text = "const show = await ambient.join(showId);\n\nawait show.sing();";
    const wrong = { file: "README.md", firstLine: 10, heading: "", text };
    assert.deepEqual(compileSnippets([wrong], APP), [
      "README.md:12: Property 'sing' does not exist on type 'Show'.",
    ]);
  });
}).timeout(120_000);

describe("Swift and Kotlin snippets", () => {
  const callables = new Set(contracts.map(({ name }) => name));
  const audioFields = new Set(audio.options.flatMap(({ shape }) => Object.keys(shape)));

  const pages = { swift: "docs/ios.md", kotlin: "docs/android.md" };

  for (const [language, page] of Object.entries(pages)) {
    it(`call existing functions and read existing audio fields (${language})`, async () => {
      const snippets = await snippetsIn(page, language);
      const called = namesIn(snippets, /\bcall\(\s*"(\w+)"/g);
      const read = namesIn(snippets, /\baudio\["(\w+)"\]/g);
      assert.deepEqual(called, ["joinShow", "leaveShow", "refreshAudio", "signInWithSpotify"]);
      assert.deepEqual(read, ["provider", "token", "url"]);
      assert.ok(called.every((name) => callables.has(name)));
      assert.ok(read.every((name) => audioFields.has(name)));
    });

    it(`write in transactions, which fail while the phone is offline (${language})`, async () => {
      const snippets = await snippetsIn(page, language);
      const code = snippets.map(({ text }) => text).join("\n");
      assert.equal(code.match(/\.runTransaction\b/g)?.length, 2, "comments and requests to speak");
      assert.doesNotMatch(code, /\b(batch|runBatch)\b\s*[({]/);
    });
  }
});
