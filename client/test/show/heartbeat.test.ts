import assert from "node:assert/strict";
import { heartbeat } from "../../src/show/heartbeat.js";
import { seededRandom } from "../support/seededRandom.js";
import { SimulatedDevice, SimulatedTime } from "../support/simulatedTime.js";

describe("the heartbeat", () => {
  it("beats every 50 to 70 s, so that 10,000 phones that joined together do not beat together", async () => {
    const time = new SimulatedTime();
    const random = seededRandom(1);
    const beats: number[] = [];
    for (let phone = 0; phone < 10_000; phone += 1) {
      const beat = () => {
        beats.push(time.now);
        return Promise.resolve();
      };
      heartbeat(new SimulatedDevice(time, { random: random() }), beat).start();
    }
    await time.passes(70_000);
    assert.ok(beats.every((at) => at >= 50_000));
    const inEachSecond = Map.groupBy(beats, (at) => Math.floor(at / 1_000));
    const counts = [...inEachSecond.values()].map(({ length }) => length);
    assert.deepEqual([beats.length, counts.length], [10_000, 20]);
    assert.ok(Math.max(...counts) < 600, counts.join());
  });

  it("beats at once after the phone slept, if it runs", async () => {
    const time = new SimulatedTime();
    const beats: number[] = [];
    const beating = heartbeat(new SimulatedDevice(time), () => {
      beats.push(time.now);
      return Promise.resolve();
    });
    beating.beatNow();
    beating.start();
    await time.passes(30_000);
    beating.beatNow();
    await time.passes(60_000);
    beating.stop();
    beating.beatNow();
    assert.deepEqual(beats, [30_000, 90_000]);
  });

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

  it("does not pile up while nothing answers, and continues after a refusal", async () => {
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
