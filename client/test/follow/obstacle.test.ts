import assert from "node:assert/strict";
import { obstacleAfter, outcomeOf } from "../../src/follow/obstacle.js";

describe("an obstacle", () => {
  it("is retried with growing pauses if it may pass by itself", () => {
    const waits = [1, 2, 3, 4, 9].map(
      (attempt) => obstacleAfter("noDevice", undefined, attempt, 1_000).retryAt - 1_000,
    );
    assert.deepEqual(waits, [5_000, 15_000, 30_000, 60_000, 60_000]);
    assert.ok(obstacleAfter("unavailable", undefined, 1, 0).hostMayEndIt);
  });

  it("is not retried if only the listener can remove it", () => {
    for (const reason of [
      "notPremium",
      "notAllowListed",
      "appMissing",
      "relinkRequired",
    ] as const) {
      const { retryAt, hostMayEndIt } = obstacleAfter(reason, undefined, 1, 0);
      assert.deepEqual([retryAt, hostMayEndIt], [Infinity, false]);
    }
  });

  it("waits as long as Spotify asks, whatever the hosts do", () => {
    const limited = obstacleAfter("rateLimited", 7_000, 1, 1_000);
    assert.deepEqual([limited.retryAt, limited.hostMayEndIt], [8_000, false]);
    assert.deepEqual(outcomeOf(limited, 3_000), { kind: "rateLimited", retryAfterMs: 5_000 });
    assert.equal(obstacleAfter("rateLimited", undefined, 1, 1_000).retryAt, 31_000);
  });

  it("waits a quarter of an hour at least for a quota, which all apps of an account share", () => {
    const quarter = 15 * 60_000;
    const waits = [undefined, 7_000, 2 * quarter].map((ms) => {
      const { retryAt, hostMayEndIt } = obstacleAfter("quotaExceeded", ms, 1, 1_000);
      assert.equal(hostMayEndIt, false);
      return retryAt - 1_000;
    });
    assert.deepEqual(waits, [quarter, quarter, 2 * quarter]);
    const exceeded = obstacleAfter("quotaExceeded", undefined, 1, 0);
    const outcome = { kind: "quotaExceeded", retryAfterMs: quarter - 1_000 };
    assert.deepEqual(outcomeOf(exceeded, 1_000), outcome);
  });
});
