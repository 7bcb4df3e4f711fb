import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import * as deployed from "../../functions/src/index.js";
import { contracts } from "../../functions/src/contract/callables.js";
import { inventory } from "../../functions/src/contract/inventory.js";

describe("docs/REFERENCE.md", () => {
  it("describes every deployed callable", () => {
    const callables = Object.entries(deployed)
      .filter(([, fn]) => "callableTrigger" in fn.__endpoint)
      .map(([name]) => name);
    assert.deepEqual(contracts.map(({ name }) => name).sort(), callables.sort());
  });

  it("describes every document path of the server", async () => {
    const source = await readFile(
      new URL("../../functions/src/collections.ts", import.meta.url),
      "utf8",
    );
    const paths = [...source.matchAll(/db, `([^`]+)`/g)].map(([, path = ""]) =>
      path.replaceAll("${", "{"),
    );
    const isDocument = (path: string) => path.split("/").length % 2 === 0;
    assert.ok(paths.length > 10, "paths were found");
    const described: readonly string[] = inventory.map(({ path }) => path);
    assert.deepEqual(
      paths.filter((path) => isDocument(path) && !described.includes(path)),
      [],
    );
  });
});
