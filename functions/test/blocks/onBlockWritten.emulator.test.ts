import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { joinShow } from "../../src/audience/joinShow.js";
import {
  blockRef,
  hiddenRef,
  inboxRef,
  liveShowRef,
  notificationRef,
  participantRef,
} from "../../src/collections.js";
import { MAX_HIDDEN } from "../../src/contract/blocks.js";
import { sweepBlocks } from "../../src/blocks/sweepBlocks.js";
import { onBlockWritten } from "../../src/blocks/onBlockWritten.js";
import { refuses } from "../support/refuses.js";
import {
  participantIn,
  quietFirestore,
  showIn,
  somebody,
  type Person,
} from "../support/backstage.js";
import { countedDependencies } from "../support/countedDependencies.js";

describe("a block", () => {
  let firestore: Firestore;
  let ada: Person;
  let dan: Person;
  let showId: string;
  const deps = () => countedDependencies(firestore);
  beforeEach(async () => {
    firestore = quietFirestore();
    [ada, dan] = await Promise.all([somebody("Ada", firestore), somebody("Dan", firestore)]);
    showId = await showIn("live", ada, {}, firestore);
  });
  afterEach(() => firestore.terminate());

  const eventOf = (by: Person, other: Person) =>
    onBlockWritten(deps(), { params: { uid: by.uid, otherUid: other.uid } });
  const block = async (by: Person, other: Person) => {
    await blockRef(firestore, by.uid, other.uid).set({ createdAt: Timestamp.now() });
    await eventOf(by, other);
  };
  const lift = async (by: Person, other: Person) => {
    await blockRef(firestore, by.uid, other.uid).delete();
    await eventOf(by, other);
  };
  const hiddenFrom = async ({ uid }: Person) =>
    (await hiddenRef(firestore, uid).get()).data()?.uids ?? [];
  const bothSides = async () => [await hiddenFrom(ada), await hiddenFrom(dan)];
  const stateOf = async ({ uid }: Person) =>
    (await participantRef(firestore, showId, uid).get()).data()?.state;
  const join = ({ uid }: Person) => joinShow(deps(), { uid }, { showId });

  it("is carried out by the hourly sweep if its event was lost", async () => {
    await participantIn(showId, dan, {}, firestore);
    await blockRef(firestore, ada.uid, dan.uid).set({ createdAt: Timestamp.now() });
    await sweepBlocks(deps());
    assert.deepEqual(await bothSides(), [[dan.uid], [ada.uid]]);
    assert.equal(await stateOf(dan), "removed");
  });

  it("is left alone by the sweep once it is older than two hours", async () => {
    const createdAt = Timestamp.fromMillis(Date.now() - 121 * 60_000);
    await blockRef(firestore, ada.uid, dan.uid).set({ createdAt });
    await sweepBlocks(deps());
    assert.deepEqual(await bothSides(), [[], []]);
  });

  it("hides two people from each other until neither blocks the other", async () => {
    await block(ada, dan);
    assert.deepEqual(await bothSides(), [[dan.uid], [ada.uid]]);
    await block(dan, ada);
    await lift(ada, dan);
    assert.deepEqual(await bothSides(), [[dan.uid], [ada.uid]]);
    await lift(dan, ada);
    assert.deepEqual(await bothSides(), [[], []]);
  });

  it("deletes from both inboxes what is about the other's shows, and nothing else", async () => {
    const eve = await somebody("Eve", firestore);
    const notify = (person: Person, creator: Person) =>
      notificationRef(firestore, person.uid, `live_${creator.uid}`).set({
        kind: "live",
        showId,
        title: "Night drive",
        creatorUid: creator.uid,
        creator: { displayName: creator.displayName, photoUrl: null },
        scheduledFor: null,
        createdAt: Timestamp.now(),
        pushAttempts: 1,
        readAt: null,
        expiresAt: Timestamp.now(),
      });
    await Promise.all([notify(dan, ada), notify(dan, eve), notify(ada, dan)]);
    await block(dan, ada);
    const inboxes = await Promise.all(
      [dan, ada].map(async ({ uid }) => (await inboxRef(firestore, uid).get()).docs),
    );
    assert.deepEqual(
      inboxes.map((entries) => entries.map((entry) => entry.data().creatorUid)),
      [[eve.uid], []],
    );
  });

  it("follows the current documents, however late or often its events arrive", async () => {
    await block(ada, dan);
    await eventOf(ada, dan);
    assert.deepEqual(await bothSides(), [[dan.uid], [ada.uid]]);
    await lift(ada, dan);
    await eventOf(ada, dan);
    assert.deepEqual(await bothSides(), [[], []]);
  });

  it("drops the oldest person once the list is full", async () => {
    const uids = Array.from({ length: MAX_HIDDEN }, (_, index) => `spotify_${index}`);
    await hiddenRef(firestore, ada.uid).set({ uids });
    await block(ada, dan);
    assert.deepEqual(await hiddenFrom(ada), [...uids.slice(1), dan.uid]);
  });

  for (const [who, blocker] of [
    ["the creator", () => ada],
    ["the listener", () => dan],
  ] as const) {
    it(`by ${who} keeps the listener out of the creator's show, until it is lifted`, async () => {
      const other = blocker() === ada ? dan : ada;
      await block(blocker(), other);
      await assert.rejects(join(dan), refuses("BLOCKED"));
      assert.equal(await stateOf(dan), undefined);
      await lift(blocker(), other);
      assert.equal((await join(dan)).role, "listener");
    });
  }

  it("by the creator removes a person who is present", async () => {
    await participantIn(showId, dan, {}, firestore);
    await block(ada, dan);
    assert.equal(await stateOf(dan), "removed");
    assert.equal(await stateOf(ada), "present");
  });

  it("by a listener makes them leave", async () => {
    await participantIn(showId, dan, {}, firestore);
    await block(dan, ada);
    assert.equal(await stateOf(dan), "left");
  });

  it("touches nobody in another person's show", async () => {
    const [ben, cleo] = await Promise.all([
      somebody("Ben", firestore),
      somebody("Cleo", firestore),
    ]);
    await Promise.all([ben, cleo].map((person) => participantIn(showId, person, {}, firestore)));
    await block(ben, cleo);
    assert.deepEqual([await stateOf(ben), await stateOf(cleo)], ["present", "present"]);
  });

  it("ignores a show that ended at the same moment", async () => {
    await participantIn(showId, dan, {}, firestore);
    const ended = await showIn("ended", ada, {}, firestore);
    await participantIn(ended, dan, {}, firestore);
    await liveShowRef(firestore, ada.uid).set({ showId: ended });
    await block(ada, dan);
    assert.deepEqual(await bothSides(), [[dan.uid], [ada.uid]]);
  });
});
