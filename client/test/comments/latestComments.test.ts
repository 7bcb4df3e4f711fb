import assert from "node:assert/strict";
import type { FeedDocument } from "../../../functions/src/contract/feed.js";
import { noReactions } from "../../../functions/src/contract/reactions.js";
import type { Comment } from "../../src/comments/comment.js";
import { latestComments, type OwnComments } from "../../src/comments/latestComments.js";
import { pinnedComment } from "../../src/comments/pinnedComment.js";
import type { Reader } from "../../src/comments/reader.js";
import { Observed } from "../../src/observe/observable.js";
import { createSource } from "../../src/observe/source.js";
import { SimulatedDevice, SimulatedTime } from "../support/simulatedTime.js";

const moment = (ms: number) => ({ seconds: ms / 1_000, nanoseconds: 0, toMillis: () => ms });

/** Its id is the second in which it was written. */
const comment = (second: number): Comment => ({
  id: `${second}`,
  authorUid: "eve",
  author: { displayName: "Eve", photoUrl: null },
  text: `said at ${second}`,
  createdAt: moment(second * 1_000),
  hidden: false,
});

const feedOf = (
  updatedAt: number,
  seconds: readonly number[],
  { pinned, listeners = 1 }: { readonly pinned?: number; readonly listeners?: number } = {},
): FeedDocument => ({
  audience: { listeners, peak: listeners, countedAt: moment(0) },
  reactions: noReactions,
  comments: seconds.map(comment),
  digestSince: null,
  pinned: pinned === undefined ? null : comment(pinned),
  songRequests: [],
  listenerMs: 0,
  updatedAt: moment(updatedAt * 1_000),
});

interface Listener {
  readonly kind: string;
  readonly isFresh: boolean;
  readonly tell: (...seconds: readonly number[]) => void;
}

function chat(first: Reader, random = 0.5) {
  const time = new SimulatedTime();
  const reader = new Observed<Reader>(first);
  const feed = new Observed<FeedDocument | undefined>(undefined);
  const own = new Observed<OwnComments>({ sent: [], deletedIds: new Set() });
  const open: Listener[] = [];
  const seen: string[] = [];
  const mentions: (readonly string[] | undefined)[] = [];
  let latest: readonly Comment[] = [];
  const stop = latestComments({
    reader,
    own,
    local: new SimulatedDevice(time, { random }),
    feed: createSource((next) =>
      feed.subscribe((latest) => {
        if (latest) next(latest);
      }),
    ),
    direct: (kind, isFresh) =>
      createSource((next) => {
        const listener: Listener = {
          kind,
          isFresh,
          tell: (...seconds) => {
            next(seconds.map(comment));
          },
        };
        open.push(listener);
        return () => {
          open.splice(open.indexOf(listener), 1);
        };
      }),
  }).subscribe((comments) => {
    latest = comments;
    seen.push(comments.map(({ id }) => id).join(" "));
    mentions.push(comments[0]?.mentions);
  }, assert.ifError);
  const only = () => {
    assert.equal(open.length, 1);
    return open[0] ?? assert.fail();
  };
  return { time, reader, feed, own, open, seen, mentions, only, stop, latest: () => latest };
}

describe("the latest comments", () => {
  it("switch to the digest and back without gaps, duplicates or flicker", async () => {
    const { time, reader, feed, own, open, seen, only, stop } = chat("visible");
    only().tell(101, 100);
    reader.set("digest");
    feed.set(feedOf(99, []));
    feed.set(feedOf(100.5, [100]));
    assert.equal(open.length, 1, "an empty digest, or one of before, takes nothing over");
    only().tell(110, 101, 100);
    // Comment 110 arrived between the query and the timestamp of the digest.
    feed.set(feedOf(111, [101, 100]));
    assert.equal(open.length, 0);
    feed.set(feedOf(120, [119, 110, 101, 100]));
    feed.set(feedOf(122, [119, 110, 101, 100]));
    assert.deepEqual(seen, ["101 100", "110 101 100", "119 110 101 100"]);
    feed.set(feedOf(124, [119, 101, 100]));
    assert.equal(seen.at(-1), "119 101 100", "hidden, it goes with the digest");
    seen.length = 0;
    // The server empties the digest before it switches.
    feed.set(feedOf(200, []));
    reader.set("visible");
    assert.equal(open.length, 0);
    await time.passes(1_000);
    assert.deepEqual([only().kind, only().isFresh], ["visible", true]);
    assert.equal(seen.length, 0, "no flash");
    only().tell(150, 119, 100);
    assert.deepEqual(seen, ["150 119 100"], "comment 101 was hidden meanwhile");
    only().tell(150, 119);
    assert.equal(seen.at(-1), "150 119");
    own.set({ sent: [], deletedIds: new Set(["119"]) });
    assert.equal(seen.at(-1), "150", "the digest is forgotten");
    stop();
    assert.equal(open.length, 0);
  });

  it("stay the same objects in the next digest, so that their rows are not rendered again", () => {
    const { feed, latest } = chat("digest");
    feed.set(feedOf(111, [101, 100]));
    const before = latest();
    feed.set(feedOf(121, [120, 101, 100]));
    assert.deepEqual(
      latest().map((each) => before.includes(each)),
      [false, true, true],
    );
  });

  it("are read directly within an interval after a digest, by each phone at another moment", async () => {
    for (const [listeners, random, waitMs] of [
      [1, 0, 0],
      [1_000, 0.25, 500],
      [100_000, 0.25, 2_500],
      [100_000, 0.99, 9_900],
    ] as const) {
      const { time, reader, feed, open, only } = chat("digest", random);
      feed.set(feedOf(100, [99], { listeners }));
      reader.set("visible");
      await time.passes(waitMs - 1);
      assert.equal(open.length, 0);
      await time.passes(1);
      assert.equal(only().kind, "visible");
    }
  });

  it("stay with the digest if it begins again before they are read directly", async () => {
    const { time, reader, feed, open, seen } = chat("digest");
    feed.set(feedOf(100, [99]));
    reader.set("visible");
    reader.set("digest");
    feed.set(feedOf(102, [101, 99]));
    await time.passes(60_000);
    assert.deepEqual([open.length, seen.at(-1)], [0, "101 99"]);
  });

  it("include own comments that are sent just after a digest has ended", async () => {
    const { time, reader, feed, own, seen, only } = chat("digest");
    feed.set(feedOf(100, [99]));
    reader.set("visible");
    own.set({ sent: [comment(110)], deletedIds: new Set() });
    assert.equal(seen.at(-1), "110 99");
    await time.passes(1_000);
    assert.equal(seen.at(-1), "110 99", "the direct comments are not known yet");
    only().tell(110, 99);
    assert.deepEqual(seen, ["99", "110 99"]);
  });

  it("lose a comment that was hidden before the first digest, even without a second one", async () => {
    const { time, reader, feed, seen, only, stop } = chat("visible");
    only().tell(101, 100);
    reader.set("digest");
    // Comment 101 was hidden before, and this phone had not heard of it.
    feed.set(feedOf(102, [100]));
    assert.equal(seen.at(-1), "101 100", "it may be too new for the first digest");
    await time.passes(20_000);
    assert.equal(seen.at(-1), "100");
    stop();
  });

  it("show own comments at once until a digest has them, and hide deleted ones", () => {
    const { feed, own, open, seen } = chat("digest");
    assert.deepEqual([seen, open.length], [[], 0], "no page is read before the digest is known");
    feed.set(feedOf(100, [99]));
    const none: ReadonlySet<string> = new Set();
    own.set({ sent: [comment(101)], deletedIds: none });
    assert.equal(seen.at(-1), "101 99");
    feed.set(feedOf(102, [101, 99]));
    feed.set(feedOf(103, [99]));
    assert.equal(seen.at(-1), "99", "a host hid it");
    own.set({ sent: [comment(104), comment(101)], deletedIds: none });
    assert.equal(seen.at(-1), "104 99");
    feed.set(feedOf(110, [99]));
    assert.equal(seen.at(-1), "99", "a digest of long after lacks it");
    own.set({ sent: [], deletedIds: new Set(["99"]) });
    assert.equal(seen.at(-1), "");
  });

  it("drop a mention that the server has removed from a comment", () => {
    const { feed, own, stop, mentions } = chat("digest");
    const digest = feedOf(100, [100]);
    const naming = (uids: readonly string[]) =>
      digest.comments.map((one) => ({ ...one, mentions: [...uids] }));
    feed.set({ ...digest, comments: naming(["dan", "fay"]) });
    feed.set({ ...digest, comments: naming(["fay"]) });
    own.set({ sent: [], deletedIds: new Set() });
    assert.deepEqual(mentions, [["dan", "fay"], ["fay"]]);
    stop();
  });

  it("include all comments for a host, whatever `commentFeed` says", () => {
    const { reader, feed, only } = chat("digest");
    feed.set(feedOf(100, [99]));
    reader.set("all");
    assert.deepEqual([only().kind, only().isFresh], ["all", true], "without a wait");
  });
});

describe("the pinned comment", () => {
  it("comes with the digest, and does not flicker when the feed switches", () => {
    const reader = new Observed<Reader>("visible");
    const pinnedId = new Observed<string | null>("7");
    const feed = new Observed<FeedDocument | undefined>(feedOf(1, []));
    let documents = 0;
    const seen: (string | undefined)[] = [];
    pinnedComment({
      reader,
      pinnedId,
      feed,
      document: (id) =>
        createSource((next) => {
          documents += 1;
          next(comment(Number(id)));
          return () => {
            documents -= 1;
          };
        }),
    }).subscribe((pinned) => seen.push(pinned?.id), assert.ifError);
    assert.deepEqual([seen, documents], [["7"], 1]);
    reader.set("digest");
    feed.set(feedOf(2, [1], { pinned: 7 }));
    assert.deepEqual([seen, documents], [["7"], 0], "no read of its own");
    feed.set(feedOf(3, [1]));
    assert.deepEqual(seen, ["7", undefined], "hidden, it goes with the digest");
    pinnedId.set("8");
    feed.set(feedOf(4, [1], { pinned: 8 }));
    reader.set("visible");
    pinnedId.set(null);
    assert.deepEqual(seen, ["7", undefined, "8", undefined]);
  });
});
