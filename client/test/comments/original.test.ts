import assert from "node:assert/strict";
import type { Comment } from "../../src/comments/comment.js";
import { firstOf } from "../../src/observe/firstOf.js";
import { FakeWorld } from "../../src/testing/fakeWorld.js";

describe("the comment that another one replies to", () => {
  /** Dan's comment, Ada's reply to it, and a way to change Dan's on the server. */
  async function scene() {
    const world = new FakeWorld();
    const [ada, dan] = [world.signIn({ displayName: "Ada" }), world.signIn({ displayName: "Dan" })];
    const showId = await ada.shows.create({ title: "Night drive" });
    const [desk, show] = [await ada.start(showId), await dan.join(showId)];
    await show.comments.send("first");
    const [original] = await firstOf(desk.comments.latest);
    assert.ok(original);
    await desk.comments.send("second", { replyTo: original });
    const [reply] = await firstOf(desk.comments.latest);
    assert.ok(reply?.replyTo);
    const change = (fields: Partial<Comment> | undefined) => {
      const { id, ...comment } = original;
      world.set(`shows/${showId}/comments/${id}`, fields && { ...comment, ...fields });
    };
    const read = () => show.comments.original(reply);
    return { show, change, read };
  }

  it("is read again each time, so that nobody sees it after a host hides it", async () => {
    const { change, read } = await scene();
    assert.equal((await read())?.text, "first");
    change({ hidden: true });
    assert.equal(await read(), undefined);
  });

  it("comes from the list that the app shows, and so goes with it", async () => {
    const { show, change, read } = await scene();
    const stop = show.comments.latest.subscribe(() => undefined);
    await firstOf(show.comments.latest);
    assert.equal((await read())?.text, "first");
    change(undefined);
    assert.equal(await read(), undefined);
    stop();
  });
});
