import assert from "node:assert/strict";
import { collection, collectionGroup, type DocumentData, orderBy, query } from "firebase/firestore";
import {
  draftShow,
  givenUsers,
  inAnHour,
  now,
  paths,
  secondsAgo,
  suspension,
} from "../support/rules/builders.js";
import { ada, dan, eve, signedOut } from "../support/rules/personas.js";
import {
  allows,
  as,
  emptyWorld,
  given,
  givenGone,
  merge,
  refuses,
  remove,
  set,
  stored,
  update,
} from "../support/rules/world.js";

const everybodyElse = [as(eve), as(signedOut), as(ada, { admin: true })];

describe("users/inbox", () => {
  const path = `users/${dan.uid}/inbox/live_1_show-1`;
  const notification = {
    kind: "live",
    title: "Night shift",
    createdAt: secondsAgo(60),
    readAt: null,
  };

  beforeEach(async () => {
    await emptyWorld();
    await givenUsers();
    await given({ [path]: notification });
  });

  it("is read and emptied only by its owner", async () => {
    assert.ok(await allows(as(dan).gets(path)));
    const own = await allows(
      as(dan).lists((db) =>
        query(collection(db, `users/${dan.uid}/inbox`), orderBy("createdAt", "desc")),
      ),
    );
    assert.deepEqual(own, [path]);
    for (const requests of everybodyElse) {
      await refuses(requests.gets(path));
      await refuses(requests.lists((db) => collection(db, `users/${dan.uid}/inbox`)));
      await refuses(requests.lists((db) => collectionGroup(db, "inbox")));
      await refuses(requests.writes(update(path, { readAt: now() })));
      await refuses(requests.writes(remove(path)));
    }
    await allows(as(dan).writes(remove(path)));
  });

  it("is marked as read now, and otherwise written only by the server", async () => {
    await refuses(as(dan).writes(update(path, { readAt: secondsAgo(60) })));
    await refuses(as(dan).writes(update(path, { readAt: now(), title: "mine" })));
    await refuses(as(dan).writes(set(`${path}-2`, { ...notification, readAt: now() })));
    await allows(as(dan).writes(update(path, { readAt: now() })));
    assert.ok((await stored(path))?.readAt);
  });
});

describe("users/reminders", () => {
  const path = `users/${dan.uid}/reminders/show-1`;
  const reminder = { showId: "show-1", createdAt: now() };
  const create = set(path, reminder);
  const givenIn = (status: string, changes: DocumentData = {}) =>
    given({ [paths.show()]: draftShow({ status, scheduledFor: inAnHour(), ...changes }) });

  beforeEach(async () => {
    await emptyWorld();
    await givenUsers();
    await givenIn("scheduled");
  });

  it("are created, listed and deleted only by their owner", async () => {
    for (const requests of everybodyElse) await refuses(requests.writes(create));
    await allows(as(dan).writes(create));
    const own = `users/${dan.uid}/reminders`;
    assert.equal((await allows(as(dan).lists((db) => collection(db, own)))).length, 1);
    await refuses(as(dan).writes(update(path, { createdAt: now() })));
    for (const requests of everybodyElse) {
      await refuses(requests.gets(path));
      await refuses(requests.lists((db) => collection(db, own)));
      await refuses(requests.lists((db) => collectionGroup(db, "reminders")));
      await refuses(requests.writes(remove(path)));
    }
    await allows(as(dan).writes(remove(path)));
  });

  it("are of a show that is announced and that the person may read", async () => {
    for (const status of ["draft", "live", "ended", "cancelled"]) {
      await givenIn(status);
      await refuses(as(dan).writes(create));
    }
    await givenIn("scheduled", { visibility: "taken_down" });
    await refuses(as(dan).writes(create));
    await givenGone(paths.show());
    await refuses(as(dan).writes(create));
    await givenIn("scheduled", { visibility: "unlisted" });
    await allows(as(dan).writes(create));
  });

  it("have exactly their two fields", async () => {
    for (const fields of [
      { createdAt: now() },
      { ...reminder, showId: "show-2" },
      { ...reminder, createdAt: secondsAgo(60) },
      { ...reminder, note: "x" },
    ]) {
      await refuses(as(dan).writes(set(path, fields)));
    }
  });

  it("are refused to a suspended person, and to one whose account is being deleted", async () => {
    await given({ [paths.suspension(dan)]: suspension(dan, null) });
    await refuses(as(dan).writes(create));
    await givenGone(paths.suspension(dan));
    await givenGone(paths.user(dan));
    await refuses(as(dan).writes(create));
  });
});

describe("users/private/notifications", () => {
  const path = `users/${dan.uid}/private/notifications`;
  const sent = { day: "2026-11-30", count: 3 };

  beforeEach(async () => {
    await emptyWorld();
    await givenUsers();
  });

  it("are written and read only by their owner", async () => {
    const settings = { push: true, quietHours: { from: 1_320, until: 420 } };
    for (const requests of everybodyElse) await refuses(requests.writes(set(path, settings)));
    await allows(as(dan).writes(set(path, settings)));
    assert.ok(await allows(as(dan).gets(path)));
    for (const requests of everybodyElse) await refuses(requests.gets(path));
    await allows(as(dan).writes(update(path, { quietHours: null })));
    await refuses(as(dan).writes(remove(path)));
    await givenGone(paths.user(dan));
    await refuses(as(dan).writes(update(path, { push: false })));
  });

  it("leave the server's count of the day and the devices' time zone alone", async () => {
    await refuses(as(dan).writes(set(path, { push: true, sent })));
    await refuses(as(dan).writes(set(path, { push: true, timeZone: "Europe/Berlin" })));
    await given({ [path]: { sent, timeZone: "Europe/Vienna" } });
    await refuses(as(dan).writes(update(path, { timeZone: "Europe/Berlin" })));
    await refuses(as(dan).writes(update(path, { sent: { ...sent, count: 0 } })));
    await refuses(as(dan).writes(set(path, { push: true })));
    await allows(as(dan).writes(merge(path, { push: false })));
    assert.deepEqual(await stored(path), { push: false, sent, timeZone: "Europe/Vienna" });
  });

  const wrong: readonly DocumentData[] = [
    { push: "yes" },
    { quietHours: { from: -1, until: 60 } },
    { quietHours: { from: 0, until: 1_440 } },
    { quietHours: { from: 0.5, until: 60 } },
    { quietHours: { from: 0 } },
    { quietHours: { from: 0, until: 60, days: "all" } },
    { quietHours: "night" },
    { dailyCap: 100 },
  ];
  it("refuse values that make no sense", async () => {
    for (const fields of wrong) await refuses(as(dan).writes(set(path, fields)));
  });
});
