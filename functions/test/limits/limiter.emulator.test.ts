import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { limits } from "../../src/contract/limits.js";
import { limiter } from "../../src/limits/limiter.js";
import { allowanceRef } from "../../src/limits/spend.js";
import { quietFirestore } from "../support/backstage.js";
import { manualClock } from "../support/manualClock.js";
import { countRoundTrips } from "../support/roundTrips.js";

describe("the rate limiter", () => {
  let firestore: Firestore;
  let clock: ReturnType<typeof manualClock>;
  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(() => {
    clock = manualClock();
  });

  const { count, seconds } = limits.listPlaylists;
  const limited = (retryAfterSeconds: number) => ({
    reason: "RATE_LIMITED",
    details: { retryAfterSeconds },
  });

  it("accepts as many calls as the limit allows, even simultaneously on two instances", async () => {
    const [one, other] = [limiter(firestore, clock), limiter(firestore, clock)];
    await Promise.all(Array.from({ length: count - 5 }, () => one("listPlaylists", "dan")));
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => other("listPlaylists", "dan")),
    );
    assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 5);
    await assert.rejects(one("listPlaylists", "dan"), limited(seconds / count));
    await one("listPlaylists", "eve");
    await one("searchTracks", "dan");
    clock.advance((seconds / count) * 1_000);
    await one("listPlaylists", "dan");
  }).timeout(30_000);

  it("counts 200 simultaneous calls from one network in a few transactions", async () => {
    const take = limiter(firestore, clock);
    const subject = "a hall";
    const { requests, retries } = await countRoundTrips(firestore).during(() =>
      Promise.all(Array.from({ length: 200 }, () => take("signInFromNetwork", subject))),
    );
    assert.ok(requests.length > 0 && requests.length <= 10, requests.join(", "));
    assert.equal(retries, 0);
    const { count, seconds } = limits.signInFromNetwork;
    const { expiresAt } =
      (await allowanceRef(firestore, "signInFromNetwork", subject).get()).data() ?? {};
    assert.equal(expiresAt?.toMillis(), clock.now() + (200 * seconds * 1_000) / count);
  });

  it("stores only a time under a hash, not the account", async () => {
    await limiter(firestore, clock)("signIn", "spotify_hal");
    const stored = await allowanceRef(firestore, "signIn", "spotify_hal").get();
    assert.match(stored.ref.path, /^limits\/signIn_[0-9a-f]{64}$/);
    const { count, seconds } = limits.signIn;
    assert.equal(stored.data()?.expiresAt.toMillis(), clock.now() + (seconds / count) * 1_000);
    assert.deepEqual(Object.keys(stored.data() ?? {}), ["expiresAt"]);
  });

  it("makes no Firestore request for a flood that it has already refused", async () => {
    const take = limiter(firestore, clock);
    const flood = () => Promise.allSettled(Array.from({ length: 20 }, () => take("report", "ben")));
    await flood();
    const { requests } = await countRoundTrips(firestore).during(flood);
    assert.deepEqual(requests, []);
    clock.advance((limits.report.seconds / limits.report.count) * 1_000);
    await take("report", "ben");
  });
});
