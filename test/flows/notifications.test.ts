import assert from "node:assert/strict";
import type { InboxEntry, Page } from "../../client/src/core.js";
import { phoneOf, type Phone } from "../../local/clientApp/ambient.js";
import { fcmControl } from "../../local/fcm/control.js";
import { because } from "../support/refusal.js";
import { first } from "../support/subscribed.js";
import { runningSuite } from "../support/suite.js";

describe("notifications through the client package", () => {
  const phones: Phone[] = [];
  after(() => Promise.all(phones.map((phone) => phone.close())));

  it("reach a follower and a reminder holder, until they sign out", async () => {
    const endpoints = await runningSuite();
    const fcm = fcmControl(`http://${endpoints.fcm}`);
    const [cleo, dan, eve] = await Promise.all(
      ["creator-cleo", "listener-dan", "listener-eve"].map((persona) =>
        phoneOf(endpoints, persona),
      ),
    );
    assert.ok(cleo && dan && eve);
    phones.push(cleo, dan, eve);
    const { shows } = cleo.ambient;
    const [dans, eves] = [dan.ambient.notifications, eve.ambient.notifications];
    const titles = async (token: string, count: number) =>
      (await fcm.messages(token, count)).map(({ title }) => title);
    const inAnHour = new Date(Date.now() + 3_600_000);
    const [showId, secondId] = await Promise.all([
      shows.create({ title: "Night drive", scheduledFor: inAnHour }),
      shows.create({ title: "Morning drive", scheduledFor: inAnHour }),
    ]);
    const [danToken, eveToken] = await Promise.all([fcm.installApp(), fcm.installApp()]);
    await dans.register({ token: danToken, platform: "ios", language: "de-AT" });
    await eves.register({ token: eveToken, platform: "android", language: "en" });
    await dan.ambient.follows.follow(cleo.uid);
    // Only then the server finds the follower.
    await first(dan.ambient.follows.isFollowing(cleo.uid), Boolean);
    await eves.remind(showId);
    await eves.remind(showId);
    assert.equal(await first(eves.hasReminder(showId), () => true), true);
    await assert.rejects(eves.remind("no-such-show"), because("PERMISSION_DENIED"));
    for (const each of [dans, eves]) await each.remind(secondId);

    await shows.edit(showId, { scheduledFor: new Date(Date.now() + 7_200_000) });
    const { items } = await first(eves.inbox(), ({ items: [latest] }) => latest?.kind === "moved");
    const [moved] = items;
    assert.deepEqual([moved?.showId, moved?.readAt], [showId, null]);
    // A person who has read it already would not be notified.
    await fcm.messages(eveToken, 1);
    assert.ok((await first(eves.unread(), () => true)) > 0);
    await eves.markRead(moved?.id ?? "");
    await first(eves.inbox(), ({ items: [latest] }) => latest?.readAt !== null);

    const night = { from: 0, until: 1_439 };
    await dans.editSettings({ quietHours: night });
    await dans.editSettings({ quietHours: null });
    const { push, quietHours, timeZone } = await first(dans.settings, (each) => !each.quietHours);
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    assert.deepEqual([push, quietHours, timeZone], [true, null, here]);

    const show = await cleo.ambient.start(showId);
    const isLive = ({ items: [latest] }: Page<InboxEntry>) => latest?.kind === "live";
    await Promise.all([first(dans.inbox(), isLive), first(eves.inbox(), isLive)]);
    const { displayName } = show.details.current.creator;
    const forDan = [`${displayName} ist live`];
    const forEve = [`${displayName} moved a show`, `${displayName} is live`];
    assert.deepEqual(await titles(danToken, 1), forDan);
    assert.deepEqual(await titles(eveToken, 2), forEve);
    assert.equal(await first(eves.hasReminder(showId), (isOn) => !isOn), false);

    const before = await first(eves.unread(), (count) => count > 0);
    const latest = await first(eves.inbox({ limit: 1 }), () => true);
    assert.ok(latest.next, "there is more");
    const latestTwo = await first(eves.inbox({ limit: 2 }), () => true);
    assert.equal(latestTwo.items[1]?.kind, "moved");
    await eves.markAllRead();
    await first(eves.unread(), (count) => count === 0 && before > 0);

    // Dan has joined, but is not connected to LiveKit.
    await dan.ambient.join(showId);
    await show.stage.setRole(dan.uid, "speaker");
    forDan.push("Du bist auf die Bühne eingeladen");
    assert.deepEqual(await titles(danToken, 2), forDan);
    await show.end();

    // The sign-out also takes back a registration that is on its way.
    const registered = eves.register({ token: eveToken, platform: "android", language: "en" });
    await eve.ambient.account.signOut();
    await registered;
    await dan.ambient.follows.unfollow(cleo.uid);
    await cleo.ambient.shows.cancel(secondId);
    forDan.push(`${displayName} hat eine Show abgesagt`);
    assert.deepEqual(await titles(danToken, 3), forDan);
    assert.deepEqual(await titles(eveToken, 0), forEve);
    await assert.rejects(
      first(eves.inbox(), () => true),
      because("SIGNED_OUT"),
    );
  }).timeout(60_000);
});
