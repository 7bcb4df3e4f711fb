import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../files/paths.js";
import {
  type Passage,
  passagesOfCatalogue,
  passagesOfMarkdown,
  passagesOfSource,
} from "./passages.js";
import { spellingFindings } from "./spelling.js";
import { type Finding, styleFindings } from "./style.js";

const FOLDERS = "{bench,client,demo,deploy,docs,example,functions,local,react,rules-mutants,test}";
const PATTERNS = ["*.md", "*.rules", "docs/.vitepress/*.ts", `${FOLDERS}/**/*.{md,ts,tsx,mts,mjs}`];
const IGNORED = ["node_modules", "lib", "dist", ".expo", "cache"];
/** The source that a generated page shows is checked instead. */
const GENERATED =
  /^docs\/(REFERENCE|PRIVACY|AUTHORIZATION)\.md$|^docs\/client\/reference\/|\/API\.md$|CHANGELOG/;
/** English texts that people see. */
const CATALOGUES = ["demo/src/words/english.ts", "client/src/errors/messages.ts"];
/** Texts in another language. */
const FOREIGN = "/german.ts";

const passages: Passage[] = [];
for await (const file of glob(PATTERNS, { cwd: root, exclude: (name) => IGNORED.includes(name) })) {
  if (GENERATED.test(file) || file.endsWith(FOREIGN)) continue;
  const content = await readFile(join(root, file), "utf8");
  if (file.endsWith(".md")) passages.push(...passagesOfMarkdown(file, content));
  else passages.push(...passagesOfSource(file, content));
  if (CATALOGUES.includes(file)) passages.push(...passagesOfCatalogue(file, content));
}
const findings: Finding[] = [
  ...passages.flatMap(styleFindings),
  ...(await spellingFindings(passages)),
].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
for (const { file, line, message } of findings) console.log(`${file}:${line}: ${message}`);
console.log(`${passages.length} passages, ${findings.length} findings`);
process.exitCode = findings.length === 0 ? 0 : 1;
