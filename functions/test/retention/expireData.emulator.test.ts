import assert from "node:assert/strict";
import { Timestamp, type DocumentData, type Firestore } from "firebase-admin/firestore";
import { showRef, stageRef } from "../../src/collections.js";
import { appealDecision } from "../../src/reports/appealDecision.js";
import { decideAppeal } from "../../src/reports/decideAppeal.js";
import { takeDownShow } from "../../src/reports/takeDownShow.js";
import { cancelUnstartedShows } from "../../src/privacy/cancelUnstartedShows.js";
import { newStage } from "../../src/contract/newStage.js";
import { expireData } from "../../src/retention/expireData.js";
import { cancelShow } from "../../src/shows/cancelShow.js";
import { quietFirestore, showIn, somebody, type Person } from "../support/backstage.js";
import { asAdmin } from "../support/callers.js";
import { manualClock } from "../support/manualClock.js";
import { everythingAbout } from "../support/everythingAbout.js";
import { showEdges } from "../support/showEdges.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const retention = {
  scheduledMs: DAY_MS,
  draftMs: 90 * DAY_MS,
  conversationMs: 30 * DAY_MS,
  playsMs: 90 * DAY_MS,
};
/** Every collection of a show, and of its stage. */
const conversation = [
  "activity",
  "bans",
  "comments",
  "feed",
  "filter",
  "participants",
  "reactions",
  "saves",
  "songRequests",
  "songVotes",
  "speakRequests",
];
const plays = ["playback", "playlist", "timeline"];
const onStage = ["leases", "measures", "playlists", "removedTracks"];

describe("data that has been kept long enough", () => {
  const clock = manualClock();
  let firestore: Firestore;
  let ada: Person;
  beforeEach(async () => {
    firestore = quietFirestore();
    ada = await somebody("Ada", firestore);
  });
  afterEach(() => firestore.terminate());

  const ago = (ms: number) => Timestamp.fromMillis(clock.now() - ms);
  const expire = () => expireData({ firestore, clock, retention });
  const showOf = async (showId: string) => (await showRef(firestore, showId).get()).data();
  const scheduled = (late: number) =>
    showIn("scheduled", ada, { scheduledFor: ago(late) }, firestore);
  const draft = (age: number) => showIn("draft", ada, { updatedAt: ago(age) }, firestore);

  /** A show that ended, with two documents in every collection. */
  const ended = async (age: number): Promise<string> => {
    const showId = await showIn("ended", ada, { endedAt: ago(age) }, firestore);
    await stageRef(firestore, showId).set({
      ...newStage(ada.uid),
      conversationSince: ago(age),
      playsSince: ago(age),
    });
    const writer = firestore.bulkWriter();
    const paths = [
      ...[...conversation, ...plays, "setlist", "summary"].map((name) => `shows/${showId}/${name}`),
      ...onStage.map((name) => `stages/${showId}/${name}`),
    ];
    for (const collection of paths) {
      for (const id of ["one", "two"]) {
        void writer.set(firestore.doc(`${collection}/${id}`), { text: "something" });
      }
    }
    await writer.close();
    return showId;
  };
  const collectionsOf = async (showId: string) => {
    const documents = Object.entries(await everythingAbout(firestore, showId));
    const existing = documents.filter(([, { updateTime }]) => updateTime !== undefined);
    const names = existing.map(([path]) => path.split("/").filter((_, place) => place !== 1));
    return [...new Set(names.map(([root, name]) => (name ? `${root}/${name}` : root)))].sort();
  };
  const show = ["shows", "shows/setlist", "shows/summary"];
  const inShow = (names: readonly string[]) => names.map((name) => `shows/${name}`);
  const stage = ["stages", ...onStage.map((name) => `stages/${name}`)];

  it("cancels a scheduled show a day after its time, and no other", async () => {
    const [late, inTime, upcoming] = await Promise.all([
      scheduled(DAY_MS),
      scheduled(DAY_MS - 1),
      scheduled(-DAY_MS),
    ]);
    const live = await showIn("live", ada, { scheduledFor: ago(2 * DAY_MS) }, firestore);
    const others = await Promise.all([inTime, upcoming, live].map(showOf));
    await expire();
    const { status, endReason, updatedAt } = (await showOf(late)) ?? {};
    assert.deepEqual([status, endReason], ["cancelled", "no_show"]);
    assert.equal(updatedAt?.toMillis(), clock.now());
    assert.deepEqual(await Promise.all([inTime, upcoming, live].map(showOf)), others);
  });

  it("deletes a draft that nobody has changed for long, and no other", async () => {
    const [old, recent] = await Promise.all([draft(90 * DAY_MS), draft(90 * DAY_MS - 1)]);
    await expire();
    assert.equal(await showOf(old), undefined);
    assert.equal((await showOf(recent))?.status, "draft");
  });

  it("deletes the conversation of an ended show first and its plays later, and keeps its summary and its setlist", async () => {
    const [recent, old, oldest] = await Promise.all([
      ended(30 * DAY_MS - 1),
      ended(30 * DAY_MS),
      ended(90 * DAY_MS),
    ]);
    await expire();
    const kept = [...show, ...inShow(plays), ...stage];
    assert.deepEqual(await collectionsOf(recent), [...kept, ...inShow(conversation)].sort());
    assert.deepEqual(await collectionsOf(old), kept.sort());
    assert.deepEqual(await collectionsOf(oldest), show);
    const olds = (await stageRef(firestore, old).get()).data();
    assert.deepEqual([olds?.conversationSince, olds?.playsSince], [null, ago(30 * DAY_MS)]);
    assert.deepEqual(olds?.spoke, [], "nobody is named after their place in the show is gone");
    for (const showId of [recent, old, oldest]) {
      assert.equal((await showOf(showId))?.status, "ended");
    }

    clock.advance(60 * DAY_MS);
    await expire();
    assert.deepEqual(await collectionsOf(old), show);
    clock.advance(-60 * DAY_MS);
  });

  it("deletes what is beneath a show that never started, however it was cancelled", async () => {
    const beneath = async (showId: string) => {
      const paths = [
        `shows/${showId}/playlist/current`,
        `shows/${showId}/filter/words`,
        `stages/${showId}/playlists/1`,
        `stages/${showId}/trackRequests/one`,
      ];
      const writer = firestore.bulkWriter();
      for (const path of paths) void writer.set(firestore.doc(path), { text: "something" });
      await writer.close();
      return showId;
    };
    const edges = { ...showEdges(firestore), clock };
    const admin = asAdmin(await somebody("Mo", firestore));
    const [cancelled, noShow, deleted, takenDown, reversed] = await Promise.all([
      scheduled(-DAY_MS).then(beneath),
      scheduled(DAY_MS).then(beneath),
      showIn("scheduled", await somebody("Dan", firestore), {}, firestore).then(beneath),
      draft(0).then(beneath),
      scheduled(-200 * DAY_MS).then(beneath),
    ]);
    const dan = (await showOf(deleted))?.creatorUid ?? "";
    await cancelShow(edges, ada, { showId: cancelled });
    await expire();
    await cancelUnstartedShows(edges, dan);
    await takeDownShow(edges, admin, { showId: takenDown, reason: "fraud" });
    const { reportId } = await takeDownShow(edges, admin, { showId: reversed, reason: "fraud" });
    await appealDecision(edges, ada, { reportId, text: "It is mine" });
    await decideAppeal(edges, admin, { reportId, outcome: "reversed", reason: "Proven" });

    const all = [cancelled, noShow, deleted, takenDown];
    for (const showId of all) assert.equal((await showOf(showId))?.status, "cancelled");
    const withoutReports = async (showId: string) =>
      (await collectionsOf(showId)).filter((name) => name !== "reports");
    const left = () => Promise.all(all.map(withoutReports));
    clock.advance(30 * DAY_MS);
    await expire();
    const afterConversation = [
      "shows",
      "shows/playlist",
      "stages",
      "stages/playlists",
      "stages/trackRequests",
    ];
    assert.deepEqual(
      await left(),
      all.map(() => afterConversation),
    );
    clock.advance(60 * DAY_MS);
    await expire();
    assert.deepEqual(
      await left(),
      all.map(() => ["shows"]),
    );
    assert.equal((await showOf(reversed))?.status, "scheduled");
    assert.deepEqual(await withoutReports(reversed), [
      "shows",
      "shows/filter",
      "shows/playlist",
      "stages/playlists",
      "stages/trackRequests",
    ]);
    clock.advance(-90 * DAY_MS);
  });

  it("continues where a run broke off", async () => {
    const showIds = await Promise.all([ended(100 * DAY_MS), ended(100 * DAY_MS)]);
    const recursiveDelete = firestore.recursiveDelete.bind(firestore);
    let deleted = 0;
    firestore.recursiveDelete = (ref) => {
      deleted += 1;
      return deleted % 3 === 0 ? Promise.reject(new Error("killed")) : recursiveDelete(ref);
    };
    await assert.rejects(expire(), AggregateError);
    firestore.recursiveDelete = recursiveDelete;
    assert.ok((await Promise.all(showIds.map(collectionsOf))).some((left) => left.length > 2));
    await expire();
    for (const showId of showIds) assert.deepEqual(await collectionsOf(showId), show);
  });

  it("writes nothing while nothing is due", async () => {
    const showIds = await Promise.all([scheduled(0), draft(0), ended(0)]);
    const everything = () =>
      Promise.all(showIds.map((showId) => everythingAbout(firestore, showId)));
    const before: DocumentData[] = await everything();
    await expire();
    assert.deepEqual(await everything(), before);
  });
});
