import assert from "node:assert/strict";
import { heartbeat } from "../../src/show/heartbeat.js";
import { SimulatedDevice, SimulatedTime } from "../support/simulatedTime.js";

describe("the heartbeat", () => {
  it("beats every 60 s while it runs, and not at once", async () => {
    const time = new SimulatedTime();
    let beats = 0;
    const beating = heartbeat(new SimulatedDevice(time), () => {
      beats += 1;
      return Promise.resolve();
    });
    await time.passes(180_000);
    assert.equal(beats, 0, "it is not needed yet");
    beating.start();
    beating.start();
    await time.passes(59_999);
    assert.equal(beats, 0);
    await time.passes(120_001);
    assert.equal(beats, 3);
    beating.stop();
    await time.passes(600_000);
    assert.equal(beats, 3);
    beating.start();
    await time.passes(60_000);
    assert.equal(beats, 4);
  });

  it("does not pile up while nothing answers, and goes on after a refusal", async () => {
    const time = new SimulatedTime();
    let beats = 0;
    const answer = Promise.withResolvers<undefined>();
    const beating = heartbeat(new SimulatedDevice(time), async () => {
      beats += 1;
      await answer.promise;
    });
    beating.start();
    await time.passes(600_000);
    assert.equal(beats, 1);
    answer.reject(new Error("too soon"));
    await time.passes(60_000);
    assert.equal(beats, 2);
  });
});
