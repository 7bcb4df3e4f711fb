import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { assertPublishable } from "../../../test/support/publishedPackage.js";
import { buildClient, clientDirectory } from "../../release/buildClient.js";
import { costs } from "../../release/bundleSize.js";

const manifest = z.object({
  dependencies: z.record(z.string(), z.string()),
  peerDependencies: z.record(z.string(), z.string()),
});

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

  it("is ready for npm", () =>
    assertPublishable(clientDirectory, [".", "./core", "./audio", "./testing", "./package.json"]));

  it("stays within its size, and does not bundle audio and music for apps that do not use them", async () => {
    const [whole, , , signInAndJoin] = await costs();
    assert.ok(whole && signInAndJoin);
    assert.ok(signInAndJoin.gzip < whole.gzip * 0.7, `${signInAndJoin.gzip} of ${whole.gzip}`);
    // The budget in bytes, gzip, without zod. Raise it knowingly.
    assert.ok(signInAndJoin.gzip < 30_000, `${signInAndJoin.gzip}`);
    assert.ok(whole.gzip < 48_500, `${whole.gzip}`);
  });
}).timeout(120_000);
