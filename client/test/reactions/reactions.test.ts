import assert from "node:assert/strict";
import type { FeedDocument } from "../../../functions/src/contract/feed.js";
import { noReactions, type ReactionTotals } from "../../../functions/src/contract/reactions.js";
import { AmbientError } from "../../src/errors/ambientError.js";
import type { AmbientReason } from "../../src/errors/reason.js";
import { observable, Observed } from "../../src/observe/observable.js";
import { Reactions } from "../../src/reactions/reactions.js";
import type { Connection } from "../../src/backend/connection.js";
import type { Presence } from "../../src/show/presence.js";
import { SimulatedDevice, SimulatedTime } from "../support/simulatedTime.js";

const moment = (ms: number) => ({ seconds: ms / 1_000, nanoseconds: 0, toMillis: () => ms });

/** A show whose server enforces the rules on one person's document. */
function show(stored?: ReactionTotals) {
  const time = new SimulatedTime(100_000);
  const presence = new Observed<Presence>({ kind: "present" });
  const connection = new Observed<Connection>("online");
  const feed = new Observed<FeedDocument | undefined>(undefined);
  let document = stored && { ...stored, at: moment(0) };
  const writes: { at: number; clap: number }[] = [];
  let denials = 0;
  const failures: AmbientReason[] = [];
  /** The write arrives, but its answer is lost. */
  const lostAnswer: AmbientReason = "INTERNAL";
  const read = () => Promise.resolve(document);
  let untilAnswered = () => Promise.resolve();
  const reactions = new Reactions({
    presence,
    connection,
    feed,
    observable: (source) => observable(source, assert.ifError),
    details: new Observed<{ status: "live" }>({ status: "live" }),
    local: new SimulatedDevice(time),
    read,
    async write(next) {
      const totals = next(document);
      await untilAnswered();
      if (!totals) return;
      const failure = failures.shift();
      if (failure && failure !== lostAnswer) throw new AmbientError(failure);
      if (document && time.now < document.at.toMillis() + 5_000) {
        denials += 1;
        throw new AmbientError("PERMISSION_DENIED");
      }
      document = { ...totals, at: moment(time.now) };
      writes.push({ at: time.now, clap: totals.clap });
      // The SDK retries before it gives up.
      if (failure && next(document)) denials += 1;
      if (failure) throw new AmbientError("OFFLINE");
    },
  });
  const claps: number[] = [];
  const bursts: number[] = [];
  reactions.totals.subscribe(({ clap }) => claps.push(clap));
  reactions.onBurst(({ clap }) => bursts.push(clap));
  const publish = (clap: number, at = time.now) => {
    feed.set({
      audience: { listeners: 1, peak: 1, countedAt: moment(0) },
      reactions: { ...noReactions, clap },
      comments: [],
      digestSince: null,
      pinned: null,
      songRequests: [],
      listenerMs: 0,
      updatedAt: moment(at),
    });
  };
  const tap = (times: number) => {
    for (let i = 1; i < times; i += 1) reactions.send("clap");
    return reactions.send("clap");
  };
  const holdAnswers = () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    untilAnswered = () => promise.then(() => undefined);
    return () => {
      resolve(undefined);
    };
  };
  return {
    denials: () => denials,
    holdAnswers,
    time,
    presence,
    connection,
    writes,
    failures,
    claps,
    bursts,
    publish,
    tap,
  };
}

describe("reactions", () => {
  it("are written as running totals, at most once per 5 s, and continue after a reload", async () => {
    const { time, writes, denials, publish, tap } = show({ ...noReactions, clap: 40 });
    publish(1_000);
    tap(3);
    await time.passes(999);
    assert.equal(writes.length, 0);
    tap(2);
    await time.passes(1);
    await time.passes(1_000);
    tap(1);
    await time.passes(20_000);
    tap(1);
    await time.passes(20_000);
    assert.equal(denials(), 0);
    assert.deepEqual(
      writes.map(({ clap }) => clap),
      [45, 46, 47],
    );
    assert.ok((writes[1]?.at ?? 0) - (writes[0]?.at ?? 0) >= 5_000);
  });

  it("show own taps at once, and not twice", async () => {
    const { time, claps, bursts, publish, tap } = show();
    publish(10);
    tap(2);
    await time.passes(1_000);
    publish(11);
    assert.equal(claps.at(-1), 13, "another person's tap, and two that the digest lacks");
    publish(12);
    publish(14);
    assert.deepEqual(claps, [0, 10, 11, 12, 13, 14], "and nothing goes back");
    assert.deepEqual(bursts, [10, 1, 1, 1, 1]);
  });

  it("are not counted twice if a digest arrives before the answer", async () => {
    const { time, claps, publish, tap, holdAnswers } = show();
    publish(10);
    const release = holdAnswers();
    tap(2);
    await time.passes(1_000);
    publish(12, time.now - 1);
    release();
    await time.passes(60_000);
    publish(13);
    assert.deepEqual(claps, [0, 10, 11, 12, 13]);
  });

  it("report the limits in their result", async () => {
    const { time, presence, connection, writes, publish, tap } = show();
    publish(0);
    assert.equal(tap(50), "counted");
    assert.equal(tap(1), "limited");
    await time.passes(1_000);
    assert.equal(tap(1), "counted");
    connection.set("offline");
    assert.equal(tap(1), "unavailable");
    connection.set("online");
    presence.set({ kind: "away" });
    assert.equal(tap(1), "unavailable");
    presence.set({ kind: "gone", reason: "LEFT" });
    await time.passes(60_000);
    assert.deepEqual(
      writes.map(({ clap }) => clap),
      [50],
      "who leaves drops what was not sent",
    );
  });

  it("survive another device's write and a lost answer, and take failed taps back", async () => {
    const { time, claps, writes, denials, failures, publish, tap } = show();
    publish(0);
    failures.push("PERMISSION_DENIED");
    tap(2);
    await time.passes(10_000);
    failures.push("INTERNAL");
    tap(1);
    await time.passes(10_000);
    assert.deepEqual(
      writes.map(({ clap }) => clap),
      [2, 3],
    );
    failures.push("OFFLINE");
    tap(4);
    assert.equal(claps.at(-1), 7);
    await time.passes(10_000);
    assert.deepEqual([claps.at(-1), writes.length, denials()], [3, 2, 0]);
  });
});
