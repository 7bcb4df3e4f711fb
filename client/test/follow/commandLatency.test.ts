import assert from "node:assert/strict";
import {
  type CommandLatency,
  expectedMs,
  scatterMs,
  withLatency,
} from "../../src/follow/commandLatency.js";

describe("the latency of commands", () => {
  const learned = (...latencies: number[]) =>
    latencies.reduce<CommandLatency>(withLatency, { guessMs: 400, seen: [] });

  it("starts with a guess", () => {
    assert.equal(expectedMs(learned()), 400);
    assert.equal(expectedMs(learned(650)), 650);
  });

  it("is the median, so one slow command changes nothing", () => {
    assert.equal(expectedMs(learned(610, 2_400, 590, 600, 605)), 605);
    assert.equal(expectedMs(learned(600, 2_400)), 600);
  });

  it("forgets old latencies, and caps absurd ones", () => {
    assert.equal(
      expectedMs(learned(...Array<number>(8).fill(300), ...Array<number>(8).fill(700))),
      700,
    );
    assert.equal(expectedMs(learned(-50)), 0);
    assert.equal(expectedMs(learned(60_000)), 3_000);
  });

  it("measures the scatter once it has a few latencies", () => {
    assert.equal(scatterMs(learned(500, 700)), 0);
    assert.equal(scatterMs(learned(500, 600, 700)), 100);
    assert.equal(scatterMs(learned(500, 600, 700, 580, 620)), 20);
  });
});
