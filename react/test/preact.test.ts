import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import { z } from "zod";
import { hookTests } from "./support/hooks.js";
import { withDocument } from "./support/withDocument.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const bundledTests = z.object({
  hookTests: z.map(
    z.string(),
    z.custom<() => Promise<void>>((run) => typeof run === "function"),
  ),
});

/** The same tests, bundled as an app that uses Preact bundles the hooks. */
async function bundleInto(directory: string): Promise<string> {
  const bundle = await rolldown({
    input: { hooks: join(root, "react/test/support/hooks.ts") },
    cwd: root,
    platform: "node",
    external: ["livekit-client"],
    resolve: {
      alias: {
        "@ambient/client/core": join(root, "client/src/core.ts"),
        "react-dom/client": "preact/compat/client",
        "react": "preact/compat",
      },
    },
    logLevel: "silent",
  });
  await bundle.write({ dir: directory, format: "esm", entryFileNames: "[name].mjs" });
  await bundle.close();
  return join(directory, "hooks.mjs");
}

describe("the hooks in Preact", () => {
  withDocument();
  let directory: string;
  let tests: ReadonlyMap<string, () => Promise<void>>;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "ambient-preact-"));
    const file = await bundleInto(directory);
    tests = bundledTests.parse(await import(pathToFileURL(file).href)).hookTests;
  });
  after(() => rm(directory, { recursive: true }));

  for (const name of hookTests.keys()) {
    it(name, () => tests.get(name)?.() ?? assert.fail());
  }
});
