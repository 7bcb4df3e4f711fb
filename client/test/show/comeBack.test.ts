import assert from "node:assert/strict";
import { AmbientError } from "../../src/errors/ambientError.js";
import { pauseAfter } from "../../src/show/comeBack.js";

const chance = (random: number) => ({ random: () => random });
const offline = new AmbientError("OFFLINE");

describe("the pause before the next attempt to come back", () => {
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
