import assert from "node:assert/strict";
import { Timestamp } from "firebase/firestore";
import type { Comment } from "../../../client/src/comments/comment.js";
import { COMMENTS_PER_PAGE as PAGE } from "../../../client/src/comments/comment.js";
import { isBefore, pagesAfter } from "../../../demo/src/comments/pages.js";

const comment = (second: number, id = `c${second}`): Comment => ({
  id,
  authorUid: "spotify_dan",
  author: { displayName: "Dan", photoUrl: null },
  text: "",
  createdAt: Timestamp.fromMillis(second * 1_000),
  hidden: false,
});

/** From `last` down, the newest first. */
const comments = (last: number, count = PAGE) =>
  Array.from({ length: count }, (_, index) => comment(last - index));

const seconds = (list: readonly Comment[]) => list.map(({ createdAt }) => createdAt.seconds);

describe("the pages of earlier comments", () => {
  const page = comments(100, 10);

  it("get what new comments push out of the newest ones", () => {
    const pages = pagesAfter(page, comments(150), comments(153));
    assert.deepEqual(seconds(pages), [103, 102, 101, ...seconds(page)]);
  });

  it("get nothing that was hidden or deleted among the newest ones", () => {
    const without = comments(151, PAGE + 1).filter(({ id }) => id !== "c140");
    assert.deepEqual(
      seconds(without),
      [...seconds(without)].sort((a, b) => b - a),
    );
    assert.equal(pagesAfter(page, comments(150), without), page);
  });

  it("begin anew where so many came at once that there is a gap", () => {
    assert.deepEqual(pagesAfter(page, comments(150), comments(201)), []);
  });

  it("stay as they are without new comments, and none come of themselves", () => {
    assert.equal(pagesAfter(page, comments(150), comments(150)), page);
    assert.deepEqual(pagesAfter([], comments(150), comments(153)), []);
  });

  it("stand in the order of their ids, where two are of the same moment", () => {
    assert.ok(isBefore(comment(1, "a"), comment(1, "b")));
    assert.ok(!isBefore(comment(1, "b"), comment(1, "a")));
    assert.ok(!isBefore(comment(1, "a"), comment(1, "a")));
    assert.ok(isBefore(comment(1, "b"), comment(2, "a")));
  });
});
