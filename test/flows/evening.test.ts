import assert from "node:assert/strict";
import {
  collection,
  doc,
  getDoc,
  getDocs,
  query,
  setDoc,
  updateDoc,
  where,
} from "firebase/firestore";
import type { Comment } from "../../client/src/comments/comment.js";
import type { Show } from "../../client/src/show/show.js";
import { phoneOf, type Phone } from "../../local/clientApp/ambient.js";
import { watch } from "../../local/clientApp/listening.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { letASecondPass } from "../support/adminSide.js";
import { because, denied } from "../support/refusal.js";
import { runningSuite } from "../support/suite.js";

/**
 * One evening through the client package, as each phone experiences it. Whatever the package cannot
 * do is written directly.
 */
describe("an evening on Ambient", () => {
  let ben: Phone, dan: Phone, eve: Phone, fay: Phone, gus: Phone;
  let bens: Show, dans: Show, eves: Show, fays: Show;
  let showId: string;
  let endpoints: Endpoints;

  before(async () => {
    endpoints = await runningSuite();
    [ben, dan, eve, fay, gus] = await Promise.all([
      phoneOf(endpoints, "creator-ben"),
      phoneOf(endpoints, "listener-dan"),
      phoneOf(endpoints, "listener-eve"),
      phoneOf(endpoints, "listener-fay"),
      phoneOf(endpoints, "listener-gus"),
    ]);
  });
  after(() => Promise.all([ben, dan, eve, fay, gus].map((phone) => phone.close())));

  const read = ({ app }: Phone, path: string) => getDoc(doc(app.db, path));
  const readComments = ({ app }: Phone) =>
    getDocs(query(collection(app.db, `shows/${showId}/comments`), where("hidden", "==", false)));
  const textsOf = (comments: readonly Comment[]) => comments.map(({ text }) => text).sort();
  const counted = async (show: Show, listeners: number) => {
    const feed = watch(show.feed);
    await feed.first((latest) => latest?.audience.listeners === listeners);
    feed.stop();
  };

  it("starts with a public profile and a private account from the creator's sign-in", async () => {
    assert.equal((await read(dan, `users/${ben.uid}`)).get("displayName"), "Ben Lindqvist");
    const account = `users/${ben.uid}/private/account`;
    assert.equal((await read(ben, account)).get("spotifyLinked"), true);
    await assert.rejects(read(dan, account), denied);
  });

  it("shows a show to others once it is announced, not while it is a draft", async () => {
    showId = await ben.ambient.shows.create({ title: "Night drive" });
    await assert.rejects(read(dan, `shows/${showId}`), denied);
    await ben.ambient.shows.edit(showId, { scheduledFor: new Date(Date.now() + 3_600_000) });
    assert.equal((await read(dan, `shows/${showId}`)).get("status"), "scheduled");
  });

  it("does not let a listener join, edit or start a show before it is live", async () => {
    await assert.rejects(dan.ambient.join(showId), because("SHOW_NOT_LIVE"));
    await assert.rejects(dan.ambient.start(showId), because("NOT_CREATOR"));
    const edit = dan.ambient.shows.edit(showId, { title: "Dan's show" });
    await assert.rejects(edit, because("PERMISSION_DENIED"));
    await assert.rejects(
      updateDoc(doc(ben.app.db, "shows", showId), { status: "live" }),
      denied,
      "not even its creator can make it live without the server",
    );
  });

  it("goes live, and everyone who watches the show sees it at once", async () => {
    const watching = watch(dan.ambient.shows.show(showId));
    bens = await ben.ambient.start(showId);
    const live = await watching.first((show) => show?.status === "live");
    assert.equal(live?.hostUid, ben.uid);
    watching.stop();
  });

  it("counts three listeners who join", async () => {
    dans = await dan.ambient.join(showId);
    eves = await eve.ambient.join(showId);
    fays = await fay.ambient.join(showId);
    for (const { me } of [dans, eves, fays]) {
      assert.deepEqual([me.current.role, me.current.canPublish], ["listener", false]);
    }
    await counted(dans, 3);
  });

  it("delivers each comment to each participant, and to nobody else", async () => {
    const onPhones = [bens, dans, eves, fays].map(({ comments }) => watch(comments.latest));
    await dans.comments.send("hello from Dan");
    await eves.comments.send("hello from Eve");
    for (const phone of onPhones) {
      await phone.first((comments) => comments.length === 2);
      assert.deepEqual(textsOf(phone.snapshots.at(-1) ?? []), ["hello from Dan", "hello from Eve"]);
      phone.stop();
    }
    await assert.rejects(readComments(gus), denied);
  });

  it("refuses comments that slow mode does not allow, and lets the others through", async () => {
    await assert.rejects(dans.configure({ slowModeSeconds: 300 }), because("PERMISSION_DENIED"));
    const slow = watch(dans.details);
    await bens.configure({ slowModeSeconds: 300 });
    await slow.first(({ settings }) => settings?.slowModeSeconds === 300);
    slow.stop();
    await assert.rejects(dans.comments.send("and another thing"), because("SLOW_MODE"));
    await fays.comments.send("my first");
    await bens.configure({ slowModeSeconds: 0 });
    await letASecondPass(endpoints, showId, dan.uid);
    await dans.comments.send("patience");
  });

  it("hides a comment from listeners within one snapshot, but not from hosts and its author", async () => {
    const seenByDan = watch(dans.comments.latest);
    const seenByBen = watch(bens.comments.latest);
    await letASecondPass(endpoints, showId, eve.uid);
    const rude = await eves.comments.send("something rude");
    const isIn = (comments: readonly Comment[]) => comments.some(({ id }) => id === rude);
    await seenByDan.first(isIn);
    await assert.rejects(dans.comments.hide(rude), because("PERMISSION_DENIED"));
    await bens.comments.hide(rude);
    const withIt = seenByDan.snapshots.findLastIndex(isIn);
    const withoutIt = await seenByDan.first((comments) => !isIn(comments), withIt);
    const before = seenByDan.snapshots[withIt] ?? [];
    assert.deepEqual(
      withoutIt,
      before.filter(({ id }) => id !== rude),
    );
    assert.equal(
      seenByDan.snapshots.lastIndexOf(withoutIt),
      withIt + 1,
      "the comment is gone one snapshot later",
    );
    await seenByBen.first((comments) => comments.some(({ id, hidden }) => id === rude && hidden));
    const path = `shows/${showId}/comments/${rude}`;
    assert.equal((await read(eve, path)).get("text"), "something rude");
    await assert.rejects(read(dan, path), denied);
    seenByDan.stop();
    seenByBen.stop();
  });

  it("removes the pin when its comment is hidden or deleted", async () => {
    const pins = watch(dans.details);
    for (const takeAway of [
      (comment: string) => bens.comments.hide(comment),
      (comment: string) => fays.comments.delete(comment),
    ]) {
      await letASecondPass(endpoints, showId, fay.uid);
      const pinned = await fays.comments.send("pin me");
      await assert.rejects(dans.comments.pin(pinned), because("PERMISSION_DENIED"));
      await bens.comments.pin(pinned);
      await pins.first(({ pinnedCommentId }) => pinnedCommentId === pinned);
      const before = pins.snapshots.length;
      await takeAway(pinned);
      await pins.first(({ pinnedCommentId }) => pinnedCommentId === null, before);
    }
    pins.stop();
  });

  it("stops counting a listener who leaves, and ends their access", async () => {
    await fays.leave();
    await counted(dans, 2);
    await assert.rejects(readComments(fay), denied);
    await assert.rejects(fays.comments.send("still here"), because("LEFT"));
  });

  it("ends: participants can still read, nobody can write, and the creator gets the summary", async () => {
    const presence = watch(eves.presence);
    await assert.rejects(dans.end(), because("NOT_HOST"));
    const summary = await bens.end();
    await presence.first(({ kind }) => kind === "over");
    presence.stop();
    assert.deepEqual([summary.listeners, summary.peak, summary.speakers], [3, 3, 1]);
    assert.equal(summary.comments, 6);

    const after = watch(dans.comments.latest);
    assert.deepEqual(textsOf(await after.first(() => true)), [
      "hello from Dan",
      "hello from Eve",
      "my first",
      "patience",
    ]);
    after.stop();
    await assert.rejects(dans.comments.send("encore!"), because("SHOW_NOT_LIVE"));
    await assert.rejects(dan.ambient.join(showId), because("SHOW_NOT_LIVE"));
    const bensSummary = watch(bens.summary);
    assert.deepEqual(await bensSummary.first((found) => found !== undefined), summary);
    bensSummary.stop();
    const final = `shows/${showId}/summary/final`;
    await assert.rejects(read(dan, final), denied);
    const flattered = { ...summary, listeners: 1_000_000 };
    await assert.rejects(setDoc(doc(ben.app.db, final), flattered), denied);
  });
});
