import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { joinShow } from "../../src/audience/joinShow.js";
import { leaveShow } from "../../src/audience/leaveShow.js";
import { recountAudience } from "../../src/audience/recountAudience.js";
import { sweepShows } from "../../src/shows/sweepShows.js";
import { feedRef, participantRef, showRef } from "../../src/collections.js";
import {
  participantIn,
  quietFirestore,
  showIn,
  somebody,
  type Person,
} from "../support/backstage.js";
import { showEdges, type ShowEdges } from "../support/showEdges.js";

const audienceIntervalMs = 5_000;

describe("the audience count", () => {
  let firestore: Firestore;
  let edges: ShowEdges;
  let clock: ShowEdges["clock"];
  let ada: Person;
  let showId: string;
  let armed: ShowEdges["queued"]["recounts"];

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    edges = showEdges(firestore);
    clock = edges.clock;
    armed = edges.queued.recounts;
    ada = await somebody("Ada", firestore);
    showId = await liveShow(ada);
  });

  const deps = () => edges;
  const liveShow = async (creator: Person) => {
    const audience = { listeners: 0, peak: 0, countedAt: Timestamp.fromMillis(clock.now()) };
    const id = await showIn("live", creator, { audience }, firestore);
    await feedRef(firestore, id).update({ audience });
    return id;
  };
  const join = async (count: number) => {
    const people = await Promise.all(
      Array.from({ length: count }, (_, index) => somebody(`L${index}`, firestore)),
    );
    await Promise.all(people.map((person) => participantIn(showId, person, {}, firestore)));
    return people;
  };
  const leave = (person: Person) =>
    participantRef(firestore, showId, person.uid).update({ state: "left" });
  const counted = async () => {
    const [feed, show] = await Promise.all([
      feedRef(firestore, showId).get(),
      showRef(firestore, showId).get(),
    ]);
    return {
      feed: feed.data()?.audience.listeners,
      peak: feed.data()?.audience.peak,
      show: show.data()?.audience?.listeners,
      showPeak: show.data()?.audience?.peak,
    };
  };
  const recount = () => recountAudience(deps(), showId);

  it("counts everyone who is present, but not the creator", async () => {
    const [first] = await join(3);
    assert.ok(first);
    await leave(first);
    clock.advance(audienceIntervalMs);
    await recount();
    assert.equal((await counted()).feed, 2);
  });

  it("is written into the feed once per interval, however often it is asked for", async () => {
    await join(2);
    clock.advance(audienceIntervalMs);
    await recount();
    const { updateTime } = await feedRef(firestore, showId).get();
    await join(1);
    clock.advance(audienceIntervalMs / 2);
    const again = await recount();
    assert.deepEqual((await feedRef(firestore, showId).get()).updateTime, updateTime);
    assert.ok(again);
    clock.advance(again - clock.now());
    await recount();
    assert.equal((await counted()).feed, 3);
  });

  it("is written into the show at most every 30 s, and then it is", async () => {
    await join(4);
    clock.advance(audienceIntervalMs);
    await recount();
    assert.deepEqual(await counted(), { feed: 4, peak: 4, show: 0, showPeak: 0 });
    clock.advance(24_999);
    await recount();
    assert.equal((await counted()).show, 0);
    clock.advance(1);
    await sweepShows(deps());
    assert.deepEqual(await counted(), { feed: 4, peak: 4, show: 4, showPeak: 4 });
    await join(1);
    clock.advance(29_999);
    await recount();
    assert.deepEqual(await counted(), { feed: 5, peak: 5, show: 4, showPeak: 4 });
  });

  it("keeps the peak when they go", async () => {
    const people = await join(3);
    clock.advance(audienceIntervalMs);
    await recount();
    await Promise.all(people.map(leave));
    clock.advance(audienceIntervalMs);
    await recount();
    assert.deepEqual(await counted(), { feed: 0, peak: 3, show: 0, showPeak: 0 });
  });

  it("asks for no further count when nothing changed", async () => {
    clock.advance(audienceIntervalMs);
    const { updateTime } = await feedRef(firestore, showId).get();
    assert.equal(await recount(), null);
    assert.deepEqual((await feedRef(firestore, showId).get()).updateTime, updateTime);
  });

  it("asks to look again while it moves, so that a lost event is mended an interval later", async () => {
    await join(1);
    // 7.3 s after a start on the interval's edge: 2.7 s before the next edge.
    clock.advance(7_300);
    assert.equal(await recount(), clock.now() + 2_700);
  });

  it("is asked for by who joins and leaves, though no event ever comes", async () => {
    const dan = await somebody("Dan", firestore);
    await joinShow(deps(), { uid: dan.uid, isAdmin: false }, { showId });
    assert.deepEqual(armed, [{ showId, notBefore: clock.now() }]);
    await leaveShow(deps(), { uid: dan.uid, isAdmin: false }, { showId });
    assert.equal(armed.length, 2);
  });

  it("does not keep one out when the queue does not answer", async () => {
    const dan = await somebody("Dan", firestore);
    const mute = { ...deps(), recounts: { enqueue: () => Promise.reject(new Error("mute")) } };
    const { role } = await joinShow(mute, { uid: dan.uid, isAdmin: false }, { showId });
    assert.equal(role, "listener");
  });

  it("is right when ten deliveries of one event count at once", async () => {
    await join(5);
    clock.advance(audienceIntervalMs);
    await Promise.all(Array.from({ length: 10 }, recount));
    assert.equal((await counted()).feed, 5);
  });

  it("does nothing for a show that has ended, or never was", async () => {
    await join(1);
    await showRef(firestore, showId).update({ status: "ended" });
    clock.advance(audienceIntervalMs);
    assert.equal(await recount(), null);
    assert.equal((await counted()).feed, 0);
    assert.equal(await recountAudience(deps(), "no-such-show"), null);
  });

  it("is swept for all live shows, which makes good for events that never came", async () => {
    await join(2);
    clock.advance(audienceIntervalMs);
    await sweepShows(deps());
    assert.equal((await counted()).feed, 2);
    assert.ok(armed.some((task) => task.showId === showId));
  });

  it("is swept for the others when one show cannot be counted", async () => {
    const broken = await liveShow(await somebody("Ben", firestore));
    await firestore.doc(`shows/${broken}`).update({ title: 7 });
    await join(2);
    clock.advance(audienceIntervalMs);
    await assert.rejects(sweepShows(deps()), AggregateError);
    assert.equal((await counted()).feed, 2);
  });
});
