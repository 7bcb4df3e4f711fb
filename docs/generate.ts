import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { referenceFile, renderReference } from "./reference.js";

/** Writes docs/REFERENCE.md; with `--check` only says whether it is what the code says. */
const fresh = await renderReference();
const stored = await readFile(referenceFile, "utf8").catch(() => "");
if (process.argv.includes("--check")) {
  if (stored !== fresh) {
    console.error("docs/REFERENCE.md is stale: run `npm run docs` and commit what it writes.");
    process.exitCode = 1;
  }
} else if (stored !== fresh) {
  await writeFile(referenceFile, fresh);
  console.log(`wrote ${fileURLToPath(referenceFile)}`);
}
