import assert from "node:assert/strict";
import { InMemoryFirebase } from "../support/inMemoryFirebase.js";
import { addShow, comment } from "../support/fakeShow.js";

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Eve in a show with 50 comments. */
async function evening() {
  const firebase = new InMemoryFirebase("eve");
  addShow(firebase, "one");
  for (let second = 1; second < 50; second += 1) {
    firebase.set(`shows/one/comments/c${second}`, comment("dan", `at ${second}`, second * 1_000));
  }
  const reported: string[] = [];
  const ambient = firebase.ambient({ onError: ({ reason }) => reported.push(reason) });
  const show = await ambient.join("one");
  return { firebase, ambient, show, reported };
}

describe("what an app subscribes to", () => {
  it("is the same object for the same getter and the same arguments", async () => {
    const { ambient, show } = await evening();
    const read = () => [
      ambient.config,
      ambient.connection,
      ambient.account.details,
      ambient.account.profile("ben"),
      ambient.creator("ben").upcoming({ limit: 5 }),
      ambient.discover.live(),
      ambient.discover.byTag("jazz", "live", { limit: 10 }),
      ambient.follows.isFollowing("ben"),
      ambient.notifications.unread(),
      ambient.shows.show("one"),
      ambient.support.account,
      show.stage.people,
      show.stage.requests(),
      show.participants(50),
      show.participant("ben"),
      show.feed,
      show.comments.latest,
      show.reactions.totals,
      show.music.playback,
      show.music.playlist,
      show.moderation.bans(),
    ];
    const [before, after] = [read(), read()];
    for (const [index, one] of before.entries()) assert.equal(one, after[index], `number ${index}`);
    assert.equal(new Set(before).size, before.length);
    show.close();
  });

  it("emits nothing when only metadata changes", async () => {
    const { firebase, ambient, show } = await evening();
    let emissions = 0;
    const followed = [
      ambient.shows.show("one"),
      ambient.account.profile("ben"),
      ambient.discover.live(),
      show.stage.people,
      show.participants(),
      show.comments.latest,
      show.music.playback,
      show.details,
      show.me,
    ];
    for (const each of followed) each.subscribe(() => (emissions += 1));
    await settled();
    assert.ok(emissions >= followed.length - 1);
    emissions = 0;
    firebase.changeMetadata();
    await settled();
    assert.equal(emissions, 0);
    show.close();
  });

  it("keeps the comments that a new one did not change", async () => {
    const { firebase, show } = await evening();
    show.comments.latest.subscribe(() => undefined);
    await settled();
    const before = show.comments.latest.current ?? [];
    assert.equal(before.length, 49);
    firebase.set("shows/one/comments/new", comment("dan", "now", 60_000));
    await settled();
    const after = show.comments.latest.current ?? [];
    assert.equal(after.length, 50);
    assert.ok(before.every((each) => after.includes(each)));
    show.close();
  });

  it("has one listener on the server for all subscribers", async () => {
    const { firebase, ambient } = await evening();
    const profiles = () => firebase.listeners.filter((path) => path === "users/ben").length;
    const stops = [1, 2, 3].map(() => ambient.account.profile("ben").subscribe(() => undefined));
    assert.equal(profiles(), 1);
    for (const stop of stops) stop();
    assert.equal(profiles(), 0);
  });

  it("does not report what ended a stay, whatever it was, because the presence does", async () => {
    const { firebase, show, reported } = await evening();
    show.comments.latest.subscribe(() => undefined);
    show.stage.people.subscribe(() => undefined);
    await settled();
    firebase.set("shows/one", { ...firebase.documents.get("shows/one"), title: 7 });
    await settled();
    assert.deepEqual(show.presence.current, { kind: "gone", reason: "OUTDATED" });
    assert.equal(show.comments.latest.state.error?.reason, "OUTDATED");
    assert.deepEqual(reported, []);
  });

  it("reports an error that nobody listens for, but not the end of a stay", async () => {
    const { firebase, ambient, show, reported } = await evening();
    show.comments.latest.subscribe(() => undefined);
    ambient.account.profile("ben").subscribe(() => undefined);
    firebase.deny("users/ben");
    await settled();
    assert.deepEqual(reported, ["PERMISSION_DENIED"]);
    await show.leave();
    firebase.signIn(null);
    await settled();
    assert.equal(show.comments.latest.state.error?.reason, "LEFT");
    assert.deepEqual(reported, ["PERMISSION_DENIED"]);
  });
});
