import { Timestamp } from "firebase-admin/firestore";
import assert from "node:assert/strict";
import type { DigestComment } from "../../src/contract/feed.js";
import { isCalmAgain, needsDigest, rateOfDigest } from "../../src/feed/commentRate.js";

const NOW = 1_800_000_000_000;

/** Comments written the given numbers of seconds ago, newest first. */
const written = (...secondsAgo: number[]): DigestComment[] =>
  secondsAgo.map((seconds, index) => ({
    id: `c${index}`,
    authorUid: "spotify_dan",
    author: { displayName: "Dan", photoUrl: null },
    text: "Hello",
    createdAt: Timestamp.fromMillis(NOW - seconds * 1_000),
    hidden: false,
  }));

describe("the comment rate", () => {
  it("requires a digest from 0.4 comments per second, or less if digests are written less often", () => {
    assert.equal(needsDigest(0.39, 2_000, 1_000), false);
    assert.equal(needsDigest(0.4, 2_000, 1_000), true);
    assert.equal(needsDigest(0.07, 10_000, 9_999), false);
    assert.equal(needsDigest(0.08, 10_000, 9_999), true);
    assert.equal(needsDigest(0.059, 10_000, 10_000), false);
    assert.equal(needsDigest(0.06, 10_000, 10_000), true);
  });

  it("is measured over 20 s, or over the span of a full digest", () => {
    assert.equal(rateOfDigest([], NOW), 0);
    assert.equal(rateOfDigest(written(1, 5, 19, 25), NOW), 3 / 20);
    assert.equal(rateOfDigest(written(1, 20), NOW), 1 / 20);
    // Three comments within the last second are all there are.
    assert.equal(rateOfDigest(written(0.2, 0.5, 0.8), NOW), 3 / 20);
    // All 50 comments of the digest are from the last five seconds; older ones did not fit.
    assert.equal(
      rateOfDigest(written(...Array.from({ length: 50 }, (_, i) => i / 10 + 0.1)), NOW),
      10,
    );
  });

  it("ends the digest after a calm minute, if it has lasted 160 intervals", () => {
    const since = NOW - 320_000;
    assert.equal(isCalmAgain(written(5, 20, 40), 2_000, since, NOW), true);
    assert.equal(isCalmAgain(written(5, 20, 40), 2_000, since + 1, NOW), false, "too young");
    assert.equal(isCalmAgain(written(5), 10_000, since, NOW), false, "too young for 10 s");
    const eleven = written(...Array.from({ length: 11 }, (_, i) => i * 5));
    assert.equal(isCalmAgain(eleven, 2_000, since, NOW), false, "not calm");
    assert.equal(isCalmAgain(eleven.slice(0, 10), 2_000, since, NOW), true);
    const older = Array.from({ length: 30 }, (_, i) => i + 60);
    assert.equal(isCalmAgain(written(5, ...older), 2_000, since, NOW), true, "calm for a minute");
    const twentyOne = written(...Array.from({ length: 21 }, (_, i) => i));
    assert.equal(isCalmAgain(twentyOne, 1_000, since, NOW), false, "just not calm");
    const longAgo = NOW - 1_600_000;
    assert.equal(isCalmAgain(written(1, 2), 10_000, longAgo, NOW), true);
    assert.equal(isCalmAgain(written(1, 2, 3), 10_000, longAgo, NOW), false, "not calm for 10 s");
  });
});
