import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { followConnection } from "../../src/presence/followConnection.js";
import { sweepPresence } from "../../src/audience/sweepPresence.js";
import { refreshAudio } from "../../src/audio/refreshAudio.js";
import { joinShow } from "../../src/audience/joinShow.js";
import { leaveShow } from "../../src/audience/leaveShow.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { dice } from "../support/dice.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

const SECOND = 1_000;

describe("following a person's LiveKit connections", () => {
  let firestore: Firestore;
  let scene: LiveScene;
  let dan: Person;
  /** When Dan received the token. Dan's connections start later. */
  let t: number;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
    dan = await scene.attendee("Dan");
    t = scene.deps.clock.now();
    scene.deps.clock.advance(10 * SECOND);
  });

  const grace = () => scene.deps.presenceGraceMs;
  const follow = (connectedAt: number, isOver: boolean, { uid } = dan) =>
    followConnection(scene.deps, { showId: scene.showId, uid, connectedAt, isOver });
  const joined = (connectedAt: number) => follow(connectedAt, false);
  const left = (connectedAt: number) => follow(connectedAt, true);
  const lease = async () => {
    const { aliveUntil, connectedSince } = (await scene.leaseOf(dan)) ?? assert.fail("no lease");
    return [aliveUntil === null ? "connected" : aliveUntil.toMillis(), connectedSince];
  };

  it("keeps someone present while they are connected, and for the grace period after", async () => {
    await joined(t + 1);
    assert.deepEqual(await lease(), ["connected", t + 1]);
    await left(t + 1);
    assert.deepEqual(await lease(), [scene.deps.clock.now() + grace(), t + 1]);
  });

  it("does not extend the lease when a disconnect event arrives twice", async () => {
    await joined(t + 1);
    await left(t + 1);
    const expected = await lease();
    scene.deps.clock.advance(60 * SECOND);
    await left(t + 1);
    assert.deepEqual(await lease(), expected);
  });

  it("ignores a connect event that arrives after its disconnect event", async () => {
    await left(t + 1);
    const expected = await lease();
    await joined(t + 1);
    assert.deepEqual(await lease(), expected);
  });

  it("keeps someone connected on a second device when the first disconnects, in either order", async () => {
    await joined(t + 1);
    await joined(t + 2);
    await left(t + 1);
    assert.deepEqual(await lease(), ["connected", t + 2]);
    await left(t + 2);
    await joined(t + 3);
    assert.deepEqual(await lease(), ["connected", t + 3]);
  });

  it("gives the same result for every order and repetition of events", async () => {
    const chance = dice(1);
    const events = [1, 2, 3].flatMap((n) => [() => joined(t + n), () => left(t + n)]);
    const last = () => joined(t + 4);
    for (let round = 0; round < 8; round += 1) {
      await scene.lease(dan, t + grace());
      const again = events.filter(() => chance.below(2) === 0);
      for (const tell of chance.shuffled([...events, ...again, last])) await tell();
      assert.deepEqual(await lease(), ["connected", t + 4], `round ${round}`);
      await left(t + 4);
      for (const tell of chance.shuffled([...events, last])) await tell();
      assert.deepEqual(await lease(), [scene.deps.clock.now() + grace(), t + 4]);
    }
  });

  it("does not shorten a new token's lease when an earlier connection ends again", async () => {
    await joined(t + 1);
    await left(t + 1);
    scene.deps.clock.advance(SECOND);
    await joinShow(scene.deps, as(dan), { showId: scene.showId });
    const given = await lease();
    scene.deps.clock.advance(SECOND);
    await left(t + 1);
    assert.deepEqual(await lease(), given);
  });

  for (const [name, call] of [
    ["joinShow", joinShow],
    ["refreshAudio", refreshAudio],
  ] as const) {
    describe(`when someone who is connected calls ${name} again`, () => {
      const again = () => call(scene.deps, as(dan), { showId: scene.showId });
      const sweep = () =>
        sweepPresence(scene.deps, scene.showId, { since: 0, connected: [] }, () => true);

      it("keeps the lease connected, until that connection ends", async () => {
        await joined(t + 1);
        await again();
        assert.deepEqual(await lease(), ["connected", t + 1]);
        scene.deps.clock.advance(SECOND);
        await left(t + 1);
        assert.deepEqual(await lease(), [scene.deps.clock.now() + grace(), t + 1]);
      });

      it("extends the lease of someone who has disconnected", async () => {
        await joined(t + 1);
        await left(t + 1);
        scene.deps.clock.advance(SECOND);
        await again();
        assert.deepEqual(await lease(), [scene.deps.clock.now() + grace(), t + 1]);
      });

      it("still marks them lost if the event of their disconnect is lost", async () => {
        await joined(t + 1);
        await again();
        scene.deps.clock.advance(60 * SECOND);
        await sweep();
        assert.deepEqual(await lease(), [scene.deps.clock.now() + grace(), t + 1]);
        scene.deps.clock.advance(grace());
        await sweep();
        assert.equal((await scene.placeOf(dan))?.state, "lost");
      });
    });
  }

  it("does not revive the lease of someone who left", async () => {
    await joined(t + 1);
    await leaveShow(scene.deps, as(dan), { showId: scene.showId });
    const over = await lease();
    for (const tell of [() => left(t + 1), () => joined(t + 1)]) {
      scene.deps.clock.advance(SECOND);
      await tell();
      assert.deepEqual(await lease(), over);
    }
  });

  it("creates no lease for someone who is not in the show", async () => {
    const before = await scene.everything();
    for (const isOver of [false, true]) await follow(t, isOver, { ...dan, uid: "spotify_nobody" });
    assert.deepEqual(await scene.everything(), before);
  });
});
