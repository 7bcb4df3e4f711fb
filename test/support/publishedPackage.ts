import { checkPackage, createPackageFromTarballData, type Package } from "@arethetypeswrong/core";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { publint } from "publint";
import { z } from "zod";
import { root } from "../../local/files/paths.js";

const manifest = z.object({
  name: z.string(),
  license: z.string(),
  publishConfig: z.object({ access: z.literal("public"), provenance: z.literal(true) }),
});

/**
 * Checks that a built package is ready for npm: publint finds nothing, the types of all entries resolve wherever ES modules
 * do, its code has source maps, and it is published with its licence and provenance.
 */
export async function assertPublishable(
  directory: string,
  entries: readonly string[],
): Promise<void> {
  const { messages } = await publint({ pkgDir: directory, strict: true });
  assert.deepEqual(messages, []);
  const packed = await pack(directory);
  await assertTypes(packed, entries);
  const { name } = manifest.parse(
    JSON.parse(await readFile(join(directory, "package.json"), "utf8")),
  );
  const licence = await readFile(join(root, "LICENSE"), "utf8");
  assert.equal(packed.tryReadFile(`/node_modules/${name}/LICENSE`), licence);
  const names = await readdir(join(directory, "dist"));
  for (const name of names.filter((each) => each.endsWith(".js"))) {
    const code = await readFile(join(directory, "dist", name), "utf8");
    // An entry that only exports from other files has nothing to map.
    if (code.includes("=>")) assert.ok(names.includes(`${name}.map`), name);
  }
}

async function pack(directory: string): Promise<Package> {
  const packed = await mkdtemp(join(tmpdir(), "ambient-packed-"));
  try {
    const args = ["pack", "--silent", "--pack-destination", packed];
    const options = { cwd: directory, shell: process.platform === "win32" };
    const { stdout } = await promisify(execFile)("npm", args, options);
    const tarball = await readFile(join(packed, stdout.trim()));
    return createPackageFromTarballData(new Uint8Array(tarball));
  } finally {
    await rm(packed, { recursive: true });
  }
}

async function assertTypes(packed: Package, entries: readonly string[]): Promise<void> {
  const checked = await checkPackage(packed);
  assert.ok(checked.types);
  // The packages have no CommonJS, and `exports` need a resolver that reads them.
  const modes = ["node16-esm", "bundler"];
  const problems = checked.problems.filter(
    (problem) => !("resolutionKind" in problem) || modes.includes(problem.resolutionKind),
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(Object.keys(checked.entrypoints), entries);
}
