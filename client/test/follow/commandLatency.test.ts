import assert from "node:assert/strict";
import { CommandLatency } from "../../src/follow/commandLatency.js";

describe("CommandLatency", () => {
  const learned = (...latencies: number[]) => {
    const latency = new CommandLatency(400);
    for (const each of latencies) latency.learn(each);
    return latency;
  };

  it("starts with a guess", () => {
    assert.equal(learned().ms, 400);
    assert.equal(learned(650).ms, 650);
  });

  it("is the median, so one slow command changes nothing", () => {
    assert.equal(learned(610, 2_400, 590, 600, 605).ms, 605);
    assert.equal(learned(600, 2_400).ms, 600);
  });

  it("forgets old latencies, and caps absurd ones", () => {
    assert.equal(learned(...Array<number>(8).fill(300), ...Array<number>(8).fill(700)).ms, 700);
    assert.equal(learned(-50).ms, 0);
    assert.equal(learned(60_000).ms, 3_000);
  });

  it("measures the scatter once it has a few latencies", () => {
    assert.equal(learned(500, 700).scatterMs, 0);
    assert.equal(learned(500, 600, 700, 580, 620).scatterMs, 20);
  });
});
