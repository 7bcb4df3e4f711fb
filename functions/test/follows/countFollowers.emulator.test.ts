import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { followRef, userRef } from "../../src/collections.js";
import { countFollowers } from "../../src/follows/countFollowers.js";
import { sweepFollowers } from "../../src/follows/sweepFollowers.js";
import { quietFirestore, somebody, type Person } from "../support/backstage.js";
import { beforeCommit } from "../support/beforeCommit.js";
import { countReads } from "../support/countReads.js";
import { showEdges, type ShowEdges } from "../support/showEdges.js";

const CROWD = 1_010;

describe("the number of followers", () => {
  let firestore: Firestore;
  let deps: ShowEdges;
  let ada: Person;
  beforeEach(async () => {
    firestore = quietFirestore();
    deps = showEdges(firestore);
    ada = await somebody("Ada", firestore);
  });
  afterEach(() => firestore.terminate());

  const follows = async (from: number, to: number) => {
    const writer = firestore.bulkWriter();
    for (let index = from; index < to; index += 1) {
      const ref = followRef(firestore, `spotify_${index}`, ada.uid);
      void writer.set(ref, { createdAt: Timestamp.now(), creatorUid: ada.uid });
    }
    await writer.close();
  };
  const profile = () => userRef(firestore, ada.uid).get();
  const count = () => countFollowers(deps, ada);

  it("is right after repeated, late, lost and simultaneous events, and costs a read per thousand", async () => {
    await follows(0, CROWD);
    const reads = countReads(firestore);
    await count();
    // The profile, and the count. (The emulator reads nothing more for the update.)
    assert.equal(reads.stop(), 1 + 2);
    assert.equal((await profile()).data()?.followerCount, CROWD);
    await Promise.all([
      ...Array.from({ length: 8 }, (_, index) =>
        followRef(firestore, `spotify_${index}`, ada.uid).delete(),
      ),
      userRef(firestore, ada.uid).update({ bio: "Songs" }),
      count(),
      count(),
    ]);
    await Promise.all([count(), count(), count()]);
    const after = await profile();
    const { updateTime } = after;
    const data = after.data();
    assert.equal(data?.followerCount, CROWD - 8);
    assert.equal(data.bio, "Songs", "the owner's edit at the same time is kept");
    await count();
    assert.deepEqual((await profile()).updateTime, updateTime, "nothing to write");
  }).timeout(60_000);

  it("gives way to a newer count that was written in between", async () => {
    await follows(0, 3);
    const overtaken = beforeCommit(firestore, async () => {
      await followRef(firestore, "spotify_0", ada.uid).delete();
      await count();
    });
    await countFollowers({ ...deps, firestore: overtaken }, ada);
    assert.equal((await profile()).data()?.followerCount, 2);
  });

  it("asks for another count after a slow one, which others may have overtaken", async () => {
    await follows(0, 1);
    const clock = { ...deps.clock, now: slowly(deps.clock.now()) };
    await countFollowers({ ...deps, clock }, ada);
    assert.deepEqual(
      deps.queued.countFollowers.map(({ uid }) => uid),
      [ada.uid],
    );
  });

  it("does not recreate the profile of a deleted person", async () => {
    await follows(0, 1);
    await userRef(firestore, ada.uid).delete();
    await count();
    assert.equal((await profile()).exists, false);
  });

  it("is corrected each day for every creator with followers", async () => {
    const [ben, cleo] = await Promise.all([
      somebody("Ben", firestore),
      somebody("Cleo", firestore),
    ]);
    await Promise.all([
      follows(0, 3),
      userRef(firestore, ada.uid).update({ followerCount: 1 }),
      userRef(firestore, ben.uid).update({ followerCount: 7 }),
    ]);
    await sweepFollowers(deps);
    const counts = await Promise.all(
      [ada, ben, cleo].map(
        async ({ uid }) => (await userRef(firestore, uid).get()).data()?.followerCount,
      ),
    );
    assert.deepEqual(counts, [3, 0, 0]);
  });
});

/** A clock that advances by two seconds whenever it is read. */
function slowly(start: number): () => number {
  let now = start;
  return () => (now += 2_000);
}
