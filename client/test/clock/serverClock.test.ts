import assert from "node:assert/strict";
import { serverClock, type ServerClock } from "../../src/clock/serverClock.js";
import { SimulatedServer } from "../support/simulatedServer.js";
import { type DeviceOptions, SimulatedDevice, SimulatedTime } from "../support/simulatedTime.js";

const DAY = 86_400_000;
const MINUTE = 60_000;

function scene(options: DeviceOptions = {}) {
  const time = new SimulatedTime(Date.UTC(2026, 10, 24, 20));
  const device = new SimulatedDevice(time, options);
  const server = new SimulatedServer(time, device);
  return { time, device, server, open: () => opened(), openAtRest: () => opened(false) };

  function opened(isKept = true) {
    const clock = serverClock({ local: device, fetchServerTime: server.fetchServerTime });
    if (isKept) clock.keep();
    /** How far the clock is really off. */
    const offMs = () => (clock.now() ?? NaN) - time.now;
    const isHonest = () => Math.abs(offMs()) <= clock.errorMs();
    return { clock, offMs, isHonest };
  }
}

type Disturbance = (stage: ReturnType<typeof scene>, clock: ServerClock, step: number) => void;

describe("the server's clock", () => {
  it("takes nine samples before it reports a time", async () => {
    const { time, server, open } = scene();
    const { clock, offMs } = open();
    assert.deepEqual(
      [clock.state(), clock.now(), clock.errorMs()],
      ["unmeasured", undefined, Infinity],
    );
    await time.passes(8 * 40 + 20);
    assert.equal(clock.state(), "unmeasured");
    await time.passes(40);
    assert.equal(clock.state(), "measured");
    assert.equal(server.requestCount, 9);
    assert.ok(Math.abs(offMs()) <= 1);
  });

  it("reports half of the best round trip as its error", async () => {
    const { time, server, open } = scene();
    server.upMs = server.downMs = 400;
    const { clock } = open();
    await time.passes(100);
    server.upMs = server.downMs = 30;
    await time.passes(2_000);
    assert.ok(clock.errorMs() >= 30 && clock.errorMs() < 32, String(clock.errorMs()));
  });

  it("stays within its error if nearly all of the round trip is in one direction", async () => {
    for (const [upMs, downMs] of [
      [1, 99],
      [99, 1],
    ] as const) {
      const { time, server, open } = scene();
      Object.assign(server, { upMs, downMs });
      const { offMs, isHonest } = open();
      await time.passes(2_000);
      assert.ok(Math.abs(offMs()) > 45);
      assert.ok(isHonest());
    }
  });

  it("combines a fast request in one sample with a fast answer in another", async () => {
    const { time, server, open } = scene();
    Object.assign(server, { upMs: 100, downMs: 10 });
    const { clock, offMs } = open();
    await time.passes(50);
    Object.assign(server, { upMs: 10, downMs: 100 });
    await time.passes(3_000);
    assert.ok(Math.abs(offMs()) <= 1);
    assert.ok(clock.errorMs() < 12);
  });

  it("ignores the device's time of day", async () => {
    for (const wallOffMs of [-DAY, 0, DAY]) {
      const { time, open } = scene({ wallOffMs });
      const { offMs } = open();
      await time.passes(2_000);
      assert.ok(Math.abs(offMs()) <= 1);
    }
  });

  it("converts moments of the device's clock", async () => {
    const { time, device, open } = scene();
    const { clock } = open();
    await time.passes(2_000);
    const then = device.monotonic();
    const answer = clock.now();
    await time.passes(500);
    assert.equal(clock.at(then), answer);
  });

  it("takes three more samples every minute", async () => {
    const { time, server, open } = scene();
    open();
    await time.passes(MINUTE);
    assert.equal(server.requestCount, 9);
    await time.passes(1_000);
    assert.equal(server.requestCount, 12);
    await time.passes(MINUTE + 1_000);
    assert.equal(server.requestCount, 15);
  });

  it("rests while nobody keeps it, and is exact again soon after somebody does", async () => {
    const { time, server, openAtRest } = scene({ driftPpm: 100 });
    const { clock, offMs, isHonest } = openAtRest();
    await time.passes(60 * MINUTE);
    assert.equal(server.requestCount, 9);
    assert.ok(Math.abs(offMs()) > 300 && isHonest());
    let changes = 0;
    clock.subscribe(() => (changes += 1));
    const release = clock.keep();
    await time.passes(200);
    assert.equal(server.requestCount, 12);
    assert.equal(changes, 1);
    assert.ok(Math.abs(offMs()) <= 2, String(offMs()));
    await time.passes(MINUTE);
    assert.equal(server.requestCount, 15);
    release();
    await time.passes(60 * MINUTE);
    assert.equal(server.requestCount, 15);
  });

  it("stops asking a server that is gone once nobody keeps it", async () => {
    const { time, server, openAtRest } = scene();
    const { clock } = openAtRest();
    const release = clock.keep();
    await time.passes(1_000);
    server.isDown = true;
    await time.passes(2 * MINUTE);
    release();
    const { requestCount } = server;
    await time.passes(60 * MINUTE);
    assert.ok(server.requestCount - requestCount <= 1);
  });

  it("notices within seconds that the device slept, if it is kept", async () => {
    const { time, device, open } = scene();
    const { clock, offMs } = open();
    await time.passes(2_000);
    const heard: string[] = [];
    clock.subscribe(() => heard.push(clock.state()));
    await device.sleeps(20_000);
    await time.passes(1_000);
    assert.deepEqual(heard, ["unsure", "measured"]);
    assert.ok(Math.abs(offMs()) <= 1);
  });

  it("stays within its error for hours with the largest allowed drift", async () => {
    for (const driftPpm of [-100, 100]) {
      const { time, open } = scene({ driftPpm });
      const { clock, isHonest } = open();
      await time.passes(2_000);
      for (let minute = 0; minute < 180; minute += 1) {
        await time.passes(MINUTE - 7_001);
        assert.ok(isHonest(), `after ${minute} minutes`);
        assert.ok(clock.errorMs() < 35);
        await time.passes(7_001);
        assert.ok(isHonest(), `after ${minute} minutes`);
      }
    }
  });

  it("adds the drift since the last sample to its error", async () => {
    const { time, server, open } = scene();
    const { clock } = open();
    await time.passes(1_000);
    const atFirst = clock.errorMs();
    server.isDown = true;
    await time.passes(10 * MINUTE);
    const grown = clock.errorMs() - atFirst;
    assert.ok(grown > 59 && grown < 61, String(grown));
  });

  it("starts over after the device slept and its monotonic clock stopped", async () => {
    const { time, device, server, open } = scene();
    const { clock, offMs, isHonest } = open();
    await time.passes(2_000);
    const heard: string[] = [];
    clock.subscribe(() => heard.push(clock.state()));
    await device.sleeps(10 * MINUTE);
    assert.deepEqual(
      [clock.state(), clock.now(), clock.errorMs()],
      ["unsure", undefined, Infinity],
    );
    const requestCount = server.requestCount;
    await time.passes(1_000);
    assert.equal(clock.state(), "measured");
    assert.ok(server.requestCount >= requestCount + 8);
    assert.ok(Math.abs(offMs()) <= 1 && isHonest());
    assert.deepEqual(heard, ["unsure", "measured"]);
  });

  it("takes all samples after waking late, even if the monotonic clock kept running", async () => {
    const { time, device, server, open } = scene();
    const { clock, isHonest } = open();
    await time.passes(2_000);
    await device.sleeps(10 * MINUTE, false);
    assert.equal(clock.state(), "measured");
    assert.ok(isHonest());
    await time.passes(1_000);
    assert.equal(server.requestCount, 18);
  });

  it("ignores an answer if the device slept during the request", async () => {
    const { time, device, server, open } = scene();
    const { clock, offMs, isHonest } = open();
    await time.passes(8 * 40 + 30);
    assert.equal(server.requestCount, 9);
    assert.equal(clock.state(), "unmeasured");
    await device.sleeps(MINUTE);
    await time.passes(100);
    assert.equal(clock.state(), "unmeasured");
    await time.passes(2_000);
    assert.ok(Math.abs(offMs()) <= 1 && isHonest(), String(offMs()));
  });

  it("only measures again when the time of day is set", async () => {
    const { time, device, open } = scene({ wallOffMs: DAY });
    const { clock, offMs } = open();
    await time.passes(2_000);
    device.setWall(time.now);
    assert.equal(clock.state(), "unsure");
    await time.passes(1_000);
    assert.equal(clock.state(), "measured");
    assert.ok(Math.abs(offMs()) <= 1);
  });

  it("is measured after three seconds on a slow connection", async () => {
    const { time, server, open } = scene();
    server.upMs = server.downMs = 600;
    const { clock, isHonest } = open();
    await time.passes(3_500);
    assert.equal(clock.state(), "unmeasured");
    await time.passes(200);
    assert.equal(clock.state(), "measured");
    assert.equal(server.requestCount, 4);
    assert.ok(isHonest());
    await time.passes(10_000);
    assert.equal(server.requestCount, 9);
  });

  it("retries with growing pauses while there is no connection", async () => {
    const { time, server, open } = scene();
    server.isDown = true;
    const { clock } = open();
    await time.passes(MINUTE);
    // Attempts at 0, 1, 3, 7, 15, 31 s, and then every 30 s.
    assert.equal(server.requestCount, 6);
    server.isDown = false;
    await time.passes(31_000);
    assert.equal(clock.state(), "measured");
  });

  it("measures at once when the app returns to the foreground, unless it just did", async () => {
    const { time, server, open } = scene();
    server.isDown = true;
    const { clock } = open();
    await time.passes(20_000);
    server.isDown = false;
    clock.refresh();
    await time.passes(1_000);
    assert.equal(clock.state(), "measured");
    const { requestCount } = server;
    clock.refresh();
    await time.passes(1_000);
    assert.equal(server.requestCount, requestCount);
  });

  it("gives up on an answer after four seconds", async () => {
    const { time, server, open } = scene();
    server.isStuck = true;
    const { clock } = open();
    await time.passes(4_500);
    server.isStuck = false;
    await time.passes(2_000);
    assert.equal(clock.state(), "measured");
  });

  it("moves to a better estimate gradually, and never backwards", async () => {
    const { time, server, open } = scene();
    Object.assign(server, { upMs: 150, downMs: 10 });
    const { clock, offMs, isHonest } = open();
    await time.passes(2_000);
    assert.ok(Math.abs(offMs() - 70) <= 1, String(offMs()));
    Object.assign(server, { upMs: 10, downMs: 10 });
    await time.passes(MINUTE - 1_000);
    let before = clock.now() ?? NaN;
    for (let step = 0; step < 100; step += 1) {
      await time.passes(100);
      const now = clock.now() ?? NaN;
      assert.ok(now - before > 98.9 && now - before < 101.1, `${now - before} in 100 ms`);
      assert.ok(isHonest());
      before = now;
    }
    assert.ok(Math.abs(offMs()) < 2, String(offMs()));
  });

  it("ignores one server with a wrong clock, and follows two samples that agree", async () => {
    const { time, server, open } = scene();
    const { clock, offMs } = open();
    await time.passes(2_000);
    let jumps = 0;
    clock.subscribe(() => (jumps += 1));
    await time.passes(MINUTE - 2_000 + 361);
    server.offMs = 5_000;
    await time.passes(40);
    server.offMs = 0;
    assert.equal(server.requestCount, 11);
    await time.passes(2_000);
    assert.ok(Math.abs(offMs()) <= 1);
    assert.equal(jumps, 0);
    server.offMs = 5_000;
    await time.passes(MINUTE + 2_000);
    assert.ok(Math.abs(offMs() - 5_000) <= 1, String(offMs()));
    assert.equal(jumps, 1);
  });

  it("is measured with the samples so far once the limit is reached", async () => {
    const { time, server, open } = scene();
    server.othersOffMs = 5_000;
    const { clock } = open();
    await time.passes(2_000);
    assert.deepEqual([clock.state(), server.requestCount], ["measured", 30]);
  });

  describe("sends at most thirty requests in any minute", () => {
    const STEP = 500;
    for (const [what, disturb] of Object.entries({
      "when the time of day jumps about": ({ device, time }, clock, step) => {
        device.setWall(time.now + (step % 2) * DAY);
        clock.now();
      },
      "when the app comes and goes without a network": ({ server }, clock) => {
        server.isDown = true;
        clock.refresh();
      },
      "when two servers answer whose clocks differ": ({ server }) => {
        server.othersOffMs = 5_000;
      },
    } satisfies Record<string, Disturbance>)) {
      it(what, async () => {
        const stage = scene();
        const { time, server, device } = stage;
        const { clock, offMs } = stage.open();
        const requestCounts = [server.requestCount];
        for (let step = 0; step < (10 * MINUTE) / STEP; step += 1) {
          disturb(stage, clock, step);
          await time.passes(STEP);
          requestCounts.push(server.requestCount);
          const before = requestCounts.at(-1 - MINUTE / STEP) ?? 0;
          assert.ok(
            server.requestCount - before <= 30,
            `${server.requestCount - before} in a minute`,
          );
        }
        Object.assign(server, { isDown: false, othersOffMs: 0 });
        device.setWall(time.now);
        await time.passes(2 * MINUTE);
        assert.ok(Math.abs(offMs()) <= 1, String(offMs()));
      });
    }
  });

  it("sends no more requests once it is closed", async () => {
    const { time, server, open } = scene();
    const { clock } = open();
    await time.passes(100);
    clock.close();
    const { requestCount } = server;
    await time.passes(10 * MINUTE);
    assert.equal(server.requestCount, requestCount);
  });
});
