import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { root } from "../../local/files/paths.js";

describe("the generated pages", () => {
  it("match the code, and each docstring has an example; otherwise run npm run docs", async () => {
    // Runs as `npm run docs` does.
    const args = ["--import=tsx", "docs/generator/generate.ts", "--check"];
    const check = promisify(execFile)(process.execPath, args, { cwd: root });
    await check.catch((error: unknown) => {
      assert.fail(error instanceof Error ? error.message : String(error));
    });
  });
}).timeout(120_000);
