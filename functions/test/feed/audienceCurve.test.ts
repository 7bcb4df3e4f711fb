import assert from "node:assert/strict";
import { Timestamp } from "firebase-admin/firestore";
import { curveOf, finalPoint, listenerMsUntil } from "../../src/feed/audienceCurve.js";

const MINUTE = 60_000;
const counted = (listeners: number, at: number, listenerMs = 0) => ({
  audience: { listeners, peak: listeners, countedAt: Timestamp.fromMillis(at) },
  listenerMs,
});

describe("the audience over time", () => {
  it("adds up each listener's time, as it was counted last", () => {
    assert.equal(listenerMsUntil(counted(3, 1_000, 500), 4_000), 9_500);
    assert.equal(listenerMsUntil(counted(0, 1_000, 500), 4_000), 500);
    // Another machine's clock may be behind.
    assert.equal(listenerMsUntil(counted(3, 1_000, 500), 900), 500);
  });

  it("has a final point for a minute once a later minute is counted", () => {
    assert.equal(finalPoint(counted(3, 61_000), 1_000, 119_999), null);
    assert.equal(finalPoint(counted(3, 61_000), 1_000, 120_999), null);
    assert.deepEqual(finalPoint(counted(3, 61_000), 1_000, 121_000), { minute: 1, listeners: 3 });
    assert.deepEqual(finalPoint(counted(3, 500), 1_000, 121_000), { minute: 0, listeners: 3 });
  });

  it("ends with the last count and the end", () => {
    const end = { listeners: 2, at: 9 * MINUTE };
    assert.deepEqual(curveOf({ 0: 1, 3: 7 }, counted(4, 5 * MINUTE), end, 0), [
      { minute: 0, listeners: 1 },
      { minute: 3, listeners: 7 },
      { minute: 5, listeners: 4 },
      { minute: 9, listeners: 2 },
    ]);
    // Two functions may count at the same time, and the earlier count be stored last.
    assert.deepEqual(
      curveOf({ 5: 1 }, counted(4, 3 * MINUTE), end, 0).map(({ minute }) => minute),
      [3, 5, 9],
    );
    // In the same minute, the later one counts.
    assert.deepEqual(curveOf({}, counted(4, 10), { listeners: 2, at: 20 }, 0), [
      { minute: 0, listeners: 2 },
    ]);
  });

  it("has 360 points at most, and still the peaks of a long show", () => {
    for (const minutes of [360, 361, 1_000, 20_000]) {
      const kept = Object.fromEntries(
        Array.from({ length: minutes }, (_, minute) => [minute, minute === 77 ? 9_999 : 5]),
      );
      const end = { listeners: 5, at: (minutes - 1) * MINUTE };
      const curve = curveOf(kept, counted(5, end.at), end, 0);
      assert.ok(curve.length <= 360 && curve.length >= 180, `${curve.length} for ${minutes}`);
      assert.equal(Math.max(...curve.map(({ listeners }) => listeners)), 9_999);
      const times = curve.map(({ minute }) => minute);
      assert.deepEqual(
        times,
        [...new Set(times)].sort((a, b) => a - b),
      );
      const last = times.at(-1) ?? 0;
      assert.ok(last < minutes && last > minutes * 0.9, `${last} of ${minutes}`);
    }
  });
});
