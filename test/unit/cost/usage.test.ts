import assert from "node:assert/strict";
import { readCoefficients, valuesOf, type Coefficients } from "../../../bench/cost/coefficients.js";
import { ambient, naive } from "../../../bench/cost/designs.js";
import { listenerHoursOf, scenarioOf, type Scenario } from "../../../bench/cost/scenario.js";
import { usageOf, type Usage } from "../../../bench/cost/usage.js";
import { only, still } from "./support.js";

const quantities = [
  "listenerReads",
  "ruleReads",
  "serverReads",
  "writes",
  "deletes",
  "firestoreEgressBytes",
  "calls",
  "vcpuSeconds",
  "memoryGibSeconds",
  "functionEgressBytes",
  "taskOperations",
  "livekitCalls",
  "audioMinutes",
  "audioEgressBytes",
] as const satisfies readonly (keyof Usage)[];

describe("usageOf, calculated by hand", () => {
  it("charges each listener for each comment while the feed is direct", () => {
    // 600 s × 0.1/s = 60 comments, to 100 listeners.
    const usage = usageOf(
      still({ commentsPerSecond: 0.1 }),
      ambient,
      only({ "comment.listenerReads": 1, "comment.bytes": 400, "comment.writes": 2 }),
    );
    assert.equal(usage.listenerReads, 6_000);
    assert.equal(usage.firestoreEgressBytes, 2_400_000);
    assert.equal(usage.writes, 120);
  });

  it("charges each listener for one digest per interval, regardless of its number of comments", () => {
    const c = only({ "comment.listenerReads": 1, "feed.listenerReads": 1, "feed.digestBytes": 10 });
    for (const commentsPerSecond of [1, 5, 20]) {
      // 600 s / 2 s = 300 digests, to 100 listeners.
      const usage = usageOf(still({ commentsPerSecond }), ambient, c);
      assert.equal(usage.listenerReads, 30_000);
      assert.equal(usage.firestoreEgressBytes, 300_000);
    }
    assert.equal(usageOf(still({ commentsPerSecond: 20 }), naive, c).listenerReads, 1_200_000);
  });

  it("counts what a publication reads: everything, however few comments are new", () => {
    const c = only({
      "feed.serverReads": 2,
      "feed.directReads": 1,
      "feed.digestReads": 50,
      "feed.pinReads": 1,
      "feed.reactionSums": 5,
    });
    // 600 s / 2 s = 300 digests.
    const digest = usageOf(still({ commentsPerSecond: 1 }), ambient, c);
    assert.equal(digest.serverReads, 300 * (2 + 50 + 1 + 5));
    // 600 s × 0.1/s = 60 looks, each late enough to publish.
    const direct = usageOf(still({ commentsPerSecond: 0.1 }), ambient, c);
    assert.equal(direct.serverReads, 60 * (2 + 1 + 1 + 5));
  });

  it("charges nothing for a digest interval without changes", () => {
    // 600 s × 0.45/s = 270 comments, fewer than the 300 intervals.
    const usage = usageOf(still({ commentsPerSecond: 0.45 }), ambient, only({ "feed.writes": 1 }));
    assert.equal(Math.round(usage.writes), 270);
  });

  it("counts the naive design's heartbeats: two a minute, each with a read by the rules", () => {
    const c = only({ "naive.heartbeat.writes": 1, "naive.heartbeat.ruleReads": 1 });
    const { writes, ruleReads } = usageOf(still(), naive, c);
    assert.deepEqual({ writes, ruleReads }, { writes: 2_000, ruleReads: 2_000 });
    assert.equal(usageOf(still(), ambient, c).writes, 0);
  });

  it("counts the sweep's reads: once a minute, and everyone only in the naive design", () => {
    const c = only({
      "sweep.serverReads": 3,
      "sweep.counts": 2,
      "naive.sweep.readsPerListener": 1,
    });
    // Counting 1,500 people costs two billed reads.
    const show = still({ listeners: 1_500 });
    assert.equal(usageOf(show, ambient, c).serverReads, 10 * (3 + 2 * 2));
    assert.equal(usageOf(show, naive, c).serverReads, 10 * (3 + 2 * 2 + 1_500));
  });

  it("counts LiveKit calls: two for each leave, only in the naive design", () => {
    const c = only({ "naive.leave.livekitCalls": 2, "sweep.livekitCalls": 1 });
    // 600 s × 0.05/s = 30 leaves.
    const show = still({ joinsPerSecond: 0.05 });
    assert.equal(usageOf(show, naive, c).livekitCalls, 30 * 2 + 10);
    assert.equal(usageOf(show, ambient, c).livekitCalls, 10);
  });

  it("counts joins, leaves, and the latest comments that newcomers load in direct mode", () => {
    const c = only({
      "join.listenerReads": 10,
      "join.commentReads": 51,
      "join.writes": 3,
      "leave.deletes": 1,
      "join.taskOperations": 1,
      "leave.taskOperations": 1,
    });
    const usage = usageOf(still({ joinsPerSecond: 0.05 }), ambient, c);
    assert.equal(usage.listenerReads, 30 * 61);
    assert.equal(usage.deletes, 30);
    assert.equal(usage.taskOperations, 60);
    // The show document's change for discovery: 600 s / 300 s.
    assert.equal(usage.writes, 30 * 3 + 2);
    const busy = usageOf(still({ joinsPerSecond: 0.05, commentsPerSecond: 5 }), ambient, c);
    assert.equal(busy.listenerReads, 30 * 10);
  });

  it("counts audio: minutes rounded up per connection, and bytes while somebody speaks", () => {
    const usage = usageOf(
      still({ joinsPerSecond: 0.05, musicShare: 0.25 }),
      ambient,
      only({ "audio.bytesPerListenerSecond": 8 }),
    );
    assert.equal(usage.audioMinutes, 100 * 10 + 30 / 2);
    assert.equal(usage.audioEgressBytes, 100 * 600 * 0.75 * 8);
  });

  it("counts server-time and token calls only with music", () => {
    const c = only({
      "clock.callsPerJoin": 9,
      "clock.callsPerMinute": 3,
      "token.serverReads": 1,
    });
    const joins = { joinsPerSecond: 0.05 };
    const talk = usageOf(still(joins), ambient, c);
    const music = usageOf(still({ ...joins, musicShare: 1 }), ambient, c);
    assert.equal(talk.serverReads, 0);
    const tokens = 30 + 100 / 6;
    assert.ok(Math.abs(music.serverReads - tokens) < 1e-6);
    const clockReadings = 30 * 9 + 100 * 10 * 3;
    assert.ok(Math.abs(music.calls - talk.calls - clockReadings - tokens) < 1e-6);
  });
});

describe("usageOf", () => {
  let c: Coefficients;
  before(async () => {
    c = valuesOf(await readCoefficients());
  });

  const busy: Scenario = { ...scenarioOf("lively", 2_000), commentsPerSecond: 3 };
  const neverLess = (more: Scenario, less: Scenario, design = ambient) => {
    const [large, small] = [usageOf(more, design, c), usageOf(less, design, c)];
    return quantities.filter((key) => large[key] < small[key] - 1e-6);
  };

  it("grows with the duration, and doubles with twice the duration", () => {
    const longer = { ...busy, minutes: busy.minutes * 2 };
    for (const design of [ambient, naive]) {
      assert.deepEqual(neverLess(longer, busy, design), []);
      const [large, small] = [usageOf(longer, design, c), usageOf(busy, design, c)];
      for (const key of quantities) assert.ok(Math.abs(large[key] - 2 * small[key]) < 1e-3, key);
    }
  });

  for (const rate of ["commentsPerSecond", "reactionsPerSecond", "joinsPerSecond"] as const) {
    it(`never shrinks with more ${rate}`, () => {
      const more = { ...busy, [rate]: busy[rate] * 3 };
      assert.deepEqual(neverLess(more, busy), []);
      assert.deepEqual(neverLess(more, busy, naive), []);
    });
  }

  it("never shrinks with more listeners in the naive design", () => {
    assert.deepEqual(neverLess({ ...busy, listeners: 9_000 }, busy, naive), []);
  });

  it("writes less and calls LiveKit less often than the naive design at every size", () => {
    for (const listeners of [10, 1_000, 10_000, 100_000]) {
      const show = scenarioOf("lively", listeners);
      const [ours, theirs] = [usageOf(show, ambient, c), usageOf(show, naive, c)];
      assert.ok(ours.writes < theirs.writes);
      assert.ok(ours.livekitCalls < theirs.livekitCalls);
    }
  });
});

describe("the goals of the design", () => {
  let c: Coefficients;
  before(async () => {
    c = valuesOf(await readCoefficients());
  });

  const readsPerListenerHour = (show: Scenario) =>
    usageOf(show, ambient, c).listenerReads / listenerHoursOf(show);

  it("allow 2,400 reads per listener-hour up to 1,000 listeners, at any comment rate", () => {
    for (const listeners of [10, 100, 400, 1_000]) {
      for (const commentsPerSecond of [0, 0.1, 0.39, 0.4, 1, 5, 20, 100]) {
        const show = { ...scenarioOf("lively", listeners), commentsPerSecond };
        const reads = readsPerListenerHour(show);
        assert.ok(reads <= 2_400, `${listeners} listeners, ${commentsPerSecond}/s: ${reads}`);
      }
    }
  });

  it("allow 600 reads per listener-hour above 10,000 listeners, at any comment rate", () => {
    for (const listeners of [10_001, 30_000, 100_000]) {
      for (const commentsPerSecond of [0, 0.05, 0.059, 0.06, 0.4, 1, 5, 20, 100]) {
        const show = { ...scenarioOf("lively", listeners), commentsPerSecond };
        const reads = readsPerListenerHour(show);
        assert.ok(reads <= 600, `${listeners} listeners, ${commentsPerSecond}/s: ${reads}`);
      }
    }
  });

  it("allow 150 reads and 2 writes per listener-hour at rest, where the naive design writes 120", () => {
    const show = still({ listeners: 1_000, minutes: 60, musicShare: 0 });
    const { writes } = usageOf(show, ambient, c);
    assert.ok(readsPerListenerHour(show) <= 150);
    assert.ok(writes / 1_000 <= 2);
    assert.ok(usageOf(show, naive, c).writes / 1_000 >= 120);
  });

  it("allow no LiveKit call for a join or a leave", () => {
    assert.equal(c["join.livekitCalls"], 0);
    assert.equal(c["leave.livekitCalls"], 0);
  });

  it("allow 50 reads for the sweep of a quiet show with 5,000 listeners", () => {
    const sweep = usageOf(still({ listeners: 5_000, minutes: 1 }), ambient, c);
    assert.ok(sweep.serverReads <= 50, String(sweep.serverReads));
  });
});
