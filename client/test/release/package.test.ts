import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { publint } from "publint";
import { z } from "zod";
import { root } from "../../../local/files/paths.js";
import { buildClient, clientDirectory } from "../../release/buildClient.js";
import { costs } from "../../release/bundleSize.js";

const manifest = z.object({
  dependencies: z.record(z.string(), z.string()),
  peerDependencies: z.record(z.string(), z.string()),
});

const entries = [".", "./core", "./audio", "./testing", "./package.json"];

describe("the built package", () => {
  let files: { readonly name: string; readonly text: string }[];

  before(async () => {
    await buildClient();
    const dist = join(clientDirectory, "dist");
    files = await Promise.all(
      (await readdir(dist)).map(async (name) => ({
        name,
        text: await readFile(join(dist, name), "utf8"),
      })),
    );
  });

  it("contains nothing of the server except its schemas and reasons", () => {
    for (const { name, text } of files) {
      assert.doesNotMatch(text, /firebase-admin|firebase-functions|HttpsError|node:/, name);
    }
  });

  it("imports only what its package.json names, and LiveKit only on demand", async () => {
    const text = await readFile(join(clientDirectory, "package.json"), "utf8");
    const { dependencies, peerDependencies } = manifest.parse(JSON.parse(text));
    const named = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
    for (const { name, imports } of await costs()) {
      for (const imported of imports) {
        assert.ok(named.includes(imported.split("/")[0] ?? ""), `${name} imports ${imported}`);
      }
    }
    const statically = files.filter(({ text: code }) => /^import.*"livekit-client"/m.test(code));
    assert.deepEqual(statically, []);
  });

  it("reaches LiveKit through the audio entry only: Metro bundles what any import() names", async () => {
    const reaching = (await costs()).filter(({ imports }) => imports.includes("livekit-client"));
    assert.deepEqual(
      reaching.map(({ name }) => name),
      ["@ambient/client with audio"],
    );
  });

  it("follows the rules of publint", async () => {
    const { messages } = await publint({ pkgDir: clientDirectory, strict: true });
    assert.deepEqual(messages, []);
  });

  it("resolves to the right types wherever ES modules are resolved", async () => {
    const directory = await mkdtemp(join(tmpdir(), "ambient-packed-"));
    try {
      const pack = ["pack", "--silent", "--pack-destination", directory];
      const options = { cwd: clientDirectory, shell: process.platform === "win32" };
      const { stdout } = await promisify(execFile)("npm", pack, options);
      const tarball = await readFile(join(directory, stdout.trim()));
      const checked = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
      assert.ok(checked.types);
      // The package has no CommonJS, and `exports` need a resolver that reads them.
      const modes = ["node16-esm", "bundler"];
      const problems = checked.problems.filter(
        (problem) => !("resolutionKind" in problem) || modes.includes(problem.resolutionKind),
      );
      assert.deepEqual(problems, []);
      assert.deepEqual(Object.keys(checked.entrypoints), entries);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it("has the repository's license and a source map for each file with code", async () => {
    const license = "LICENSE";
    assert.equal(
      await readFile(join(clientDirectory, license), "utf8"),
      await readFile(join(root, license), "utf8"),
    );
    const mapped = files.filter(({ name, text }) => name.endsWith(".js") && text.includes("=>"));
    assert.ok(mapped.length >= 3);
    for (const { name } of mapped) assert.ok(files.some((file) => file.name === `${name}.map`));
  });

  it("stays within its size, and does not bundle audio and music for apps that do not use them", async () => {
    const [whole, , , signInAndJoin] = await costs();
    assert.ok(whole && signInAndJoin);
    assert.ok(signInAndJoin.gzip < whole.gzip * 0.7, `${signInAndJoin.gzip} of ${whole.gzip}`);
    // The budget in bytes, gzip, without zod. Raise it knowingly.
    assert.ok(signInAndJoin.gzip < 30_000, `${signInAndJoin.gzip}`);
    assert.ok(whole.gzip < 48_000, `${whole.gzip}`);
  });
}).timeout(120_000);
