import assert from "node:assert/strict";
import { AmbientError } from "../../src/errors/ambientError.js";
import type { Show } from "../../src/show/show.js";
import { FakeWorld } from "../../src/testing/fakeWorld.js";
import { first } from "../../../test/support/subscribed.js";

const uriOf = (letter: string) => `spotify:track:${letter.repeat(22)}`;
const idOf = (letter: string) => letter.repeat(22);

describe("song requests", () => {
  let world: FakeWorld;
  let desk: Show;
  let dans: Show;
  let eves: Show;

  beforeEach(async () => {
    world = new FakeWorld();
    const ada = world.signIn({ displayName: "Ada" });
    const showId = await ada.shows.create({ title: "Night drive" });
    desk = await ada.start(showId);
    dans = await world.signIn({ displayName: "Dan" }).join(showId);
    eves = await world.signIn({ displayName: "Eve" }).join(showId);
  });

  /** What Dan sees: each song's letter, its votes, and whether Dan voted for it. */
  const seen = async (count: number) =>
    (await first(dans.songRequests.open, ({ length }) => length === count)).map(
      ({ id, votes, hasMyVote }) => [id.at(-1), votes, hasMyVote] as const,
    );

  it("are listed with votes and one's own vote, the most wanted first", async () => {
    await dans.songRequests.request(uriOf("A"));
    await eves.songRequests.request(uriOf("B"));
    assert.deepEqual(await seen(2), [
      ["A", 1, true],
      ["B", 1, false],
    ]);
    await desk.songRequests.vote(idOf("B"));
    assert.deepEqual(await seen(2), [
      ["B", 2, false],
      ["A", 1, true],
    ]);
  });

  it("have the votes that were given and taken back while another waited", async () => {
    await eves.songRequests.request(uriOf("B"));
    await desk.songRequests.request(uriOf("C"));
    await seen(2);
    await Promise.all([
      dans.songRequests.vote(idOf("B")),
      dans.songRequests.vote(idOf("C")),
      dans.songRequests.unvote(idOf("B")),
    ]);
    assert.deepEqual(await seen(2), [
      ["C", 2, true],
      ["B", 1, false],
    ]);
    // Written one by one, they would take 10 s.
  }).timeout(2_000);

  it("show a vote that is taken back", async () => {
    await eves.songRequests.request(uriOf("B"));
    // From an earlier visit, so that the wait between two changes is over.
    const votes = {
      requestIds: [idOf("B")],
      at: { seconds: 0, nanoseconds: 0, toMillis: () => 0 },
    };
    world.set(`shows/${dans.id}/songVotes/${dans.uid}`, votes);
    assert.deepEqual(await seen(1), [["B", 2, true]]);
    await dans.songRequests.unvote(idOf("B"));
    assert.deepEqual(await seen(1), [["B", 1, false]]);
  });

  it("disappear at once when a host decides them, while the feed still has them", async () => {
    world.answer("decideSongRequest", () => ({ status: "declined" }));
    await dans.songRequests.request(uriOf("A"));
    await eves.songRequests.request(uriOf("B"));
    await first(desk.songRequests.open, ({ length }) => length === 2);
    await desk.songRequests.decide(idOf("B"), "decline");
    const [left] = await first(desk.songRequests.open, ({ length }) => length === 1);
    assert.equal(left?.id, idOf("A"));
    assert.equal((await seen(2)).length, 2);
  });

  it("are withdrawn by the person who requested them", async () => {
    await dans.songRequests.request(uriOf("A"));
    await seen(1);
    await dans.songRequests.withdraw(idOf("A"));
    assert.deepEqual(await seen(0), []);
    assert.deepEqual(await first(dans.songRequests.mine, () => true), []);
  });

  it("tell the person what became of their own", async () => {
    await dans.songRequests.request(uriOf("A"));
    await desk.songRequests.decide(idOf("A"), "accept");
    const [mine] = await first(dans.songRequests.mine, ([own]) => own?.status === "accepted");
    assert.equal(mine?.decidedBy, desk.uid);
    await assert.rejects(
      dans.songRequests.decide(idOf("A"), "decline"),
      (error) => error instanceof AmbientError && error.reason === "NOT_HOST",
    );
  });
});
