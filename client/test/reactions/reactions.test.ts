import assert from "node:assert/strict";
import type { FeedDocument } from "../../../functions/src/contract/feed.js";
import { noReactions, type ReactionTotals } from "../../../functions/src/contract/reactions.js";
import { Observed } from "../../src/observe/subscribable.js";
import { Reactions } from "../../src/reactions/reactions.js";
import type { Connection } from "../../src/backend/connection.js";
import type { Presence } from "../../src/show/presence.js";
import type { Session } from "../../src/show/session.js";
import { SimulatedDevice, SimulatedTime } from "../support/simulatedTime.js";

const moment = (ms: number) => ({ seconds: ms / 1_000, nanoseconds: 0, toMillis: () => ms });

/** A show whose server keeps one person's document by the rules. */
function show(stored?: ReactionTotals) {
  const time = new SimulatedTime(100_000);
  const presence = new Observed<Presence>({ kind: "present" });
  const connection = new Observed<Connection>("online");
  const feed = new Observed<FeedDocument | undefined>(undefined);
  let document = stored && { ...stored, at: 0 };
  const writes: { at: number; clap: number }[] = [];
  const failures: string[] = [];
  const snapshot = () => ({
    id: "me",
    metadata: { fromCache: false, hasPendingWrites: false },
    data: () => document && { ...document, at: moment(document.at) },
  });
  const firestore = {
    serverTimestamp: () => "now",
    async runTransaction(_db: unknown, run: (transaction: unknown) => Promise<void>) {
      const sets: ReactionTotals[] = [];
      await run({
        get: () => Promise.resolve(snapshot()),
        set: (_reference: unknown, fields: ReactionTotals) => sets.push(fields),
      });
      const failure = failures.shift();
      if (failure && failure !== "answer")
        throw Object.assign(new Error(failure), { code: failure });
      const [next] = sets;
      assert.ok(next);
      if (document && time.now < document.at + 5_000) {
        throw Object.assign(new Error(), { code: "permission-denied" });
      }
      document = { ...next, at: time.now };
      writes.push({ at: time.now, clap: next.clap });
      if (failure) throw Object.assign(new Error(failure), { code: "unavailable" });
    },
  };
  const parts = {
    uid: "me",
    presence,
    connection,
    feed,
    details: new Observed({ status: "live" }),
    path: (...names: string[]) => names.join("/"),
    backend: {
      db: {},
      local: new SimulatedDevice(time),
      doc: () => ({}),
      read: () => Promise.resolve(document && { ...document, at: moment(document.at) }),
      sdk: { firestore },
    },
  };
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- the part that reactions use
  const reactions = new Reactions(parts as unknown as Session);
  const claps: number[] = [];
  const bursts: number[] = [];
  reactions.totals.subscribe(({ clap }) => claps.push(clap));
  reactions.bursts.subscribe(({ clap }) => bursts.push(clap));
  const publish = (clap: number, at = time.now) => {
    feed.set({
      audience: { listeners: 1, peak: 1, countedAt: moment(0) },
      reactions: { ...noReactions, clap },
      comments: [],
      digestSince: null,
      pinned: null,
      updatedAt: moment(at),
    });
  };
  const tap = (times: number) => {
    for (let i = 1; i < times; i += 1) reactions.send("clap");
    return reactions.send("clap");
  };
  return { time, presence, connection, writes, failures, claps, bursts, publish, tap };
}

describe("reactions", () => {
  it("are written as running totals, at most once in 5 s, and go on after a reload", async () => {
    const { time, writes, publish, tap } = show({ ...noReactions, clap: 40 });
    publish(1_000);
    tap(3);
    await time.passes(999);
    assert.equal(writes.length, 0);
    tap(2);
    await time.passes(1);
    tap(1);
    await time.passes(20_000);
    tap(1);
    await time.passes(20_000);
    assert.deepEqual(
      writes.map(({ clap }) => clap),
      [45, 46, 47],
    );
    assert.ok((writes[1]?.at ?? 0) - (writes[0]?.at ?? 0) >= 5_000);
  });

  it("show one's own taps at once, and not twice", async () => {
    const { time, claps, bursts, publish, tap } = show();
    publish(10);
    tap(2);
    await time.passes(1_000);
    // Counted before the write, stamped after it.
    publish(11);
    publish(14, time.now + 2_000);
    assert.deepEqual(claps, [0, 10, 11, 12, 14]);
    assert.deepEqual(bursts, [10, 1, 1, 2]);
  });

  it("tell the limits by their answer", async () => {
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

  it("survive another device's write and a lost answer, and take back what did not get through", async () => {
    const { time, claps, writes, failures, publish, tap } = show();
    publish(0);
    failures.push("permission-denied");
    tap(2);
    await time.passes(10_000);
    failures.push("answer");
    tap(1);
    await time.passes(10_000);
    assert.deepEqual(
      writes.map(({ clap }) => clap),
      [2, 3],
    );
    failures.push("unavailable");
    tap(4);
    assert.equal(claps.at(-1), 7);
    await time.passes(10_000);
    assert.deepEqual([claps.at(-1), writes.length], [3, 2]);
  });
});
