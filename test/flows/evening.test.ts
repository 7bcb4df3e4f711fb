import assert from "node:assert/strict";
import { doc, getDoc, setDoc } from "firebase/firestore";
import { feedDocument, joinShow, leaveShow } from "../../functions/src/audience/schema.js";
import { endShow, showDocument, startShow } from "../../functions/src/shows/schema.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import type { App } from "../../local/clientApp/app.js";
import { listenTo, listenToComments } from "../../local/clientApp/listening.js";
import { denied, refusal } from "../support/refusal.js";
import { signInAs } from "../../local/clientApp/signIn.js";
import {
  comment,
  deleteComment,
  draftShow,
  editShow,
  hideComment,
  scheduleShow,
} from "../../local/clientApp/writes.js";
import { runningSuite } from "../support/suite.js";

/** One evening over the client SDKs alone, as the app on each phone lives it. */
describe("an evening on Ambient", () => {
  let endpoints: Endpoints;
  let ben: App;
  let dan: App;
  let eve: App;
  let fay: App;
  let gus: App;
  let showId: string;

  before(async () => {
    endpoints = await runningSuite();
    [ben, dan, eve, fay, gus] = await Promise.all([
      signInAs(endpoints, "creator-ben"),
      signInAs(endpoints, "listener-dan"),
      signInAs(endpoints, "listener-eve"),
      signInAs(endpoints, "listener-fay"),
      signInAs(endpoints, "listener-gus"),
    ]);
  });
  after(() => Promise.all([ben, dan, eve, fay, gus].map((app) => app.close())));

  it("begins with the creator's sign-in: a profile for all, an account for the creator alone", async () => {
    const profile = await getDoc(doc(dan.db, "users", ben.uid));
    assert.equal(profile.get("displayName"), "Ben Lindqvist");
    assert.equal(
      (await getDoc(doc(ben.db, `users/${ben.uid}/private/account`))).get("spotifyLinked"),
      true,
    );
    await assert.rejects(getDoc(doc(dan.db, `users/${ben.uid}/private/account`)), denied);
  });

  it("is drafted and scheduled by direct writes; nobody else sees the draft", async () => {
    showId = await draftShow(ben, "Night drive");
    await assert.rejects(getDoc(doc(dan.db, "shows", showId)), denied);
    await scheduleShow(ben, showId, new Date(Date.now() + 3_600_000));
    assert.equal((await getDoc(doc(dan.db, "shows", showId))).get("status"), "scheduled");
  });

  it("cannot be joined, commented or started by a listener before it is live", async () => {
    await assert.rejects(dan.call(joinShow, { showId }), refusal("SHOW_NOT_LIVE"));
    await assert.rejects(dan.call(startShow, { showId }), refusal("NOT_CREATOR"));
    await assert.rejects(comment(dan, showId, "first!"), denied);
    await assert.rejects(editShow(dan, showId, { title: "Dan's show" }), denied);
    await assert.rejects(editShow(ben, showId, { status: "live" }), denied);
  });

  it("goes live, and whoever looks at the show sees it at once", async () => {
    const watching = listenTo(dan, `shows/${showId}`, showDocument);
    await ben.call(startShow, { showId });
    const live = await watching.first((show) => show?.status === "live");
    assert.equal(live?.hostUid, ben.uid);
    watching.stop();
  });

  it("is joined by three listeners, and counted", async () => {
    for (const listener of [dan, eve, fay]) {
      const answer = await listener.call(joinShow, { showId });
      assert.deepEqual([answer.role, answer.audio.canPublish], ["listener", false]);
    }
    const feed = listenTo(dan, `shows/${showId}/feed/latest`, feedDocument);
    await feed.first((latest) => latest?.audience.listeners === 3);
    feed.stop();
  });

  it("is talked about: each comment reaches each phone, and only those who joined", async () => {
    const onPhones = [ben, dan, eve, fay].map((app) => listenToComments(app, showId, "visible"));
    const strangers = listenToComments(gus, showId, "visible");
    await comment(dan, showId, "hello from Dan");
    await comment(eve, showId, "hello from Eve");
    for (const phone of onPhones) {
      await phone.first(
        (texts) => texts.includes("hello from Dan") && texts.includes("hello from Eve"),
      );
      phone.stop();
    }
    denied(await strangers.failed());
    assert.deepEqual(strangers.snapshots, []);
    await assert.rejects(comment(gus, showId, "let me in"), denied);
  });

  it("is calmed by slow mode: one who is too fast is refused, the others are not", async () => {
    const settings = {
      commentsEnabled: true,
      slowModeSeconds: 300,
      speakRequestsOpen: true,
      maxSpeakers: 5,
    };
    await assert.rejects(editShow(dan, showId, { settings }), denied);
    await editShow(ben, showId, { settings });
    await assert.rejects(comment(dan, showId, "and another thing"), denied);
    await comment(fay, showId, "my first");
    await editShow(ben, showId, { settings: { ...settings, slowModeSeconds: 0 } });
    await comment(dan, showId, "patience");
  });

  it("is moderated: hidden for listeners within one snapshot, kept for hosts and its author", async () => {
    const dans = listenToComments(dan, showId, "visible");
    const bens = listenToComments(ben, showId, "all");
    const rude = await comment(eve, showId, "something rude");
    await dans.first((texts) => texts.includes("something rude"));
    await assert.rejects(hideComment(dan, showId, rude), denied);
    await hideComment(ben, showId, rude);
    const withIt = dans.snapshots.findLastIndex((texts) => texts.includes("something rude"));
    const withoutIt = await dans.first((texts) => !texts.includes("something rude"), withIt);
    assert.deepEqual(
      withoutIt,
      dans.snapshots[withIt]?.filter((text) => text !== "something rude"),
    );
    assert.equal(
      dans.snapshots.lastIndexOf(withoutIt),
      withIt + 1,
      "one snapshot later it is gone",
    );
    assert.ok(bens.snapshots.at(-1)?.includes("something rude"));
    assert.equal(
      (await getDoc(doc(eve.db, `shows/${showId}/comments/${rude}`))).get("text"),
      "something rude",
    );
    await assert.rejects(getDoc(doc(dan.db, `shows/${showId}/comments/${rude}`)), denied);
    dans.stop();
    bens.stop();
  });

  it("has a pin that comes off when its comment is hidden or deleted", async () => {
    const pins = listenTo(dan, `shows/${showId}`, showDocument);
    for (const takeAway of [hideComment, deleteComment]) {
      const pinned = await comment(fay, showId, "pin me");
      await assert.rejects(editShow(dan, showId, { pinnedCommentId: pinned }), denied);
      await editShow(ben, showId, { pinnedCommentId: pinned });
      await pins.first((show) => show?.pinnedCommentId === pinned);
      const before = pins.snapshots.length;
      await takeAway(takeAway === deleteComment ? fay : ben, showId, pinned);
      await pins.first((show) => show?.pinnedCommentId === null, before);
    }
    pins.stop();
  });

  it("loses one who leaves: he is not counted, and reads and writes no more", async () => {
    await fay.call(leaveShow, { showId });
    const feed = listenTo(dan, `shows/${showId}/feed/latest`, feedDocument);
    await feed.first((latest) => latest?.audience.listeners === 2);
    feed.stop();
    const gone = listenToComments(fay, showId, "visible");
    denied(await gone.failed());
    await assert.rejects(comment(fay, showId, "still here"), denied);
  });

  it("ends: everyone sees it, those present may still read, nobody writes, and the creator gets the summary", async () => {
    const watching = listenTo(eve, `shows/${showId}`, showDocument);
    await assert.rejects(dan.call(endShow, { showId }), refusal("NOT_HOST"));
    const { summary } = await ben.call(endShow, { showId });
    await watching.first((show) => show?.status === "ended");
    watching.stop();
    assert.deepEqual([summary.listeners, summary.peak, summary.speakers], [3, 3, 1]);
    assert.equal(summary.comments, 6);

    const after = listenToComments(dan, showId, "visible");
    assert.deepEqual(await after.first(() => true), [
      "hello from Dan",
      "hello from Eve",
      "my first",
      "patience",
    ]);
    after.stop();
    await assert.rejects(comment(dan, showId, "encore!"), denied);
    await assert.rejects(dan.call(joinShow, { showId: showId }), refusal("SHOW_NOT_LIVE"));
    const final = doc(ben.db, `shows/${showId}/summary/final`);
    assert.deepEqual((await getDoc(final)).data(), summary);
    await assert.rejects(getDoc(doc(dan.db, `shows/${showId}/summary/final`)), denied);
    await assert.rejects(setDoc(final, { ...summary, listeners: 1_000_000 }), denied);
  });
});
