import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { root } from "../../local/files/paths.js";

describe("docs/CLIENT.md", () => {
  it("is what the docstrings say, of which each has an example; if not: npm run docs", async () => {
    // In a process of its own: typedoc's plugins must meet the very classes that it was loaded with.
    const args = ["--import=tsx", "docs/generate.ts", "--check"];
    const check = promisify(execFile)(process.execPath, args, { cwd: root });
    await check.catch((error: unknown) => {
      assert.fail(error instanceof Error ? error.message : String(error));
    });
  });
}).timeout(120_000);
