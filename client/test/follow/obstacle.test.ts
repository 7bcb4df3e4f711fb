import assert from "node:assert/strict";
import { afterLimit, obstacleAfter, outcomeOf } from "../../src/follow/obstacle.js";

describe("an obstacle", () => {
  const now = { local: 1_000, random: 0 };
  const onAverage = { local: 1_000, random: 0.5 };

  it("is retried with growing pauses if it may pass by itself", () => {
    const waits = [1, 2, 3, 4, 9].map(
      (attempt) => obstacleAfter("noDevice", undefined, attempt, onAverage).retryAt - 1_000,
    );
    assert.deepEqual(waits, [5_000, 15_000, 30_000, 60_000, 60_000]);
    assert.ok(obstacleAfter("unavailable", undefined, 1, now).hostMayEndIt);
  });

  it("is not retried if only the listener can remove it", () => {
    for (const reason of [
      "notPremium",
      "notAllowListed",
      "appMissing",
      "relinkRequired",
    ] as const) {
      const { retryAt, hostMayEndIt } = obstacleAfter(reason, undefined, 1, now);
      assert.deepEqual([retryAt, hostMayEndIt], [Infinity, false]);
    }
  });

  it("waits as long as Spotify asks, whatever the hosts do", () => {
    const limited = obstacleAfter("rateLimited", 7_000, 1, now);
    assert.deepEqual([limited.retryAt, limited.hostMayEndIt], [8_000, false]);
    assert.deepEqual(outcomeOf(limited, 3_000), { kind: "rateLimited", retryAfterMs: 5_000 });
    assert.equal(obstacleAfter("rateLimited", undefined, 1, now).retryAt, 31_000);
  });

  it("waits a quarter of an hour at least for a quota, which all apps of an account share", () => {
    const quarter = 15 * 60_000;
    const waits = [undefined, 7_000, 2 * quarter].map((ms) => {
      const { retryAt, hostMayEndIt } = obstacleAfter("quotaExceeded", ms, 1, now);
      assert.equal(hostMayEndIt, false);
      return retryAt - 1_000;
    });
    assert.deepEqual(waits, [quarter, quarter, 2 * quarter]);
    const exceeded = obstacleAfter("quotaExceeded", undefined, 1, now);
    const outcome = { kind: "quotaExceeded", retryAfterMs: quarter - 1_000 };
    assert.deepEqual(outcomeOf(exceeded, 2_000), outcome);
  });

  it("is retried later by chance, so that phones that met it together do not come back together", () => {
    const waits = (reason: "unavailable" | "rateLimited", ms?: number) =>
      [0, 0.5, 0.9].map((random) => obstacleAfter(reason, ms, 1, { local: 0, random }).retryAt);
    assert.deepEqual(waits("unavailable"), [2_500, 5_000, 7_000]);
    assert.deepEqual(waits("rateLimited", 10_000), [10_000, 15_000, 19_000]);
    assert.equal(afterLimit(3_600_000, { random: 0.5 }), 3_630_000);
  });
});
