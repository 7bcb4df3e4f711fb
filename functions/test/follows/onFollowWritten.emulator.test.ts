import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { deletionRef, followRef, userRef } from "../../src/collections.js";
import { onFollowWritten } from "../../src/follows/onFollowWritten.js";
import { firestore as suite, quietFirestore, somebody, type Person } from "../support/backstage.js";
import { eventually } from "../support/eventually.js";

describe("a follow", () => {
  let firestore: Firestore;
  let ada: Person;
  let dan: Person;
  beforeEach(async () => {
    firestore = quietFirestore();
    [ada, dan] = await Promise.all([somebody("Ada", firestore), somebody("Dan", firestore)]);
  });
  afterEach(() => firestore.terminate());

  const follow = () =>
    followRef(firestore, dan.uid, ada.uid).set({ createdAt: Timestamp.fromMillis(1_000) });
  const eventComes = () =>
    onFollowWritten({ firestore }, { params: { uid: dan.uid, creatorUid: ada.uid } });
  const stored = async () => (await followRef(firestore, dan.uid, ada.uid).get()).data();

  it("names its creator, however often and late its event comes", async () => {
    await follow();
    await eventComes();
    await eventComes();
    const createdAt = Timestamp.fromMillis(1_000);
    assert.deepEqual(await stored(), { createdAt, creatorUid: ada.uid });
    await followRef(firestore, dan.uid, ada.uid).delete();
    await eventComes();
    assert.equal(await stored(), undefined);
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
    await deletionRef(firestore, ada.uid).update({ begunAt: now, profile: null });
    await eventComes();
    assert.equal(await stored(), undefined);
  });

  it("is completed by the deployed function", async () => {
    const [creator, follower] = await Promise.all([somebody("Ada"), somebody("Dan")]);
    const ref = followRef(suite, follower.uid, creator.uid);
    await ref.set({ createdAt: Timestamp.now() });
    await eventually("the creator's uid", async () => (await ref.get()).data()?.creatorUid);
  });
});
