import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { inCi } from "../../local/testRunner/inCi.js";
import { snippetsIn } from "../support/snippets.js";

const run = promisify(execFile);

describe("the Kotlin samples", () => {
  let directory: string;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "ambient-kotlin-"));
    await cp(join(import.meta.dirname, "kotlin"), directory, { recursive: true });
    await mkdir(join(directory, "src"));
    await cp(join(directory, "stubs"), join(directory, "src", "stubs"), { recursive: true });
  });
  after(() => rm(directory, { recursive: true }));

  const compile = () => run("mvn", ["--batch-mode", "--quiet", "compile"], { cwd: directory });

  it("compile against the signatures of Firebase and LiveKit", async function () {
    await run("mvn", ["--version"]).catch((error: unknown) => {
      // In CI nobody would notice that they are not compiled.
      if (inCi()) throw error;
      process.stdout.write("    Not compiled, because Maven is not installed:\n");
      this.skip();
    });
    const samples = await snippetsIn("docs/android.md", "kotlin");
    assert.equal(samples.length, 2);
    for (const [index, { text }] of samples.entries()) {
      await writeFile(join(directory, "src", `Sample${index}.kt`), text);
    }
    await compile();
    await writeFile(
      join(directory, "src/Wrong.kt"),
      'fun wrong(ambient: Ambient) = ambient.sing("")',
    );
    await assert.rejects(compile(), ({ stdout }: { readonly stdout: string }) =>
      /Wrong\.kt.*sing/.test(stdout),
    );
  }).timeout(600_000);
});
