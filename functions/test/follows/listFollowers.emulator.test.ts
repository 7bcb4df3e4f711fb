import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { followRef, hiddenRef, userRef } from "../../src/collections.js";
import { listFollowers } from "../../src/follows/listFollowers.js";
import { refuses } from "../support/refuses.js";
import { quietFirestore, somebody, type Person } from "../support/backstage.js";

describe("a creator's followers", () => {
  let firestore: Firestore;
  let ada: Person;
  let followers: Person[];
  before(async () => {
    firestore = quietFirestore();
    ada = await somebody("Ada", firestore);
    followers = await Promise.all(
      Array.from({ length: 7 }, (_, index) => somebody(`Fan ${index}`, firestore)),
    );
    await Promise.all(
      followers.map(({ uid }, index) =>
        followRef(firestore, uid, ada.uid).set({
          // Two at a time, so that a page may end between two of the same moment.
          createdAt: Timestamp.fromMillis(1_000 * Math.floor(index / 2)),
          creatorUid: ada.uid,
        }),
      ),
    );
    const [other] = followers;
    assert.ok(other);
    await followRef(firestore, ada.uid, other.uid).set({
      createdAt: Timestamp.now(),
      creatorUid: other.uid,
    });
  });
  after(() => firestore.terminate());

  const page = (request: Parameters<typeof listFollowers>[2]) =>
    listFollowers({ firestore }, ada, request);
  const everyone = async (limit: number) => {
    const pages = [await page({ limit })];
    for (let cursor = pages[0]?.cursor; cursor; cursor = pages.at(-1)?.cursor) {
      pages.push(await page({ limit, cursor }));
    }
    return pages;
  };

  it("come in pages, the latest first, each once", async () => {
    for (const limit of [1, 2, 3, 7, 100]) {
      const pages = await everyone(limit);
      const all = pages.flatMap((one) => one.followers);
      assert.deepEqual(
        new Set(all.map(({ displayName }) => displayName)),
        new Set(followers.map(({ displayName }) => displayName)),
      );
      assert.equal(all.length, followers.length, `in pages of ${limit}`);
      assert.equal(pages.length, Math.ceil(followers.length / limit));
      const times = all.map(({ followedAt }) => followedAt);
      assert.deepEqual(
        times,
        times.toSorted((a, b) => b - a),
      );
    }
    assert.deepEqual(Object.keys((await page({})).followers[0] ?? {}), [
      "uid",
      "displayName",
      "photoUrl",
      "followedAt",
    ]);
  });

  it("continue where the page ended, even if its last person has since unfollowed", async () => {
    const { followers: newest, cursor } = await page({ limit: 3 });
    const last = newest.at(-1);
    assert.ok(last && cursor);
    const ref = followRef(firestore, last.uid, ada.uid);
    const follow = (await ref.get()).data();
    assert.ok(follow);
    await ref.delete();
    assert.equal((await page({ limit: 10, cursor })).followers.length, followers.length - 3);
    await ref.set(follow);
  });

  it("leave out whom a block hides, and whose deletion is pending", async () => {
    const [first, second] = followers;
    assert.ok(first && second);
    await hiddenRef(firestore, ada.uid).set({ uids: [first.uid] });
    const profile = (await userRef(firestore, second.uid).get()).data();
    assert.ok(profile);
    await userRef(firestore, second.uid).delete();
    const { followers: shown } = await page({});
    assert.equal(shown.length, followers.length - 2);
    assert.ok(!shown.some(({ uid }) => uid === first.uid || uid === second.uid));
    await Promise.all([
      hiddenRef(firestore, ada.uid).delete(),
      userRef(firestore, second.uid).set(profile),
    ]);
  });

  it("refuse a cursor that is not one of theirs", async () => {
    const message = "must be the cursor of an earlier page";
    for (const cursor of [
      "report-1",
      "1.2",
      "999999999999.0.x",
      "-1.0.x",
      "1.0.a/b",
      "1.0.__x__",
    ]) {
      await assert.rejects(
        page({ cursor }),
        refuses("INVALID_ARGUMENT", { issues: [{ path: "cursor", message }] }),
        cursor,
      );
    }
  });

  it("are nobody else's", async () => {
    const [other] = followers;
    assert.ok(other);
    const { followers: theirs } = await listFollowers({ firestore }, other, {});
    assert.deepEqual(
      theirs.map(({ uid }) => uid),
      [ada.uid],
    );
  });
});
