import assert from "node:assert/strict";
import { callPace } from "../../src/audio/callPace.js";
import { manualClock } from "../support/manualClock.js";

describe("the pace of calls to LiveKit", () => {
  it("lets a burst through immediately, and then makes calls wait their turn", async () => {
    const clock = manualClock();
    const myTurn = callPace(60, clock);
    for (let call = 0; call < 15; call += 1) await myTurn();
    assert.deepEqual(clock.slept, []);
    await myTurn();
    await myTurn();
    assert.deepEqual(clock.slept, [1_000, 1_000]);
  });

  it("refuses calls that would wait too long, without using up their turns", async () => {
    const clock = { ...manualClock(), sleep: () => Promise.resolve() };
    const myTurn = callPace(60, clock);
    for (let call = 0; call < 18; call += 1) await myTurn();
    for (let call = 0; call < 5; call += 1) {
      await assert.rejects(myTurn(), { reason: "AUDIO_UNAVAILABLE" });
    }
    clock.advance(1_000);
    await myTurn();
    await assert.rejects(myTurn(), { reason: "AUDIO_UNAVAILABLE" });
  });

  it("lets the first call through at a pace slower than a call in 15 s", async () => {
    const clock = manualClock();
    const myTurn = callPace(2, clock);
    await myTurn();
    await assert.rejects(myTurn(), { reason: "AUDIO_UNAVAILABLE" });
    clock.advance(30_000);
    await myTurn();
    assert.deepEqual(clock.slept, []);
  });

  it("never waits without a limit", async () => {
    const clock = manualClock();
    const myTurn = callPace(0, clock);
    for (let call = 0; call < 10_000; call += 1) await myTurn();
    assert.deepEqual(clock.slept, []);
  });
});
