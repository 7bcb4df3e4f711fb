import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { assertPublishable } from "../../../test/support/publishedPackage.js";
import { buildReact, reactDirectory } from "../../release/buildReact.js";

const manifest = z.object({ peerDependencies: z.record(z.string(), z.string()) });

describe("the built package of the hooks", () => {
  before(buildReact);

  it("is ready for npm", () =>
    assertPublishable(reactDirectory, [".", "./audio", "./package.json"]));

  it("imports its peers and nothing else, and connects audio in an entry of its own", async () => {
    const { peerDependencies } = manifest.parse(
      JSON.parse(await readFile(join(reactDirectory, "package.json"), "utf8")),
    );
    const dist = join(reactDirectory, "dist");
    const names = (await readdir(dist)).filter((name) => !name.endsWith(".map"));
    const files = await Promise.all(
      names.map(async (name) => ({
        name,
        text: await readFile(join(dist, name), "utf8"),
      })),
    );
    const imported = files.flatMap(({ text }) =>
      [...text.matchAll(/(?:from |import\()"([^".][^"]*)"/g)].map(([, module = ""]) => module),
    );
    assert.ok(imported.length > 0);
    for (const module of imported) {
      assert.ok(
        Object.keys(peerDependencies).some(
          (peer) => module === peer || module.startsWith(`${peer}/`),
        ),
        module,
      );
    }
    const withAudio = files.filter(({ text }) => text.includes("connectAudio"));
    assert.deepEqual(withAudio.map(({ name }) => name).toSorted(), ["audio.js"]);
  });
}).timeout(60_000);
