import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { unpinComment } from "../../src/comments/unpinComment.js";
import { commentRef, showRef } from "../../src/collections.js";
import { quietFirestore, showIn, somebody } from "../support/backstage.js";
import { handClock } from "../support/clock.js";

describe("taking the pin off a comment", () => {
  let firestore: Firestore;
  let showId: string;
  const clock = handClock();

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    showId = await showIn(
      "live",
      await somebody("Ada", firestore),
      { pinnedCommentId: "pinned" },
      firestore,
    );
  });

  const comment = (id: string, hidden: boolean) =>
    commentRef(firestore, showId, id).set({
      authorUid: "spotify_dan",
      author: { displayName: "Dan", photoUrl: null },
      text: "pin me",
      createdAt: Timestamp.now(),
      hidden,
    });
  const pin = async () => (await showRef(firestore, showId).get()).data()?.pinnedCommentId;
  const unpin = (id: string) => unpinComment({ firestore, clock }, showId, id);

  it("happens when the comment was hidden", async () => {
    await comment("pinned", true);
    await unpin("pinned");
    assert.equal(await pin(), null);
  });

  it("happens when the comment was deleted", async () => {
    await unpin("pinned");
    assert.equal(await pin(), null);
  });

  it("does not happen when the event comes late and the comment is visible again", async () => {
    await comment("pinned", false);
    await unpin("pinned");
    assert.equal(await pin(), "pinned");
  });

  it("does not happen when another comment is pinned by now", async () => {
    await comment("pinned", false);
    await comment("other", true);
    await unpin("other");
    assert.equal(await pin(), "pinned");
  });

  it("leaves the show alone when the event comes twice", async () => {
    await comment("pinned", true);
    await unpin("pinned");
    const { updateTime } = await showRef(firestore, showId).get();
    await unpin("pinned");
    assert.deepEqual((await showRef(firestore, showId).get()).updateTime, updateTime);
  });
});
