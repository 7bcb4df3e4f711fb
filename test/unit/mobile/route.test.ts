import assert from "node:assert/strict";
import { Links, type LinkSource } from "../../../example/mobile/src/links/links.js";
import { routeOfPush, routeOfUrl, type Route } from "../../../example/mobile/src/links/route.js";

const host = "ambient.example";
const show = (showId: string): Route => ({ screen: "Show", showId });

describe("the screen for a link", () => {
  const opened: Readonly<Record<string, Route>> = {
    "https://ambient.example/s/abc-1_2": show("abc-1_2"),
    "https://ambient.example/s/abc/?utm_source=chat#top": show("abc"),
    "ambient://s/abc": show("abc"),
    "/s/abc": show("abc"),
    "https://ambient.example/": { screen: "Discover" },
    "ambient://inbox": { screen: "Inbox" },
    "https://ambient.example/profile": { screen: "Profile" },
  };
  for (const [url, route] of Object.entries(opened)) {
    it(`is ${JSON.stringify(route)} for ${url}`, () => {
      assert.deepEqual(routeOfUrl(url, host), route);
    });
  }

  for (const url of [
    // Spotify's redirect belongs to the sign-in.
    "ambient://callback?code=1&state=2",
    "https://ambient.example/callback?code=1",
    "https://evil.example/s/abc",
    "https://ambient.example.evil.example/s/abc",
    "https://ambient.example/s/",
    "https://ambient.example/s/a.b",
    "https://ambient.example/s/abc/comments",
    "javascript:alert(1)",
    "mailto:ada@ambient.example",
  ]) {
    it(`is none for ${url}`, () => {
      assert.equal(routeOfUrl(url, host), undefined);
    });
  }
});

describe("the screen for a notification", () => {
  it("is the show that it is about", () => {
    const data = { kind: "live", showId: "abc", creatorUid: "spotify_1" };
    assert.deepEqual(routeOfPush(data), show("abc"));
  });

  it("is the inbox if there is no valid show, as in a notification of a later version", () => {
    assert.deepEqual(routeOfPush({ kind: "digest" }), { screen: "Inbox" });
    assert.deepEqual(routeOfPush({ showId: "../x" }), { screen: "Inbox" });
    assert.deepEqual(routeOfPush({ showId: {} }), { screen: "Inbox" });
  });
});

/** A source whose links the test opens. */
function source(
  initial: Promise<Route | undefined> = Promise.resolve(undefined),
): LinkSource & { arrive(route: Route): void } {
  let next: (route: Route) => void = () => undefined;
  return {
    initial: () => initial,
    subscribe(listener) {
      next = listener;
      return () => undefined;
    },
    arrive: (route) => {
      next(route);
    },
  };
}

/** Opens links into a list. */
function opening(links: Links): { readonly opened: readonly Route[]; readonly stop: () => void } {
  const opened: Route[] = [];
  return { opened, stop: links.open((route) => opened.push(route)) };
}

/** What started the app is known after a few microtasks. */
const started = () => new Promise((resolve) => setImmediate(resolve));

describe("links", () => {
  it("start a cold app with the notification that opened it, once", async () => {
    const links = new Links([source(Promise.resolve(show("pushed"))), source()]);
    await started();
    const { opened, stop } = opening(links);
    assert.deepEqual(opened, [show("pushed")]);
    stop();
    // The next person on this phone does not land there.
    assert.deepEqual(opening(links).opened, []);
  });

  it("start the app with a link that is known only after its screens are", async () => {
    const links = new Links([source(Promise.resolve(show("late")))]);
    const { opened } = opening(links);
    assert.deepEqual(opened, []);
    await started();
    assert.deepEqual(opened, [show("late")]);
  });

  it("start the app although a source fails", async () => {
    const failing = source(Promise.reject(new Error("no Google services")));
    const links = new Links([failing, source(Promise.resolve(show("linked")))]);
    await started();
    assert.deepEqual(opening(links).opened, [show("linked")]);
  });

  it("open in a running app at once", () => {
    const system = source();
    const { opened } = opening(new Links([source(), system]));
    system.arrive(show("warm"));
    assert.deepEqual(opened, [show("warm")]);
  });

  it("wait for the screens, and the last one wins", async () => {
    const system = source(Promise.resolve(show("cold")));
    const links = new Links([system]);
    system.arrive(show("first"));
    system.arrive(show("second"));
    await started();
    assert.deepEqual(opening(links).opened, [show("second")]);
  });

  it("open what arrives while the app starts instead of what started it", async () => {
    const system = source(Promise.resolve(show("cold")));
    const { opened } = opening(new Links([system]));
    system.arrive(show("warm"));
    await started();
    assert.deepEqual(opened, [show("warm")]);
  });

  it("wait again after a sign-out", () => {
    const system = source();
    const links = new Links([system]);
    const { opened, stop } = opening(links);
    stop();
    system.arrive(show("later"));
    assert.deepEqual(opened, []);
    assert.deepEqual(opening(links).opened, [show("later")]);
  });
});
