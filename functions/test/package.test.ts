import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { z } from "zod";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const manifest = z.object({
  engines: z.object({ node: z.string() }),
});
const functions = manifest.parse(JSON.parse(read("functions/package.json")));

describe("functions/package.json", () => {
  it("requires production's Node version, like the root package and firebase.json", () => {
    assert.equal(
      manifest.parse(JSON.parse(read("package.json"))).engines.node,
      functions.engines.node,
    );
    assert.ok(read("firebase.json").includes(`"nodejs${functions.engines.node}"`));
  });
});
