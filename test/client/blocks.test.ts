import assert from "node:assert/strict";
import type { Show } from "../../client/src/show/show.js";
import { phoneOf, type Phone } from "../../local/clientApp/ambient.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { letASecondPass, rewrite } from "../support/adminSide.js";
import { because } from "../support/refusal.js";
import { first } from "../support/subscribed.js";
import { runningSuite } from "../support/suite.js";

/** Blocks as three people see them: Ben hosts, and Fay and Gus listen. */
describe("the client package's blocks and filtered words", () => {
  let endpoints: Endpoints;
  let ben: Phone;
  let fay: Phone;
  let gus: Phone;
  let showId: string;
  let bens: Show;
  let fays: Show;
  let guss: Show;

  before(async () => {
    endpoints = await runningSuite();
    [ben, fay, gus] = await Promise.all([
      phoneOf(endpoints, "creator-ben"),
      phoneOf(endpoints, "listener-fay"),
      phoneOf(endpoints, "listener-gus"),
    ]);
    // Each has blocked somebody before. At times, the emulator's listeners miss a document that begins to exist while
    // they watch for it.
    const uids = { arrayValue: { values: [{ stringValue: "spotify_somebody" }] } };
    await Promise.all(
      [ben, fay, gus].map(({ uid }) => rewrite(endpoints, `users/${uid}/private/hidden`, { uids })),
    );
    showId = await ben.ambient.shows.create({ title: "Neighbours" });
    bens = await ben.ambient.start(showId);
    [fays, guss] = await Promise.all([fay.ambient.join(showId), gus.ambient.join(showId)]);
    await fays.comments.send("from Fay");
    await guss.comments.send("from Gus");
    await first(bens.comments.latest, (all) => all.length === 2);
  });
  after(async () => {
    await bens.end();
    await Promise.all([ben, fay, gus].map((phone) => phone.close()));
  });

  const authors = (show: Show, count: number) =>
    first(show.comments.latest, (all) => all.length === count).then((all) =>
      all.map(({ authorUid }) => authorUid),
    );
  const names = (show: Show, count: number) =>
    first(show.participants(), (all) => all.length === count).then((all) =>
      all.map(({ uid }) => uid),
    );

  it("hide two listeners from each other, in both directions, but not from the host", async () => {
    await fay.ambient.account.block(guss.uid);
    await fay.ambient.account.block(guss.uid);
    assert.deepEqual(await authors(fays, 1), [fays.uid]);
    assert.deepEqual(await authors(guss, 1), [guss.uid]);
    assert.deepEqual(new Set(await names(fays, 2)), new Set([bens.uid, fays.uid]));
    assert.deepEqual(new Set(await names(guss, 2)), new Set([bens.uid, guss.uid]));
    const [newest] = await first(fays.comments.latest, (all) => all.length === 1);
    assert.ok(newest);
    assert.deepEqual(await guss.comments.before(newest), []);
    assert.equal((await authors(bens, 2)).length, 2);
    const fromGus = (await first(bens.comments.latest, (all) => all.length === 2)).find(
      ({ authorUid }) => authorUid === guss.uid,
    );
    await bens.comments.send("from Ben", { replyTo: fromGus });
    const [last] = await first(fays.comments.latest, (all) => all.length === 2);
    assert.ok(last);
    assert.equal(await fays.comments.original(last), undefined);
    assert.equal((await bens.comments.original(last))?.text, "from Gus");
    // A page that holds only hidden people's comments is not the end.
    const earlier = await fays.comments.before(last, 1);
    assert.deepEqual(
      earlier.map(({ text }) => text),
      ["from Fay"],
    );
    assert.equal((await names(bens, 3)).length, 3);
  });

  it("are listed for the blocker alone, and undone", async () => {
    await first(fay.ambient.account.blocked(), ({ items }) => items[0] === guss.uid);
    assert.deepEqual((await first(gus.ambient.account.blocked(), () => true)).items, []);
    await first(fay.ambient.account.isBlocking(guss.uid), (isBlocking) => isBlocking);
    await first(gus.ambient.account.isBlocking(fays.uid), (isBlocking) => !isBlocking);
    await fay.ambient.account.unblock(guss.uid);
    assert.equal((await authors(fays, 3)).length, 3);
    assert.equal((await authors(guss, 3)).length, 3);
    await first(fay.ambient.account.blocked(), ({ items }) => items.length === 0);
  });

  it("by the creator remove the listener, hide the show, and refuse a rejoin", async () => {
    await first(gus.ambient.discover.live(), ({ items: all }) =>
      all.some(({ id }) => id === showId),
    );
    await ben.ambient.account.block(guss.uid);
    await first(guss.presence, ({ kind }) => kind === "gone");
    await first(gus.ambient.discover.live(), ({ items: all }) =>
      all.every(({ id }) => id !== showId),
    );
    await assert.rejects(gus.ambient.join(showId), because("BLOCKED"));
    await ben.ambient.account.unblock(guss.uid);
    await first(gus.ambient.discover.live(), ({ items: all }) =>
      all.some(({ id }) => id === showId),
    );
    guss = await gus.ambient.join(showId);
    assert.equal(guss.me.current.role, "listener");
  });

  it("refuse a comment and a request to speak with such a word", async () => {
    await ben.ambient.shows.setWordFilter(showId, ["spam"]);
    await first(ben.ambient.shows.wordFilter(showId), ([word]) => word === "spam");
    await first(fays.details, ({ hasWordFilter }) => hasWordFilter === true);
    await letASecondPass(endpoints, showId, bens.uid);
    await assert.rejects(bens.comments.send("Sp4m!"), because("WORDS_NOT_ALLOWED"));
    await assert.rejects(fays.stage.ask("about spam"), because("WORDS_NOT_ALLOWED"));
    await bens.comments.send("spammers, beware");
    await fays.stage.ask("about songs");
  });

  it("are refused against oneself and against nobody", async () => {
    for (const uid of [fays.uid, "spotify_nobody"]) {
      await assert.rejects(fay.ambient.account.block(uid), because("PERMISSION_DENIED"));
    }
  });
});
