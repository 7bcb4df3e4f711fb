import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import {
  blockRef,
  deletionRef,
  followRef,
  followsRef,
  hiddenRef,
  userRef,
} from "../../src/collections.js";
import { MAX_FOLLOWED } from "../../src/contract/follows.js";
import { onBlockWritten } from "../../src/blocks/onBlockWritten.js";
import { onFollowWritten } from "../../src/follows/onFollowWritten.js";
import { quietFirestore, somebody, type Person } from "../support/backstage.js";
import { showEdges, type ShowEdges } from "../support/showEdges.js";

describe("a follow", () => {
  let firestore: Firestore;
  let deps: ShowEdges;
  let ada: Person;
  let dan: Person;
  beforeEach(async () => {
    firestore = quietFirestore();
    deps = showEdges(firestore);
    [ada, dan] = await Promise.all([somebody("Ada", firestore), somebody("Dan", firestore)]);
  });
  afterEach(() => firestore.terminate());

  const follow = () =>
    followRef(firestore, dan.uid, ada.uid).set({ createdAt: Timestamp.fromMillis(1_000) });
  const eventComes = () => onFollowWritten(deps, { params: { uid: dan.uid, creatorUid: ada.uid } });
  const stored = async () => (await followRef(firestore, dan.uid, ada.uid).get()).data();
  const listOf = async ({ uid }: Person) =>
    (await followsRef(firestore, uid).get()).data()?.creatorUids;

  it("names its creator and is in the follower's list, however often and late its event comes", async () => {
    await follow();
    await eventComes();
    await eventComes();
    const createdAt = Timestamp.fromMillis(1_000);
    assert.deepEqual(await stored(), { createdAt, creatorUid: ada.uid });
    assert.deepEqual(await listOf(dan), [ada.uid]);
    await followRef(firestore, dan.uid, ada.uid).delete();
    await eventComes();
    await eventComes();
    assert.equal(await stored(), undefined);
    assert.equal(await listOf(dan), undefined);
  });

  it("asks for a count at the end of an interval that grows with the number of followers", async () => {
    const now = deps.clock.now();
    await follow();
    await eventComes();
    await userRef(firestore, ada.uid).update({ followerCount: 100_000 });
    await eventComes();
    const dueIn = deps.queued.countFollowers.map(({ uid, dueAt }) => [uid, dueAt - now]);
    assert.deepEqual(dueIn, [
      [ada.uid, 5_000],
      [ada.uid, 500_000 - (now % 500_000)],
    ]);
  });

  it("costs one task in a crowd, and leaves the creator's profile alone", async () => {
    const before = (await userRef(firestore, ada.uid).get()).updateTime;
    await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const uid = `spotify_${index}`;
        const follow = { createdAt: Timestamp.now(), creatorUid: ada.uid };
        await followRef(firestore, uid, ada.uid).set(follow);
        await onFollowWritten(deps, { params: { uid, creatorUid: ada.uid } });
      }),
    );
    const tasks = deps.queued.countFollowers.map(({ uid, dueAt }) => `${uid} ${dueAt}`);
    // Cloud Tasks takes the name of a task, which is made of these, once.
    assert.deepEqual([tasks.length, new Set(tasks).size], [30, 1]);
    assert.deepEqual((await userRef(firestore, ada.uid).get()).updateTime, before);
  });

  it("drops the earliest creator from the list once it is full, and not the follow", async () => {
    const creatorUids = Array.from({ length: MAX_FOLLOWED }, (_, index) => `spotify_${index}`);
    await followsRef(firestore, dan.uid).set({ creatorUids, updatedAt: Timestamp.now() });
    await follow();
    await eventComes();
    assert.deepEqual(await listOf(dan), [...creatorUids.slice(1), ada.uid]);
  });

  it("goes with the creator's account, but not while the deletion can be cancelled", async () => {
    const profile = (await userRef(firestore, ada.uid).get()).data();
    assert.ok(profile);
    await follow();
    await userRef(firestore, ada.uid).delete();
    const now = Timestamp.now();
    const waiting = { requestedAt: now, dueAt: now, begunAt: null, isOut: true, profile };
    await deletionRef(firestore, ada.uid).set(waiting);
    await eventComes();
    assert.equal((await stored())?.creatorUid, ada.uid);
    await follow();
    await deletionRef(firestore, ada.uid).update({ begunAt: now, profile: null });
    await eventComes();
    assert.equal(await stored(), undefined);
    assert.equal(await listOf(dan), undefined);
  });

  it("ends in both directions with a block by either person, and does not return with a late event", async () => {
    await follow();
    await eventComes();
    await followRef(firestore, ada.uid, dan.uid).set({ createdAt: Timestamp.now() });
    await blockRef(firestore, ada.uid, dan.uid).set({ createdAt: Timestamp.now() });
    await onBlockWritten(deps, { params: { uid: ada.uid, otherUid: dan.uid } });
    assert.equal(await stored(), undefined);
    assert.equal((await followRef(firestore, ada.uid, dan.uid).get()).exists, false);
    await eventComes();
    assert.equal(await listOf(dan), undefined);
    // It was created before the rules could see the block.
    assert.deepEqual((await hiddenRef(firestore, dan.uid).get()).data()?.uids, [ada.uid]);
    await follow();
    await eventComes();
    assert.equal(await stored(), undefined);
  });
});
