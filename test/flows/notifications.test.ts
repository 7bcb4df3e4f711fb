import assert from "node:assert/strict";
import { phoneOf, type Phone } from "../../local/clientApp/ambient.js";
import { fcmControl } from "../../local/fcm/control.js";
import { because } from "../support/refusal.js";
import { first } from "../support/subscribed.js";
import { runningSuite } from "../support/suite.js";

describe("notifications through the client package", () => {
  const phones: Phone[] = [];
  after(() => Promise.all(phones.map((phone) => phone.close())));

  it("tell a follower and who wants a reminder that a show moved and is live, until they sign out", async () => {
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
    const inAnHour = new Date(Date.now() + 3_600_000);
    const showId = await shows.create({ title: "Night drive", scheduledFor: inAnHour });
    const [danToken, eveToken] = await Promise.all([fcm.installApp(), fcm.installApp()]);
    await dans.register({ token: danToken, platform: "ios", language: "de-AT" });
    await eves.register({ token: eveToken, platform: "android", language: "en" });
    await dan.ambient.follows.follow(cleo.uid);
    // Only then the server finds the follower.
    await first(dan.ambient.follows.isFollowing(cleo.uid), Boolean);
    await eves.remind(showId);
    await eves.remind(showId);
    assert.equal(await first(eves.reminds(showId), () => true), true);
    await assert.rejects(eves.remind("no-such-show"), because("PERMISSION_DENIED"));

    await shows.edit(showId, { scheduledFor: new Date(Date.now() + 7_200_000) });
    const [moved] = await first(eves.inbox(), ([latest]) => latest?.kind === "moved");
    assert.deepEqual([moved?.showId, moved?.readAt], [showId, null]);
    // A person who has read it already would not be notified.
    await fcm.messages(eveToken, 1);
    await eves.markRead(moved?.id ?? "");
    await first(eves.inbox(), ([latest]) => latest?.readAt !== null);

    const night = { from: 0, until: 1_439 };
    await dans.editSettings({ quietHours: night });
    await dans.editSettings({ quietHours: null });
    const { push, quietHours, timeZone } = await first(dans.settings, (each) => !each.quietHours);
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    assert.deepEqual([push, quietHours, timeZone], [true, null, here]);

    const show = await cleo.ambient.start(showId);
    const isLive = ([latest]: readonly { readonly kind: string }[]) => latest?.kind === "live";
    await Promise.all([first(dans.inbox(), isLive), first(eves.inbox(), isLive)]);
    const titles = async (token: string, count: number) =>
      (await fcm.messages(token, count)).map(({ title }) => title);
    const { displayName } = show.details.current.creator;
    const forDan = [`${displayName} ist live`];
    const forEve = [`${displayName} moved a show`, `${displayName} is live`];
    assert.deepEqual(await titles(danToken, 1), forDan);
    assert.deepEqual(await titles(eveToken, 2), forEve);
    assert.equal(await first(eves.reminds(showId), (isOn) => !isOn), false);

    await dan.ambient.follows.unfollow(cleo.uid);
    await eve.ambient.account.signOut();
    await show.end();
    await assert.rejects(
      first(eves.inbox(), () => true),
      because("SIGNED_OUT"),
    );
  }).timeout(60_000);
});
