import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { packageFile } from "../../local/files/paths.js";

const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url));

/** Kills every mutant that lets everybody read. */
const killer = `export async function kill(rules) {
  return rules.includes("if true") ? "reading" : undefined;
}`;

describe("the rules-mutants command", function () {
  this.timeout(20_000);
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "rules-mutants-"));
    await writeFile(join(directory, "firestore.rules"), "allow get: if a == b;");
    await writeFile(join(directory, "killer.mjs"), killer);
    const proof = [{ proof: "A proof.", mutants: ["widen verbs | allow get | get → get, list"] }];
    await writeFile(join(directory, "equivalents.json"), JSON.stringify(proof));
  });
  after(() => rm(directory, { recursive: true }));

  /** Its lines and exit code. */
  function run(...args: readonly string[]): Promise<readonly [code: number, ...lines: string[]]> {
    const { promise, resolve } =
      Promise.withResolvers<readonly [code: number, ...lines: string[]]>();
    const child = execFile(
      process.execPath,
      [
        `--import=${pathToFileURL(packageFile("tsx", "dist/loader.mjs")).href}`,
        cli,
        "firestore.rules",
        ...args,
      ],
      { cwd: directory },
      (_error, stdout, stderr) => {
        resolve([child.exitCode ?? -1, ...`${stdout}${stderr}`.trim().split("\n")]);
      },
    );
    return promise;
  }

  it("lists the mutants", async () => {
    assert.deepEqual(await run("--list"), [
      0,
      "line 1: always allow | allow get | a == b → true",
      "line 1: widen verbs | allow get | get → get, list",
      "line 1: swap equality | allow get | a == b → !=",
      "3 mutants",
    ]);
  });

  it("runs a module, and fails if an unlisted mutant survives", async () => {
    assert.deepEqual(await run("--killer", "killer.mjs", "--equivalents", "equivalents.json"), [
      1,
      "1/3 killed: always allow | allow get | a == b → true",
      "2/3 survived: swap equality | allow get | a == b → !=",
      "3/3 survived: widen verbs | allow get | get → get, list",
      "survived: line 1: swap equality | allow get | a == b → !=",
      "3 mutants, 1 killed, 1 survived, 1 equivalent",
    ]);
  });

  it("runs a command with the mutated rules in a file", async () => {
    const command = `node -e "process.exit(require('fs').readFileSync(process.env.FIRESTORE_RULES, 'utf8').includes('a == b;') ? 0 : 1)"`;
    assert.deepEqual((await run("--run", command, "--only", "swap equality")).slice(-1), [
      "1 mutants, 1 killed, 0 survived, 0 equivalent",
    ]);
    assert.deepEqual(await run("--run", "exit 3"), [2, "The unchanged rules fail: exit 3"]);
  });
});
