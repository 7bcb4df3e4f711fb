import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../files/paths.js";
import {
  type Passage,
  passagesOfComments,
  passagesOfJson,
  passagesOfMarkdown,
  passagesOfSource,
} from "./passages.js";
import { spellingFindings } from "./spelling.js";
import { type Finding, styleFindings } from "./style.js";

const FOLDERS = "{bench,client,demo,deploy,docs,example,functions,local,react,rules-mutants,test}";
const EXTENSIONS = "{md,ts,tsx,mts,mjs,css,yaml}";
const PATTERNS = [
  "*.{md,mjs,rules,jsonc}",
  "{docs/.vitepress,.changeset}/*.{md,ts}",
  ".github/**/*.yml",
  "livekit/*.yaml",
  "operate/*.json",
  `${FOLDERS}/**/*.${EXTENSIONS}`,
];
const IGNORED = ["node_modules", "lib", "dist", ".expo", "cache"];
/** A generated page shows comments and strings of the source, which are checked there. */
const GENERATED =
  /^docs\/(REFERENCE|PRIVACY|AUTHORIZATION)\.md$|^docs\/client\/reference\/|\/API\.md$|CHANGELOG/;
/** Texts in another language, and texts of Spotify. */
const FOREIGN =
  /\/german\.ts$|^functions\/src\/notifications\/words\.ts$|^local\/spotify\/accounts\/token\.ts$/;

const passages: Passage[] = [];
for await (const file of glob(PATTERNS, { cwd: root, exclude: (name) => IGNORED.includes(name) })) {
  if (GENERATED.test(file)) continue;
  const content = await readFile(join(root, file), "utf8");
  passages.push(...passagesOf(file)(file, content));
}
const findings: Finding[] = [
  ...passages.flatMap(styleFindings),
  ...(await spellingFindings(passages)),
].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
for (const { file, line, message } of findings) console.log(`${file}:${line}: ${message}`);
console.log(`${passages.length} passages, ${findings.length} findings`);
process.exitCode = findings.length === 0 ? 0 : 1;

function passagesOf(file: string): typeof passagesOfSource {
  if (FOREIGN.test(file)) return passagesOfComments;
  if (file.endsWith(".md")) return passagesOfMarkdown;
  if (file.endsWith(".json")) return passagesOfJson;
  return /\.[cm]?tsx?$|\.mjs$/.test(file) ? passagesOfSource : passagesOfComments;
}
