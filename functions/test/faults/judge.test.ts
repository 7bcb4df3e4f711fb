import assert from "node:assert/strict";
import { judge, type RunResult } from "./judge.js";

describe("a cell of the fault matrix", () => {
  const fault = { family: "Spotify", name: "is down" } as const;
  const healed: RunResult = { outcome: "ok", minutesToHeal: 1, wrong: [], isNotifiedTwice: false };
  const lost = { ...healed, minutesToHeal: null, wrong: [["the song is missing"]] };
  const operation = { name: "sing", healers: ["call", "sweepShow"] } as const;
  const known = (runs: number) => ({
    ...operation,
    losses: [
      { fault: "Spotify: is down", runs, differences: ["the song is missing"], meaning: "silence" },
    ],
  });
  const brokenOf = (of: Parameters<typeof judge>[0], ...results: RunResult[]) =>
    judge(of, fault, results).broken;

  it("takes the worst of its runs", () => {
    const cell = judge(operation, fault, [{ ...healed, minutesToHeal: 0 }, healed]);
    const { minutesToHeal, runs, broken } = cell;
    assert.deepEqual({ minutesToHeal, runs, broken }, { minutesToHeal: 1, runs: 2, broken: [] });
  });

  it("is broken if it heals later than its slowest healer", () => {
    const late = { ...healed, minutesToHeal: 2 };
    assert.deepEqual(brokenOf(operation, healed, late), ["run 2: right after 2 min, not 1"]);
    assert.deepEqual(brokenOf({ ...operation, healers: ["call"] }, healed), [
      "run 1: right after 1 min, not 0",
    ]);
    assert.deepEqual(brokenOf({ ...operation, healers: ["closing"] }, late), []);
  });

  it("accepts exactly the known loss", () => {
    assert.deepEqual(brokenOf(known(1), healed, lost), []);
    assert.equal(judge(known(1), fault, [healed, lost]).minutesToHeal, null);
    assert.deepEqual(brokenOf(operation, lost), ['run 1: after "ok" the song is missing']);
    const more = { ...lost, wrong: [["the song is missing", "the stage is empty"]] };
    assert.deepEqual(brokenOf(known(1), lost, more), [
      'run 2: after "ok" the song is missing; the stage is empty',
    ]);
  });

  it("is broken if the known loss occurs in other numbers of runs, or not at all", () => {
    const line = (found: number) => `the known loss occurs in ${found} runs instead of 1`;
    assert.deepEqual(brokenOf(known(1), lost, lost), [line(2)]);
    assert.deepEqual(brokenOf(known(1), healed), [line(0)]);
    assert.deepEqual(brokenOf(known(1)), [line(0)]);
  });

  it("is broken if a device is notified twice", () => {
    assert.deepEqual(brokenOf(operation, { ...healed, isNotifiedTwice: true }), [
      "run 1: a device was notified twice",
    ]);
  });
});
