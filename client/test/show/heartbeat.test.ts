import assert from "node:assert/strict";
import { heartbeat } from "../../src/show/heartbeat.js";
import { SimulatedDevice, SimulatedTime } from "../support/simulatedTime.js";

describe("the heartbeat", () => {
  it("beats at once, then each 30 s, until it is stopped", async () => {
    const time = new SimulatedTime();
    let beats = 0;
    const { stop } = heartbeat(new SimulatedDevice(time), () => {
      beats += 1;
      return Promise.resolve();
    });
    assert.equal(beats, 1);
    await time.passes(90_000);
    assert.equal(beats, 4);
    stop();
    await time.passes(90_000);
    assert.equal(beats, 4);
  });

  it("does not pile up where nothing answers, and goes on after a refusal", async () => {
    const time = new SimulatedTime();
    let beats = 0;
    const answer = Promise.withResolvers<undefined>();
    heartbeat(new SimulatedDevice(time), async () => {
      beats += 1;
      await answer.promise;
    });
    await time.passes(300_000);
    assert.equal(beats, 1);
    answer.reject(new Error("too soon"));
    await time.passes(30_000);
    assert.equal(beats, 2);
  });
});
