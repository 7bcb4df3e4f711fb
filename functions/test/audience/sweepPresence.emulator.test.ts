import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { leaveShow } from "../../src/audience/leaveShow.js";
import { sweepPresence } from "../../src/audience/sweepPresence.js";
import { activityRef, leaseRef, participantRef, showRef } from "../../src/collections.js";
import { countReads } from "../support/countReads.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";
import { crowdIn } from "../support/crowd.js";

const SECOND = 1_000;
const listener = { role: "listener", canPublish: false } as const;

describe("sweepPresence", () => {
  let firestore: Firestore;
  let scene: LiveScene;
  let dan: Person;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
    dan = await scene.attendee("Dan");
    await scene.lease(scene.ada, null);
    connect(scene.ada);
  });

  const connect = ({ uid }: Person) => {
    scene.deps.rooms.connect(scene.showId, uid, listener);
  };
  const inTheRoom = () => scene.deps.rooms.rooms.get(scene.showId);
  /** Sweeps with the current room, as if it had been created at `since`. */
  const sweep = async (since = 0) => {
    const room = (await scene.deps.rooms.look(scene.showId)) ?? assert.fail("there is no room");
    await sweepPresence(scene.deps, scene.showId, { ...room, since }, () => true);
  };
  const pass = (ms: number) => {
    scene.deps.clock.advance(ms);
  };
  /** People in the room whom LiveKit's webhooks have reported. */
  const connectedCrowd = async (size: number) => {
    const people = await crowdIn(firestore, scene.showId, size, null);
    for (const [index, uid] of people.entries()) {
      connect({ ...dan, uid });
      scene.deps.rooms.connectedAt.set(uid, index);
    }
    return people;
  };
  const stateOf = async (person: Person) => (await scene.placeOf(person))?.state;
  const aliveUntil = async (person: Person) => {
    const lease = await scene.leaseOf(person);
    return lease?.aliveUntil?.toMillis() ?? lease?.aliveUntil;
  };
  const beat = ({ uid }: Person) =>
    activityRef(firestore, scene.showId, uid).set({
      seenAt: Timestamp.fromMillis(scene.deps.clock.now()),
    });

  it("marks a participant lost when the lease expires, and not a millisecond sooner", async () => {
    pass(scene.deps.presenceGraceMs - 1);
    const before = await scene.everything();
    await sweep();
    assert.deepEqual(await scene.everything(), before);
    pass(1);
    await sweep();
    assert.equal(await stateOf(dan), "lost");
    assert.equal(await stateOf(scene.ada), "present");
    const swept = await scene.everything();
    await sweep();
    assert.deepEqual(await scene.everything(), swept);
  });

  it("extends an expired lease by the heartbeat, which it does not read before", async () => {
    pass(140 * SECOND);
    await beat(dan);
    const seenAt = scene.deps.clock.now();
    pass(10 * SECOND);
    await sweep();
    assert.equal(await aliveUntil(dan), seenAt + scene.deps.presenceGraceMs);
    pass(140 * SECOND - 1);
    await sweep();
    assert.equal(await stateOf(dan), "present");
    pass(1);
    await sweep();
    assert.equal(await stateOf(dan), "lost");
  });

  it("notices a connection whose webhook was lost and keeps the participant", async () => {
    connect(dan);
    pass(scene.deps.presenceGraceMs);
    await sweep();
    assert.equal(await stateOf(dan), "present");
    assert.equal(await aliveUntil(dan), null);
  });

  it("notices such a connection even before the lease expires", async () => {
    connect(dan);
    await sweep();
    assert.equal(await aliveUntil(dan), null);
  });

  it("creates a missing lease for someone in the show", async () => {
    connect(dan);
    await leaseRef(firestore, scene.showId, dan.uid).delete();
    await sweep();
    assert.equal(await aliveUntil(dan), null);
    assert.equal(await stateOf(dan), "present");
  });

  it("notices a disconnect whose webhook was lost, and marks the participant lost after the grace period", async () => {
    await scene.lease(dan, null);
    pass(3_600 * SECOND);
    await sweep();
    assert.equal(await stateOf(dan), "present");
    assert.equal(await aliveUntil(dan), scene.deps.clock.now() + scene.deps.presenceGraceMs);
    pass(scene.deps.presenceGraceMs);
    await sweep();
    assert.equal(await stateOf(dan), "lost");
  });

  it("keeps previously connected participants for the grace period after the room was recreated", async () => {
    await scene.lease(dan, null);
    pass(3_600 * SECOND);
    const remadeAt = scene.deps.clock.now() - scene.deps.presenceGraceMs;
    await sweep(remadeAt + 1);
    assert.equal(await aliveUntil(dan), null);
    await sweep(remadeAt);
    assert.equal(typeof (await aliveUntil(dan)), "number");
  });

  it("disconnects a listener who left but is still connected", async () => {
    connect(dan);
    await leaveShow(scene.deps, as(dan), { showId: scene.showId });
    await sweep();
    assert.equal(inTheRoom()?.has(dan.uid), false);
    assert.equal(await stateOf(dan), "left");
    assert.equal(await scene.leaseOf(dan), undefined);
  });

  it("disconnects everyone in the room who never joined, even without a webhook", async () => {
    const [fay, gus] = await Promise.all([
      scene.attendee("Fay", { state: "left" }),
      scene.attendee("Gus", { state: "removed" }),
    ]);
    const hal = { ...dan, uid: "spotify_hal" };
    for (const person of [dan, fay, gus, hal]) connect(person);
    await sweep();
    assert.deepEqual([...(inTheRoom()?.keys() ?? [])].sort(), [dan.uid, scene.ada.uid].sort());
    assert.equal(await scene.leaseOf(hal), undefined);
  });

  it("stops when the show ends in the meantime, regardless of remaining leases", async () => {
    const people = await crowdIn(firestore, scene.showId, 250, scene.deps.clock.now());
    pass(scene.deps.presenceGraceMs);
    await showRef(firestore, scene.showId).update({ status: "ended" });
    await sweep();
    const first = participantRef(firestore, scene.showId, people[0] ?? assert.fail());
    assert.equal((await first.get()).data()?.state, "present");
  }).timeout(20_000);

  it("updates only the few leases that differ among hundreds", async () => {
    const people = await connectedCrowd(450);
    const [gone, unheard] = [people[7] ?? assert.fail(), people[449] ?? assert.fail()];
    inTheRoom()?.delete(gone);
    inTheRoom()?.delete(people[230] ?? assert.fail());
    await leaseRef(firestore, scene.showId, unheard).update({
      aliveUntil: Timestamp.fromMillis(scene.deps.clock.now() + SECOND),
    });
    await sweep();
    const leases = await firestore.collection(`stages/${scene.showId}/leases`).get();
    const notConnected = leases.docs.filter((lease) => lease.get("aliveUntil") !== null);
    assert.deepEqual(notConnected.map(({ id }) => id).sort(), [dan.uid, gone, people[230]].sort());
  }).timeout(20_000);

  describe("in a show that people keep entering", () => {
    const connectedSince = (person: Person, ms: number) => {
      connect(person);
      scene.deps.rooms.connectedAt.set(person.uid, ms);
    };

    it("reads no leases of those whose webhook may still come", async () => {
      await connectedCrowd(450);
      const now = scene.deps.clock.now();
      // LiveKit lists forty more. Of every other one the webhook has come already.
      for (let index = 0; index < 40; index += 1) {
        const person = { ...dan, uid: `spotify_crowd_${index}` };
        connectedSince(person, now - 30 * SECOND + 1 + index);
        if (index % 2 === 0) await scene.lease(person, null, now - 30 * SECOND + 1 + index);
      }
      const reads = countReads(firestore);
      await sweep();
      assert.equal(reads.stop(), 2, "the expired leases and one count");
    }).timeout(20_000);

    it("repairs the lease of someone whose webhook is late, and disconnects an intruder, after 30 s", async () => {
      const hal = { ...dan, uid: "spotify_hal" };
      for (const person of [dan, hal]) connectedSince(person, scene.deps.clock.now());
      pass(30 * SECOND - 1);
      await sweep();
      assert.equal(typeof (await aliveUntil(dan)), "number");
      assert.ok(inTheRoom()?.has(hal.uid));
      pass(1);
      await sweep();
      const { connectedSince: since } = (await scene.leaseOf(dan)) ?? {};
      assert.deepEqual(
        [await aliveUntil(dan), since],
        [null, scene.deps.clock.now() - 30 * SECOND],
      );
      assert.equal(inTheRoom()?.has(hal.uid), false);
    });

    it("keeps the lease of someone who has just reconnected", async () => {
      await scene.lease(dan, null, 1_000);
      connectedSince(dan, scene.deps.clock.now());
      await sweep();
      assert.equal(await aliveUntil(dan), null);
      pass(30 * SECOND);
      await sweep();
      assert.equal(await aliveUntil(dan), null);
    });

    it("reads only the range of a person who has gone", async () => {
      const people = await connectedCrowd(1_000);
      inTheRoom()?.delete(people[500] ?? assert.fail());
      const reads = countReads(firestore);
      await sweep();
      // Five ranges of 200, of which one is read.
      const read = reads.stop();
      assert.ok(read > 200 && read < 220, `${read} reads`);
      assert.equal(typeof (await aliveUntil({ ...dan, uid: people[500] ?? "" })), "number");
    }).timeout(20_000);

    it("compares people who connected in the same millisecond", async () => {
      const people = await connectedCrowd(450);
      const all = await firestore.collection(`stages/${scene.showId}/leases`).get();
      const writer = firestore.bulkWriter();
      for (const { ref } of all.docs) void writer.update(ref, { connectedSince: 7 });
      await writer.close();
      for (const uid of [...people, scene.ada.uid]) scene.deps.rooms.connectedAt.set(uid, 7);
      inTheRoom()?.delete(people[300] ?? assert.fail());
      await sweep();
      assert.equal(typeof (await aliveUntil({ ...dan, uid: people[300] ?? "" })), "number");
      assert.equal(await aliveUntil({ ...dan, uid: people[299] ?? "" }), null);
    }).timeout(20_000);
  });

  describe("when one person cannot be repaired", () => {
    it("marks everyone else lost, on later pages too, and then reports the one", async () => {
      const people = await crowdIn(firestore, scene.showId, 250, scene.deps.clock.now() + SECOND);
      const [unreadable, unreadableBeat] = [people[0] ?? assert.fail(), people[1] ?? assert.fail()];
      await participantRef(firestore, scene.showId, unreadable).update({ role: "mascot" });
      await firestore
        .doc(`shows/${scene.showId}/activity/${unreadableBeat}`)
        .set({ seenAt: "now" });
      pass(2 * scene.deps.presenceGraceMs);
      await assert.rejects(sweep(), (error: AggregateError) => error.errors.length === 2);
      const left = await firestore.collection(`stages/${scene.showId}/leases`).get();
      assert.deepEqual(
        left.docs.map(({ id }) => id).sort(),
        [scene.ada.uid, unreadable, unreadableBeat].sort(),
      );
      assert.equal(await stateOf(dan), "lost");
    }).timeout(20_000);

    it("repairs everyone else whose webhook was lost", async () => {
      const eve = await scene.attendee("Eve");
      for (const person of [dan, eve]) connect(person);
      await participantRef(firestore, scene.showId, dan.uid).update({ role: "mascot" });
      await assert.rejects(sweep(), (error: AggregateError) => error.errors.length === 1);
      assert.equal(await aliveUntil(eve), null);
    });
  });
});
