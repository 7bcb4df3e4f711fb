import assert from "node:assert/strict";
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { REGION } from "../../functions/src/contract/region.js";
import { root } from "../../local/files/paths.js";

const CONFIGURATION = [
  "firebase.json",
  "{operate,livekit}/*.{json,yaml}",
  "functions/src/contract/*.ts",
  "example/mobile/src/config.ts",
];
const read = (file: string) => readFile(join(root, file), "utf8");

describe("the region", () => {
  it("appears in the files that docs/DEPLOY.md names, and in no other configuration", async () => {
    const [paragraph = ""] = /^The region, .*?\n\n/ms.exec(await read("docs/DEPLOY.md")) ?? [];
    const named = [...paragraph.matchAll(/`([\w./-]+\.(?:json|yaml|ts))`/g)].map(
      ([, file]) => file,
    );
    const found: string[] = [];
    for await (const file of glob(CONFIGURATION, { cwd: root })) {
      if ((await read(file)).includes(REGION)) found.push(file);
    }
    assert.deepEqual(found.sort(), named.sort());
  });
});
