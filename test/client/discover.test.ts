import assert from "node:assert/strict";
import type { Page } from "../../client/src/backend/page.js";
import { observable } from "../../client/src/observe/observable.js";
import { createSource } from "../../client/src/observe/source.js";
import type { FirebaseSdk } from "../../client/src/sdk/firebaseSdk.js";
import type { ShowDetails } from "../../client/src/shows/showDetails.js";
import { livePages, type Pages } from "../../react/src/pages.js";
import { eventually } from "../../functions/test/support/eventually.js";
import { phoneOf, type Phone } from "../../local/clientApp/ambient.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { rewrite } from "../support/adminSide.js";
import { because } from "../support/refusal.js";
import { first } from "../support/subscribed.js";
import { sdkWithOnSnapshot } from "../support/sdkWithOnSnapshot.js";
import { runningSuite } from "../support/suite.js";

const HOUR_MS = 3_600_000;
/** The demo shows a list in pages of this length. */
const PAGE_LENGTH = 20;
/** More creators than one query takes, and than two do. */
const FOLLOWED = 65;

const strings = (values: readonly string[]) => ({
  arrayValue: { values: values.map((stringValue) => ({ stringValue })) },
});
const version = { stringValue: "1.0.0" };
const versions = { ios: version, android: version, web: version };

/** Following creators, and finding their shows, as an app does. */
describe("the client package's discovery", () => {
  let endpoints: Endpoints;
  let ben: Phone;
  let cleo: Phone;
  let dan: Phone;
  const showIds: string[] = [];

  before(async () => {
    endpoints = await runningSuite();
    [ben, cleo, dan] = await Promise.all([
      phoneOf(endpoints, "creator-ben"),
      phoneOf(endpoints, "creator-cleo"),
      phoneOf(endpoints, "listener-dan"),
    ]);
    await rewrite(endpoints, "config/client", {
      minVersions: { mapValue: { fields: versions } },
      features: { mapValue: {} },
      tags: strings(["jazz", "soul"]),
    });
  });
  after(async () => {
    await Promise.all([
      ben.ambient.shows.cancel(showIds[0] ?? "").catch(() => undefined),
      dan.ambient.follows.unfollow(ben.uid),
      rewrite(endpoints, "config/client", { tags: undefined }),
      rewrite(endpoints, `users/${dan.uid}/private/follows`, { creatorUids: strings([]) }),
    ]);
    await Promise.all([ben, cleo, dan].map((phone) => phone.close()));
  });

  const has = (showId: string | undefined) => (page: Page<{ readonly id: string }>) =>
    page.items.some(({ id }) => id === showId);

  it("shows what those whom a person follows do, and counts and lists the followers", async () => {
    const { discover, follows } = dan.ambient;
    assert.deepEqual(await first(discover.upcomingFromFollowed(), () => true), {
      items: [],
      next: undefined,
    });
    await follows.follow(ben.uid);
    await follows.follow(ben.uid);
    const scheduledFor = new Date(Date.now() + HOUR_MS);
    for (const title of ["Größenwahn", "Größe zählt", "Nachtfahrt"]) {
      const plan = {
        title,
        scheduledFor: new Date(scheduledFor.getTime() + showIds.length * 1_000),
      };
      const tags = title === "Nachtfahrt" ? [] : ["jazz"];
      showIds.push(await ben.ambient.shows.create({ ...plan, tags }));
    }
    const mine = (page: Page<ShowDetails>) => showIds.every((id) => has(id)(page));
    const { items } = await first(discover.upcomingFromFollowed(), mine);
    assert.deepEqual(
      items.map(({ id }) => id).filter((id) => showIds.includes(id)),
      showIds,
      "the soonest first",
    );
    await first(ben.ambient.account.profile(ben.uid), (seen) => seen?.followerCount === 1);
    const followers = await ben.ambient.follows.followers();
    assert.deepEqual(
      [followers.items.map(({ uid }) => uid), followers.next],
      [[dan.uid], undefined],
    );
    await assert.rejects(
      ben.ambient.follows.followers({ after: showIds[0] }),
      because("INVALID_ARGUMENT"),
    );
    await follows.mute(ben.uid);
    await first(follows.isMuted(ben.uid), (isMuted) => isMuted);
    const [follow] = (await first(follows.list(), ({ items: all }) => all.length > 0)).items;
    assert.deepEqual([follow?.id, follow?.muted], [ben.uid, true]);
    await follows.unmute(ben.uid);
    await first(follows.isMuted(ben.uid), (isMuted) => !isMuted);
  });

  it("lists by tag, and refuses tags that the service does not offer", async () => {
    const { discover } = dan.ambient;
    const tagged = await first(discover.byTag("jazz", "upcoming"), has(showIds[1]));
    assert.ok(!has(showIds[2])(tagged));
    assert.deepEqual((await first(discover.byTag("soul", "live"), () => true)).items, []);
    await assert.rejects(
      ben.ambient.shows.create({ title: "Tags", tags: ["jazz", "jazz"] }),
      because("INVALID_ARGUMENT"),
    );
    await assert.rejects(
      ben.ambient.shows.create({ title: "Tags", tags: ["free money"] }),
      because("PERMISSION_DENIED"),
    );
  });

  it("keeps two pages complete while another show enters the first", async () => {
    const list = dan.ambient.creator(ben.uid);
    const scale = PAGE_LENGTH / 2;
    const pages = observable(
      createSource<Pages<ShowDetails>>((next) =>
        livePages(({ limit = PAGE_LENGTH }) => list.upcoming({ limit: limit / scale }), next),
      ),
      assert.ifError,
    );
    const stop = pages.subscribe(() => undefined);
    const one = await first(pages, ({ isLoading }) => !isLoading);
    assert.equal(one.items?.length, 2);
    one.more?.();
    const two = await first(pages, ({ items = [] }) => items.length > 2);
    const before = two.items?.map(({ id }) => id) ?? [];
    const scheduledFor = new Date(Date.now() + 60_000);
    const showId = await ben.ambient.shows.create({ title: "Soonest", scheduledFor });
    const after = await first(pages, ({ items = [] }) => items[0]?.id === showId);
    assert.deepEqual(
      after.items?.map(({ id }) => id),
      [showId, ...before].slice(0, 4),
    );
    stop();
    await ben.ambient.shows.cancel(showId);
  });

  it("finds shows and creators by the beginnings of words, in pages", async () => {
    const { discover } = dan.ambient;
    const until = (text: string, count: number) =>
      eventually(`${count} shows for ${text}`, async () => {
        const { items } = await discover.searchShows(text);
        return items.length === count ? items.map(({ id }) => id).sort() : undefined;
      });
    assert.deepEqual(await until("GROSSE", 2), showIds.slice(0, 2).sort());
    assert.deepEqual(await until("große zahl", 1), [showIds[1]]);
    assert.deepEqual(await until("lindqvist nacht", 1), [showIds[2]]);
    const { items } = await discover.searchCreators("lind");
    assert.deepEqual(
      items.map(({ id, followerCount }) => [id, followerCount]),
      [[ben.uid, 1]],
    );
    const one = await discover.searchShows("gro", { limit: 1 });
    assert.ok(one.next);
    const two = await discover.searchShows("gro", { limit: 1, after: one.next });
    assert.equal(new Set([...one.items, ...two.items].map(({ id }) => id)).size, 2);
    for (const text of ["", "   ", "🎧", "x".repeat(10_000), "ört", "שלום", "<script>"]) {
      assert.deepEqual((await discover.searchShows(text)).items, [], text.slice(0, 20));
    }
  });

  it("shows a creator's page, and nothing of it across a block", async () => {
    const page = dan.ambient.creator(ben.uid);
    await first(page.profile, (profile) => profile?.displayName === "Ben Lindqvist");
    const { items } = await first(page.upcoming({ limit: 2 }), ({ next }) => next !== undefined);
    assert.ok(items.every(({ creatorUid }) => creatorUid === ben.uid));
    assert.equal(await first(dan.ambient.creator("nobody").profile, () => true), undefined);

    await ben.ambient.account.block(dan.uid);
    await first(page.profile, (profile) => profile === undefined);
    await first(dan.ambient.follows.isFollowing(ben.uid), (isFollowing) => !isFollowing);
    assert.deepEqual((await first(page.upcoming(), () => true)).items, []);
    assert.deepEqual((await dan.ambient.discover.searchShows("gro")).items, []);
    assert.deepEqual((await dan.ambient.discover.searchCreators("lind")).items, []);
    await first(dan.ambient.discover.upcoming(), (all) => !has(showIds[0])(all));
    await first(dan.ambient.discover.upcomingFromFollowed(), (all) => all.items.length === 0);
    await assert.rejects(dan.ambient.follows.follow(ben.uid), because("BLOCKED"));
    assert.deepEqual((await ben.ambient.follows.followers()).items, []);
    await ben.ambient.account.unblock(dan.uid);
    await first(page.profile, (profile) => profile !== undefined);
  });

  it("lists a new live show with the largest ones", async () => {
    const showId = await cleo.ambient.shows.create({ title: "On air", tags: ["soul"] });
    const show = await cleo.ambient.start(showId);
    const { discover } = dan.ambient;
    await first(discover.live({ limit: 1 }), has(showId));
    await first(discover.byTag("soul", "live"), has(showId));
    await first(dan.ambient.creator(cleo.uid).live, (live) => live?.id === showId);
    const slow = await phoneOf(endpoints, "listener-dan", withoutFollows);
    await first(slow.ambient.discover.live(), has(showId));
    await slow.close();
    await show.end();
    await first(discover.live(), (live) => !has(showId)(live));
    await first(dan.ambient.creator(cleo.uid).past(), has(showId));
  });

  it(`reads one document and three queries for the shows of ${FOLLOWED} followed creators`, async () => {
    const use = { queries: 0, documents: 0 };
    const phone = await phoneOf(endpoints, "listener-dan", counting(use));
    const strangers = Array.from({ length: FOLLOWED - 1 }, (_, index) => `spotify_nobody${index}`);
    await rewrite(endpoints, `users/${dan.uid}/private/follows`, {
      creatorUids: strings([ben.uid, ...strangers]),
      updatedAt: { timestampValue: new Date().toISOString() },
    });
    const { discover } = phone.ambient;
    await first(discover.upcomingFromFollowed(), has(showIds[0]));
    // One for the list of follows, and one for the document about blocks.
    assert.deepEqual(use, { queries: 3, documents: 2 });
    await phone.close();
  });
});

/** The list of follows never arrives. */
const withoutFollows = sdkWithOnSnapshot((real, args) => {
  const [target] = args;
  const isFollows =
    typeof target === "object" &&
    target !== null &&
    "path" in target &&
    String(target.path).endsWith("/private/follows");
  return isFollows ? () => undefined : real(args);
});

/** Counts the listeners that are opened. Firestore bills a query without results like a document. */
function counting(use: { queries: number; documents: number }): FirebaseSdk {
  return sdkWithOnSnapshot((real, args) => {
    const [target] = args;
    const isDocument = typeof target === "object" && target !== null && "path" in target;
    if (isDocument) use.documents += 1;
    else use.queries += 1;
    return real(args);
  });
}
