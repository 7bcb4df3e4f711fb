import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { mutantsOf, obsoleteAmong, readEquivalents } from "../../rules-mutants/src/index.js";
import { root } from "../../local/files/paths.js";
import { sample } from "./sample.js";
import { startWorkers, type Workers } from "./workers.js";

const rules = readFileSync(join(root, "firestore.rules"), "utf8");
const mutants = mutantsOf(rules);

describe("a sample of the mutants", () => {
  const tests = sample.map(({ killedBy }) => {
    const [file = "", title = ""] = killedBy.split(" › ");
    return { file, title };
  });
  let workers: Workers;
  before(async () => {
    workers = await startWorkers(1, [...new Set(tests.map(({ file }) => file))], {});
  });
  after(() => {
    workers.stop();
  });

  it("passes with the unchanged rules", async () => {
    assert.equal(await workers.kill(rules, [tests.map(({ title }) => title)], []), undefined);
  });

  for (const { mutant, killedBy } of sample) {
    it(`kills ${mutant}`, async () => {
      const found = mutants.find(({ id }) => id === mutant);
      assert.ok(found, "no such mutant: take another from `npm run rules:mutate`");
      const [, title = ""] = killedBy.split(" › ");
      assert.equal(await workers.kill(found.rules, [[title]], []), killedBy);
    });
  }
});

describe("the equivalent mutants", () => {
  it("exist", () => {
    const json = readFileSync(join(import.meta.dirname, "equivalents.json"), "utf8");
    assert.deepEqual(obsoleteAmong(readEquivalents(json), mutants), []);
  });
});
