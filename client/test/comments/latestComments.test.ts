import assert from "node:assert/strict";
import type { FeedDocument } from "../../../functions/src/contract/feed.js";
import { noReactions } from "../../../functions/src/contract/reactions.js";
import type { Comment } from "../../src/comments/comment.js";
import { latestComments, type OwnComments } from "../../src/comments/latestComments.js";
import { pinnedComment } from "../../src/comments/pinnedComment.js";
import type { Reader } from "../../src/comments/reader.js";
import { Observed, subscribable } from "../../src/observe/subscribable.js";
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

const feedOf = (updatedAt: number, seconds: readonly number[], pinned?: number): FeedDocument => ({
  audience: { listeners: 1, peak: 1, countedAt: moment(0) },
  reactions: noReactions,
  comments: seconds.map(comment),
  digestSince: null,
  pinned: pinned === undefined ? null : comment(pinned),
  updatedAt: moment(updatedAt * 1_000),
});

interface Listener {
  readonly kind: string;
  readonly since: number | undefined;
  readonly tell: (...seconds: readonly number[]) => void;
}

function chat(first: Reader) {
  const time = new SimulatedTime();
  const reader = new Observed<Reader>(first);
  const feed = new Observed<FeedDocument | undefined>(undefined);
  const own = new Observed<OwnComments>({ sent: [], deletedIds: new Set() });
  const open: Listener[] = [];
  const seen: string[] = [];
  const stop = latestComments({
    reader,
    own,
    local: new SimulatedDevice(time),
    feed: subscribable((next) =>
      feed.subscribe((latest) => {
        if (latest) next(latest);
      }),
    ),
    direct: (kind, since) =>
      subscribable((next) => {
        const listener: Listener = {
          kind,
          since,
          tell: (...seconds) => {
            next(seconds.map(comment));
          },
        };
        open.push(listener);
        return () => {
          open.splice(open.indexOf(listener), 1);
        };
      }),
  }).subscribe((comments) => seen.push(comments.map(({ id }) => id).join(" ")));
  const only = () => {
    assert.equal(open.length, 1);
    return open[0] ?? assert.fail();
  };
  return { time, reader, feed, own, open, seen, only, stop };
}

describe("the latest comments", () => {
  it("switch to the digest and back without gaps, duplicates or flicker", async () => {
    const { time, reader, feed, open, seen, only, stop } = chat("visible");
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
    assert.deepEqual([only().kind, only().since], ["visible", 114_000], "few reads");
    reader.set("visible");
    assert.equal(seen.length, 0, "no flash");
    only().tell(150, 119);
    assert.deepEqual(seen, ["150 119 101 100"]);
    await time.passes(119_999);
    assert.equal(open.length, 1);
    await time.passes(1);
    assert.deepEqual(
      open.map(({ since }) => since),
      [114_000, undefined],
      "once the chat is quiet, the whole page is followed",
    );
    const [, wholePage] = open;
    assert.ok(wholePage);
    wholePage.tell(150, 119, 100);
    assert.equal(seen.at(-1), "150 119 100");
    assert.equal(open.length, 1);
    stop();
    assert.equal(open.length, 0);
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

  it("include all comments for a host, whatever `commentFeed` says", () => {
    const { reader, feed, only } = chat("digest");
    feed.set(feedOf(100, [99]));
    reader.set("all");
    assert.deepEqual([only().kind, only().since], ["all", undefined]);
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
        subscribable((next) => {
          documents += 1;
          next(comment(Number(id)));
          return () => {
            documents -= 1;
          };
        }),
    }).subscribe((pinned) => seen.push(pinned?.id));
    assert.deepEqual([seen, documents], [["7"], 1]);
    reader.set("digest");
    feed.set(feedOf(2, [1], 7));
    assert.deepEqual([seen, documents], [["7"], 0], "no read of its own");
    feed.set(feedOf(3, [1]));
    assert.deepEqual(seen, ["7", undefined], "hidden, it goes with the digest");
    pinnedId.set("8");
    feed.set(feedOf(4, [1], 8));
    reader.set("visible");
    pinnedId.set(null);
    assert.deepEqual(seen, ["7", undefined, "8", undefined]);
  });
});
