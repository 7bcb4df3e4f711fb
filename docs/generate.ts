import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { clientReference, clientReferenceFile } from "./clientReference.js";
import { scaleDocuments } from "../bench/cost/scaleDocument.js";
import { packageApis } from "./packageApi.js";
import { privacyFile, renderPrivacy } from "./privacy.js";
import { referenceFile, renderReference } from "./reference.js";

const { markdown, undocumented } = await clientReference();

/** Writes the references. With `--check` it only reports which are stale. */
const references = [
  { file: referenceFile, fresh: await renderReference() },
  { file: privacyFile, fresh: await renderPrivacy() },
  { file: clientReferenceFile, fresh: markdown },
  ...packageApis(),
  ...(await scaleDocuments()),
];
for (const { file, fresh } of references) {
  const stored = await readFile(file, "utf8").catch(() => "");
  if (stored === fresh) continue;
  if (process.argv.includes("--check")) {
    console.error(
      `${fileURLToPath(file)} is stale: run \`npm run docs\` and commit what it writes.`,
    );
    process.exitCode = 1;
  } else {
    await writeFile(file, fresh);
    console.log(`wrote ${fileURLToPath(file)}`);
  }
}
if (undocumented.length > 0) {
  console.error(`Public names without a docstring and an example: ${undocumented.join(", ")}`);
  process.exitCode = 1;
}
