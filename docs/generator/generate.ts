import { glob, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { clientReference, clientReferenceFolder } from "./clientReference.js";
import { scaleDocuments } from "../../bench/cost/scaleDocument.js";
import { authorizationFile, renderAuthorization } from "./authorization.js";
import { packageApis } from "./packageApi.js";
import { privacyFile, renderPrivacy } from "./privacy.js";
import { referenceFile, renderReference } from "./reference.js";

const { pages, undocumented } = await clientReference();

/** Writes the references. With `--check` it only reports which are stale. */
const references = [
  { file: referenceFile, fresh: await renderReference() },
  { file: privacyFile, fresh: await renderPrivacy() },
  { file: authorizationFile, fresh: await renderAuthorization() },
  ...pages,
  ...packageApis(),
  ...(await scaleDocuments()),
];
const isCheck = process.argv.includes("--check");
await mkdir(clientReferenceFolder, { recursive: true });
for (const { file, fresh } of references) {
  const stored = await readFile(file, "utf8").catch(() => "");
  if (stored === fresh) continue;
  await correct(file, "wrote", () => writeFile(file, fresh));
}
for await (const page of glob("*.md", { cwd: clientReferenceFolder })) {
  const file = new URL(page, clientReferenceFolder);
  if (pages.some((fresh) => fresh.file.href === file.href)) continue;
  await correct(file, "removed", () => rm(file));
}
if (undocumented.length > 0) {
  console.error(`Public names without a docstring and an example: ${undocumented.join(", ")}`);
  process.exitCode = 1;
}

async function correct(file: URL, done: string, write: () => Promise<void>): Promise<void> {
  const path = fileURLToPath(file);
  if (isCheck) {
    console.error(`${path} is stale: run \`npm run docs\` and commit what it changes.`);
    process.exitCode = 1;
    return;
  }
  await write();
  console.log(`${done} ${path}`);
}
