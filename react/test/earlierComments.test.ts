import assert from "node:assert/strict";
import { Timestamp } from "firebase/firestore";
import type { Comment } from "../../client/src/comments/comment.js";
import { COMMENTS_PER_PAGE as PAGE } from "../../client/src/comments/comment.js";
import { isBefore, pagesAfter } from "../src/earlierComments.js";

const comment = (second: number, id = `c${second}`): Comment => ({
  id,
  authorUid: "spotify_dan",
  author: { displayName: "Dan", photoUrl: null },
  text: "",
  createdAt: Timestamp.fromMillis(second * 1_000),
  hidden: false,
});

/** Counts down from `last`, newest first. */
const comments = (last: number, count = PAGE) =>
  Array.from({ length: count }, (_, index) => comment(last - index));

const seconds = (list: readonly Comment[]) => list.map(({ createdAt }) => createdAt.seconds);

describe("the pages of earlier comments", () => {
  const page = comments(100, 10);

  it("add the comments that new ones push out of the latest page", () => {
    const pages = pagesAfter(page, comments(150), comments(153), true);
    assert.deepEqual(seconds(pages), [103, 102, 101, ...seconds(page)]);
  });

  it("do not add comments that were hidden or deleted from the latest page", () => {
    const without = comments(151, PAGE + 1).filter(({ id }) => id !== "c140");
    assert.deepEqual(
      seconds(without),
      [...seconds(without)].sort((a, b) => b - a),
    );
    assert.equal(pagesAfter(page, comments(150), without, true), page);
  });

  it("restart after a gap, when too many comments arrive at once", () => {
    assert.deepEqual(pagesAfter(page, comments(150), comments(201), true), []);
  });

  it("stay unchanged without new comments, and do not start by themselves", () => {
    assert.equal(pagesAfter(page, comments(150), comments(150), true), page);
    assert.deepEqual(pagesAfter([], comments(150), comments(153), true), []);
  });

  it("start with what new comments push out while the person is reading", () => {
    const pages = pagesAfter([], comments(150), comments(153), true, true);
    assert.deepEqual(seconds(pages), [103, 102, 101]);
  });

  it("are sorted by id for comments with the same time", () => {
    assert.ok(isBefore(comment(1, "a"), comment(1, "b")));
    assert.ok(!isBefore(comment(1, "b"), comment(1, "a")));
    assert.ok(!isBefore(comment(1, "a"), comment(1, "a")));
    assert.ok(isBefore(comment(1, "b"), comment(2, "a")));
  });
});
