import assert from "node:assert/strict";
import { memoryOf, readPss } from "../../process/memory.js";

describe("memoryOf", () => {
  it("uses the proportional share of common pages on Linux", () => {
    const rollup = "Rss:            4096 kB\nPss:            1024 kB\nPss_Dirty:        10 kB\n";
    assert.equal(readPss(rollup), 1_048_576);
    assert.throws(() => readPss("Rss: 4096 kB"));
  });

  it("returns the memory and the command, or undefined after the process has ended", async function () {
    if (process.platform === "win32") this.skip();
    const own = await memoryOf(process.pid);
    assert.ok(own && own.bytes > 10_000_000);
    assert.match(own.command, /node/);
    assert.equal(await memoryOf(2 ** 22 + 1), undefined);
  });
});
