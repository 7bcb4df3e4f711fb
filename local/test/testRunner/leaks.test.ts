import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CANARY } from "../../canary.js";
import { leaksIn } from "../../testRunner/leaks.js";

describe("the search for secrets in logs", () => {
  it("finds a canary, and reads nothing but logs", async () => {
    const directory = await mkdtemp(join(tmpdir(), "leaks-"));
    try {
      await writeFile(join(directory, "clean.log"), "callable answered\n");
      await writeFile(join(directory, "endpoints.json"), CANARY);
      assert.deepEqual(await leaksIn(directory), []);
      await writeFile(join(directory, "suite.log"), `one\ntoken ${CANARY}-x\n`);
      const [leak, ...more] = await leaksIn(directory);
      assert.equal(leak?.file, join(directory, "suite.log"));
      assert.match(leak.reason, /^token canary/);
      assert.deepEqual(more, []);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
