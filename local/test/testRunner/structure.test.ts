import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { structureChecks } from "../../testRunner/checks.js";

type Files = Readonly<Record<string, string>>;

/** A small copy of the repository that breaks no rule. */
const sound: Files = {
  "package.json": `{"name": "copy", "type": "module"}`,
  "functions/package.json": `{"name": "functions", "type": "module", "main": "src/index.ts"}`,
  "functions/src/index.ts": `export { join } from "./audience/callables.js";`,
  "functions/src/answer.ts": `export const answer = 1;`,
  "functions/src/errors.ts": `import { reason } from "./contract/reasons.js"; export const error = reason;`,
  "functions/src/contract/reasons.ts": `export const reason = 1;`,
  "functions/src/audience/joinShow.ts": `import { seat } from "../stage/seat.js"; import { error } from "../errors.js"; export const joinShow = [seat, error];`,
  "functions/src/stage/seat.ts": `export const seat = 1;`,
  "functions/src/audience/joinAgain.ts": `export const again = 1;`,
  "functions/src/audience/joinLater.ts": `import { again } from "./joinAgain.js"; export const later = again;`,
  "functions/src/audience/callables.ts": `export const join = () => import("./joinShow.js");`,
  "demo/src/main.tsx": `import { reason } from "../../functions/src/contract/reasons.js"; console.log(reason);`,
  "local/start.ts": `import { answer } from "../functions/src/answer.js"; console.log(answer);`,
  "client/package.json": `{"name": "client", "type": "module"}`,
  "client/src/core.ts": "",
  "rules-mutants/package.json": `{"name": "mutants", "type": "module"}`,
  "react/package.json": `{"name": "hooks", "type": "module"}`,
  "react/src/index.ts": `import "../../client/src/core.js";`,
  "bench/calls.ts": "",
  "deploy/doctor.ts": "",
  "docs/generator/generate.ts": "",
  "functions/test/some.test.ts": `import { later } from "../src/audience/joinLater.js"; console.log(later);`,
  "test/unit/reference.test.ts": `import * as deployed from "../../functions/src/index.js"; console.log(deployed);`,
  "test/flows/evening.test.ts": `import { reason } from "../../functions/src/contract/reasons.js"; console.log(reason);`,
};

/** A file that breaks each rule, by the rule's name. Of a rule about folders, `folders` are those that break it. */
const breaches: Readonly<
  Record<string, readonly [file: string, text: string, folders?: readonly string[]]>
> = {
  "contract-stands-alone": [
    "functions/src/contract/shows.ts",
    `import type { error } from "../errors.js"; export type Show = typeof error;`,
  ],
  "foundation-knows-no-domain": [
    "functions/src/queries.ts",
    `import { joinShow } from "./audience/joinShow.js"; export const query = joinShow;`,
  ],
  "domains-are-not-deployed-by-themselves": [
    "functions/src/audience/leaveShow.ts",
    `import { answer } from "../answer.js"; export const leaveShow = answer;`,
  ],
  "declarations-load-lazily": [
    "functions/src/audience/triggers.ts",
    `import { joinShow } from "./joinShow.js"; export const join = joinShow;`,
  ],
  "folders-import-downward": [
    "functions/src/stage/move.ts",
    `import { again } from "../audience/joinAgain.js"; export const move = again;`,
    ["functions/src/audience", "functions/src/stage"],
  ],
  "no-cycles": [
    "functions/src/audience/joinAgain.ts",
    `import type { later } from "./joinLater.js"; export const again: typeof later | 1 = 1;`,
  ],
  "others-share-the-contract-alone": [
    "bench/calls.ts",
    `import type { error } from "../functions/src/errors.js"; export type Reason = typeof error;`,
  ],
  "react-stands-on-the-client": [
    "react/src/audio.ts",
    `import type { reason } from "../../functions/src/contract/reasons.js"; export type Reason = typeof reason;`,
  ],
  "nothing-unresolvable": ["docs/generator/generate.ts", `import "./gone.js";`],
};

/** An unused export and an unused package, in addition to the files above. */
const unused: Files = {
  "functions/package.json": `{"name": "functions", "type": "module", "main": "src/index.ts", "dependencies": {"left-pad": "1.3.0"}}`,
  "functions/src/errors.ts": `${sound["functions/src/errors.ts"] ?? ""} export const unasked = 2;`,
};

describe("the structure checks", function () {
  this.timeout(60_000);
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "ambient-structure-"));
    await put(sound);
  });
  afterEach(() => rm(directory, { recursive: true }));

  async function put(files: Files): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      const file = join(directory, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  }

  /** A check's output, or an empty string if it passes. */
  async function complaintsOf(name: string): Promise<string> {
    const check = structureChecks.find((each) => each.name === name);
    assert.ok(check);
    const args = [check.script, ...check.args];
    return new Promise((resolve) => {
      execFile(process.execPath, args, { cwd: directory }, (error, stdout, stderr) => {
        resolve(error ? `failed: ${stdout}${stderr}` : "");
      });
    });
  }

  it("pass without problems", async () => {
    const complaints = await Promise.all(["imports", "unused"].map(complaintsOf));
    assert.deepEqual(complaints, ["", ""]);
  });

  it("fail for each forbidden import, even of a type", async () => {
    await put(Object.fromEntries(Object.values(breaches).map(([file, text]) => [file, text])));
    const complaints = await complaintsOf("imports");
    const found = [...complaints.matchAll(/^ *error ([a-z-]+): (\S+)/gm)];
    assert.deepEqual(
      found.map(([, rule, file]) => [rule, file]).sort(),
      Object.entries(breaches)
        .flatMap(([rule, [file, , folders]]) => (folders ?? [file]).map((each) => [rule, each]))
        .sort(),
      complaints,
    );
  });

  it("fail for a test across the parts that knows how the server is made", async () => {
    const text = `import { error } from "../../functions/src/errors.js"; console.log(error);`;
    await put({ "test/flows/evening.test.ts": text });
    assert.match(
      await complaintsOf("imports"),
      /others-share-the-contract-alone: test\/flows\/evening\.test\.ts/,
    );
  });

  it("fail for an unused export and an unused package", async () => {
    await put(unused);
    const complaints = await complaintsOf("unused");
    assert.match(complaints, /Unused exports \(1\)\s+unasked/);
    assert.match(complaints, /Unused dependencies \(1\)\s+left-pad/);
  });
});
