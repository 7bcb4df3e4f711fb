import assert from "node:assert/strict";
import { AmbientError } from "../../src/errors/ambientError.js";
import { waitForTurn } from "../../src/clock/spread.js";
import { Pause, pauseAfter } from "../../src/show/rejoinPause.js";
import { InterruptedPhone } from "../support/interruptedPhone.js";
import { seededRandom } from "../support/seededRandom.js";
import { SimulatedDevice, SimulatedTime } from "../support/simulatedTime.js";

const chance = (random: number) => ({ random: () => random });
const offline = new AmbientError("OFFLINE");

describe("the pause before the next attempt to rejoin", () => {
  it("is longer after each failure, up to 30 s", () => {
    assert.deepEqual(
      [1, 2, 3, 4, 5, 6].map((failures) => pauseAfter(failures, offline, chance(0.5))),
      [1_000, 2_000, 5_000, 10_000, 30_000, 30_000],
    );
  });

  it("differs by half of it in both directions, so that phones do not come back in step", () => {
    assert.equal(pauseAfter(3, offline, chance(0)), 2_500);
    assert.equal(pauseAfter(3, offline, chance(0.75)), 6_250);
  });

  it("is never shorter than the server asks for", () => {
    const limited = new AmbientError("RATE_LIMITED", { details: { retryAfterSeconds: 20 } });
    assert.equal(limited.retryAfterSeconds, 20);
    for (const random of [0, 0.5, 0.75]) {
      assert.equal(pauseAfter(1, limited, chance(random)), 20_000);
    }
    assert.equal(pauseAfter(5, limited, chance(0.75)), 37_500);
  });
});

describe("a wait that can be cut short", () => {
  const scene = () => {
    const time = new SimulatedTime();
    const pause = new Pause(new SimulatedDevice(time));
    const ended: number[] = [];
    const wait = (ms: number) => void pause.wait(ms).then(() => ended.push(time.now));
    return { time, pause, ended, wait };
  };

  it("ends after its time, at once, or within a shorter time", async () => {
    const { time, pause, ended, wait } = scene();
    wait(1_000);
    await time.passes(1_000);
    wait(1_000);
    pause.end();
    await time.passes(0);
    wait(10_000);
    pause.shorten(2_000);
    await time.passes(20_000);
    wait(1_000);
    pause.shorten(5_000);
    await time.passes(20_000);
    assert.deepEqual(ended, [1_000, 1_000, 3_000, 22_000]);
  });

  it("is not shortened by what was meant for the wait before it", async () => {
    const { time, pause, ended, wait } = scene();
    wait(10_000);
    pause.shorten(3_000);
    pause.end();
    wait(10_000);
    await time.passes(9_999);
    assert.deepEqual(ended, [0]);
    await time.passes(1);
    assert.deepEqual(ended, [0, 10_000]);
  });
});

describe("phones that lost the same server", () => {
  const countsOf = (waits: readonly number[]) =>
    [...Map.groupBy(waits, (ms) => Math.floor(ms / 1_000)).values()].map(({ length }) => length);

  it("rejoin over ten seconds if they are 10,000 listeners, and at once on the stage", () => {
    const random = seededRandom(1);
    const waits = Array.from({ length: 10_000 }, () => waitForTurn("listener", random()));
    const counts = countsOf(waits);
    assert.deepEqual([counts.length, Math.max(...counts) < 1_200], [10, true], counts.join());
    assert.equal(waitForTurn("speaker", 0.9), 0);
  });

  for (const [what, outage] of [
    ["when the server gave up their places", () => Promise.resolve()],
    [
      "when the server answers again after failed attempts",
      async (phone: InterruptedPhone) => {
        await phone.time.passes(120_000);
        phone.losesNetwork();
        await phone.time.passes(10_000);
      },
    ],
  ] as const) {
    it(`come back in turn ${what}`, async () => {
      const random = seededRandom(2);
      const waits: number[] = [];
      for (let count = 0; count < 60; count += 1) {
        const phone = new InterruptedPhone(random());
        await phone.joins();
        const join = phone.firebase.callables.get("joinShow") ?? assert.fail();
        phone.firebase.callables.set("joinShow", () => {
          throw Object.assign(new Error("down"), { code: "unavailable" });
        });
        phone.isLost();
        await outage(phone);
        phone.firebase.callables.set("joinShow", join);
        phone.regainsNetwork();
        const back = phone.time.now;
        while (phone.show.presence.current.kind !== "present") await phone.time.passes(500);
        waits.push(phone.time.now - back);
        phone.show.close();
      }
      assert.ok(Math.max(...waits) <= 12_000, "nobody waits for long");
      assert.ok(Math.max(...countsOf(waits)) <= 15, countsOf(waits).join());
    });
  }
});
