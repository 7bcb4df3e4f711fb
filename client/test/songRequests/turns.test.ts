import assert from "node:assert/strict";
import { Turns } from "../../src/songRequests/turns.js";
import { SimulatedTime } from "../support/simulatedTime.js";

describe("turns", () => {
  it("run one after another, with a pause after each", async () => {
    const time = new SimulatedTime();
    const turns = new Turns(time, 1_100);
    const begun: number[] = [];
    const work = () => {
      begun.push(time.now);
      return Promise.resolve();
    };
    const all = [turns.take(work), turns.take(work), turns.take(work)];
    await time.passes(5_000);
    await Promise.all(all);
    assert.deepEqual(
      begun,
      [0, 1_100, 2_200].map((after) => (begun[0] ?? 0) + after),
    );
  });

  it("continue after work that failed, whose caller alone gets the error", async () => {
    const time = new SimulatedTime();
    const turns = new Turns(time, 1_100);
    const failed = turns.take(() => Promise.reject(new Error("no")));
    const next = turns.take(() => Promise.resolve("yes"));
    await assert.rejects(failed, /no/);
    await time.passes(1_100);
    assert.equal(await next, "yes");
  });
});
