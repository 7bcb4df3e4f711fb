import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { mutantsOf, obsoleteAmong, readEquivalents } from "../../rules-mutants/src/index.js";
import { root } from "../../local/files/paths.js";
import { killerOf } from "./killer.js";
import { orders } from "./orders.js";
import { sample } from "./sample.js";
import { startWorkers, type Workers } from "./workers.js";

const rules = readFileSync(join(root, "firestore.rules"), "utf8");
const mutants = mutantsOf(rules);

describe("a sample of the mutants", () => {
  const tests = sample.map(({ killedBy }) => killerOf(killedBy));
  const kill = (mutated: string, titles: string[]) =>
    workers.order(orders.kill, { rules: mutated, batches: [titles], paths: [] });
  let workers: Workers;
  before(async () => {
    workers = startWorkers(1, [...new Set(tests.map(({ file }) => file))]);
    await kill(rules, []);
  });
  after(() => {
    workers.stop();
  });

  it("passes with the unchanged rules", async () => {
    const titles = tests.map(({ title }) => title);
    assert.equal(await kill(rules, titles), null);
  });

  for (const { mutant, killedBy } of sample) {
    it(`kills ${mutant}`, async () => {
      const found = mutants.find(({ id }) => id === mutant);
      assert.ok(found, "no such mutant: take another from `npm run rules:mutate`");
      assert.equal(await kill(found.rules, [killerOf(killedBy).title]), killedBy);
    });
  }
});

describe("the equivalent mutants", () => {
  it("exist", () => {
    const json = readFileSync(join(import.meta.dirname, "equivalents.json"), "utf8");
    assert.deepEqual(obsoleteAmong(readEquivalents(json), mutants), []);
  });
});
