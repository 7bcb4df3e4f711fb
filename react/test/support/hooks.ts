import assert from "node:assert/strict";
import { mock } from "node:test";
import {
  AmbientError,
  type Comment,
  type MusicFollower,
  type MusicState,
  type PlayerAdapter,
  type Show,
} from "@ambient/client/core";
import { createElement, memo } from "react";
import { InMemoryFirebase } from "../../../client/test/support/inMemoryFirebase.js";
import { isEqual } from "../../../client/src/observe/isEqual.js";
import { Observed } from "../../../client/src/observe/observable.js";
import { addShow, comment, participant } from "../../../client/test/support/fakeShow.js";
import { useAudio, useSound } from "../../src/audio.js";
import {
  useAccount,
  useAction,
  useAmbient,
  useComments,
  useCurrentShow,
  useMoment,
  useMusic,
  useObservable,
  usePages,
  useReactions,
  useShow,
  useShows,
  useStage,
  useStay,
  useUnseen,
  type ShowState,
} from "../../src/index.js";
import { mount, probe, until } from "./mount.js";

const profile = (uid: string) => ({
  displayName: uid,
  photoUrl: null,
  spotifyUrl: null,
  bio: "",
  links: [],
  followerCount: 0,
  createdAt: comment(uid, "").createdAt,
  updatedAt: comment(uid, "").createdAt,
});

/** Eve's phone, signed in unless the app has yet to restore it, and two live shows. */
function phone(uid: string | null = "eve") {
  const firebase = new InMemoryFirebase(uid);
  for (const showId of ["one", "two"]) addShow(firebase, showId);
  for (const name of ["ben", "dan", "eve"]) firebase.set(`users/${name}`, profile(name));
  return { firebase, ambient: firebase.ambient() };
}

/** The callable, which from now on waits for the test. */
function held(firebase: InMemoryFirebase, name: string) {
  const callable = firebase.callables.get(name) ?? assert.fail();
  const { promise, resolve } = Promise.withResolvers<undefined>();
  firebase.callables.set(name, async (request) => {
    await promise;
    return callable(request);
  });
  return () => {
    resolve(undefined);
  };
}

/** A view that shows a show which Eve has joined. */
async function inShow<Result>(use: (show: Show) => Result) {
  const { firebase, ambient } = phone();
  const show = await ambient.join("one");
  const shown = probe(() => use(show));
  const page = await mount(ambient);
  await page.render(createElement(shown.View));
  await until("the view", () => shown.results.length > 0);
  const close = () => {
    page.unmount();
    show.close();
  };
  return { firebase, ambient, show, shown, page, close };
}

const tests = new Map<string, () => Promise<void>>();

function test(name: string, run: () => Promise<void>): void {
  tests.set(name, run);
}

/** The same for React and for Preact, which is bundled in its place. */
export const hookTests: ReadonlyMap<string, () => Promise<void>> = tests;

test("outside the provider say what is missing", async () => {
  const page = await mount();
  await page.render(createElement(probe(useAmbient).View));
  const [error] = await until("the error", () => page.errors.length > 0 && page.errors);
  assert.match(String(error), /need an <AmbientProvider> around them/);
  page.unmount();
});

test("useObservable shares one listener between components, which ends with the last of them", async () => {
  const { firebase, ambient } = phone();
  const views = [1, 2].map(() => probe(() => useObservable(useAmbient().shows.show("one"))));
  const page = await mount(ambient);
  const elements = views.map(({ View }, key) => createElement(View, { key }));
  await page.render(elements);
  await until("the show", () => views.every(({ latest }) => latest.kind === "known"));
  assert.deepEqual(
    views.map(({ latest }) => latest.value?.title),
    ["Show one", "Show one"],
  );
  const listeners = () => firebase.listeners.filter((path) => path === "shows/one").length;
  assert.equal(listeners(), 1);
  await page.render(elements.slice(0, 1));
  await page.settled();
  assert.equal(listeners(), 1);
  page.unmount();
  await until("the end", () => listeners() === 0);
});

test("useObservable renders only what has changed", async () => {
  const { firebase, ambient } = phone();
  const shown = probe(() => useObservable(useAmbient().shows.show("one")));
  const page = await mount(ambient);
  await page.render(createElement(shown.View));
  const before = await until("the show", () => shown.latest.kind === "known" && shown.latest);
  const renders = shown.results.length;
  firebase.changeMetadata();
  await page.settled();
  assert.equal(shown.results.length, renders);
  assert.equal(shown.latest, before);
  page.unmount();
});

test("useObservable says why it failed, and tries again for all components", async () => {
  const { firebase, ambient } = phone();
  firebase.deny("shows/one");
  const views = [1, 2].map(() => probe(() => useObservable(useAmbient().shows.show("one"))));
  const page = await mount(ambient);
  await page.render(views.map(({ View }, key) => createElement(View, { key })));
  await until("the error", () => views.every(({ latest }) => latest.kind === "failed"));
  assert.equal(views[0]?.latest.error?.reason, "PERMISSION_DENIED");
  firebase.deny("shows/one", false);
  views[0].latest.retry();
  await until("the show", () => views.every(({ latest }) => latest.kind === "known"));
  page.unmount();
});

test("useObservable follows what another subscriber has opened again after an error", async () => {
  const { firebase, ambient } = phone();
  firebase.deny("shows/one");
  const observable = ambient.shows.show("one");
  const shown = probe(() => useObservable(observable));
  const page = await mount(ambient);
  const view = (key: string) => page.render([key, createElement(shown.View, { key: "view" })]);
  await view("first");
  await until("the error", () => shown.latest.kind === "failed");
  firebase.deny("shows/one", false);
  const stop = observable.subscribe(() => undefined);
  await view("again");
  await until("the show", () => shown.latest.kind === "known");
  stop();
  firebase.set("shows/one", { ...firebase.documents.get("shows/one"), title: "Renamed" });
  await until("the new title", () => shown.latest.value?.title === "Renamed");
  page.unmount();
});

test("useShow joins once under StrictMode, and stays when its view is closed and opened again", async () => {
  const { firebase, ambient } = phone();
  const current = probe(useCurrentShow);
  const shown = probe(() => useShow("one"));
  const page = await mount(ambient);
  const bar = createElement(current.View, { key: "bar" });
  const view = createElement(shown.View, { key: "view" });
  await page.render([bar, view]);
  assert.equal((await until("the view", () => shown.results[0])).kind, "joining");
  const show = await until("the show", () => current.results.at(-1));
  await page.render([bar]);
  assert.equal(current.latest, show);
  await page.render([bar, view]);
  assert.ok(shown.latest.kind === "in" && shown.latest.show === show);
  assert.deepEqual(firebase.calls, ["joinShow"]);
  await shown.latest.leave();
  await until("the end", () => shown.latest.kind === "in" && shown.latest.presence.kind === "gone");
  assert.deepEqual(firebase.calls, ["joinShow", "leaveShow"]);
  shown.latest.retry();
  await until("the return", () => current.latest !== undefined);
  page.unmount();
});

test("useShow completes a join after its view closes", async () => {
  const { firebase, ambient } = phone();
  const answer = held(firebase, "joinShow");
  const current = probe(useCurrentShow);
  const shown = probe(() => useShow("one"));
  const page = await mount(ambient);
  const bar = createElement(current.View, { key: "bar" });
  await page.render([bar, createElement(shown.View, { key: "view" })]);
  await until("the call", () => firebase.calls.length > 0);
  await page.render([bar]);
  answer();
  const show = await until("the show", () => current.results.at(-1));
  assert.equal(show.id, "one");
  assert.deepEqual(firebase.calls, ["joinShow"]);
  page.unmount();
});

test("useShow waits for the sign-in that the app restores at its start", async () => {
  const { firebase, ambient } = phone(null);
  const shown = probe(() => useShow("one"));
  const page = await mount(ambient);
  await page.render(createElement(shown.View));
  assert.deepEqual([shown.latest.kind, firebase.calls], ["joining", []]);
  firebase.signIn("eve");
  await until("the show", () => shown.latest.kind === "in");
  assert.deepEqual(firebase.calls, ["joinShow"]);
  page.unmount();
});

test("useShow joins once for two views, and does not come back after leaving in mid-join", async () => {
  const { firebase, ambient } = phone();
  const answer = held(firebase, "joinShow");
  const views = [1, 2].map(() => probe(() => useShow("one")));
  const current = probe(useCurrentShow);
  const page = await mount(ambient);
  await page.render([...views, current].map(({ View }, key) => createElement(View, { key })));
  await until("the call", () => firebase.calls.length > 0);
  const left = views[0]?.latest.leave();
  answer();
  await left;
  await page.settled();
  assert.deepEqual(firebase.calls, ["joinShow", "leaveShow"]);
  assert.deepEqual([views[0]?.latest.kind, current.latest], ["outside", undefined]);
  views[0]?.latest.retry();
  await until("the show", () => views.every(({ latest }) => latest.kind === "in"));
  page.unmount();
});

test("useShow without an id or an account joins nothing", async () => {
  const { firebase, ambient } = phone(null);
  const views = [undefined, "one"].map((showId) => probe(() => useShow(showId)));
  const page = await mount(ambient);
  await page.render(views.map(({ View }, key) => createElement(View, { key })));
  const kinds = () => views.map(({ latest }) => latest.kind);
  assert.deepEqual(kinds(), ["outside", "joining"]);
  firebase.signIn(null);
  await until("nobody", () => kinds().every((kind) => kind === "outside"));
  await page.settled();
  assert.deepEqual([kinds(), firebase.calls], [["outside", "outside"], []]);
  page.unmount();
});

test("useShow under another show's view is outside, and closes with its own last view", async () => {
  const { firebase, ambient } = phone();
  const [one, two, twoAgain] = ["one", "two", "two"].map((showId) => probe(() => useShow(showId)));
  assert.ok(one && two && twoAgain);
  const stay = probe(useStay);
  const page = await mount(ambient);
  const views = [stay, one, two, twoAgain].map(({ View }, key) => createElement(View, { key }));
  await page.render(views.slice(0, 2));
  await until("the first show", () => one.latest.kind === "in");
  await page.render(views);
  await until("the second show", () => two.latest.kind === "in");
  assert.equal(one.latest.kind, "outside");
  await one.latest.leave();
  firebase.set("shows/two", { ...firebase.documents.get("shows/two"), status: "ended" });
  const state = () => stay.latest.state.current;
  const isOver = () => {
    const current = state();
    return current.kind === "in" && current.presence.kind === "over";
  };
  await until("the end", isOver);
  await page.render([views[0], views[2], views[3]]);
  await page.render([views[0], views[2]]);
  await page.settled();
  assert.ok(isOver(), "it is still on view");
  await page.render(views.slice(0, 1));
  await until("no view", () => state().kind === "nowhere");
  page.unmount();
});

test("useShow takes a creator out of their own live show only on request", async () => {
  const { firebase, ambient } = phone("ben");
  const shown = probe(() => useShow("two"));
  const stay = probe(useStay);
  const page = await mount(ambient);
  await page.render(createElement(stay.View, { key: "stay" }));
  await stay.latest.start("one");
  await page.render([stay.View, shown.View].map((View, key) => createElement(View, { key })));
  await page.settled();
  assert.ok(shown.latest.kind === "onAir" && shown.latest.own.id === "one");
  assert.deepEqual(firebase.calls, ["startShow"]);
  shown.latest.retry();
  await until("the other show", () => shown.latest.kind === "in");
  assert.deepEqual(firebase.calls, ["startShow", "leaveShow", "joinShow"]);
  page.unmount();
});

test("a person who signs out during a call is out of the show, and its answer changes nothing", async () => {
  const { firebase, ambient } = phone();
  firebase.callables.set("acceptInvitation", () => ({ role: "speaker" }));
  const answer = held(firebase, "acceptInvitation");
  const shown = probe(() => useShow("one"));
  const action = probe(useAction);
  const account = probe(useAccount);
  const page = await mount(ambient);
  await page.render([shown, action, account].map(({ View }, key) => createElement(View, { key })));
  const show = await until("the show", () => shown.latest.kind === "in" && shown.latest.show);
  action.latest.run(() => show.stage.acceptInvitation());
  await until("the call", () => firebase.calls.includes("acceptInvitation"));
  await ambient.account.signOut();
  await until("nobody", () => account.latest.uid === null);
  answer();
  await until("the end", () => !action.latest.isPending);
  assert.notEqual(show.presence.current.kind, "present");
  assert.deepEqual(page.errors, []);
  page.unmount();
});

test("useShow moves on to another show while it joins the first", async () => {
  const { firebase, ambient } = phone();
  const answer = held(firebase, "joinShow");
  const states: ShowState[] = [];
  const View = ({ showId }: { readonly showId: string }) => {
    states.push(useShow(showId));
    return null;
  };
  const page = await mount(ambient);
  const view = (showId: string) => page.render(createElement(View, { showId }));
  await view("one");
  await until("the call", () => firebase.calls.length > 0);
  await view("two");
  answer();
  const show = await until("the show", () => {
    const state = states.at(-1);
    return state?.kind === "in" && state.show;
  });
  assert.equal(show.id, "two");
  assert.deepEqual(firebase.calls, ["joinShow", "leaveShow", "joinShow"]);
  page.unmount();
});

test("useShow does not take the next account into the show that the last one was joining", async () => {
  const { firebase, ambient } = phone();
  const answer = held(firebase, "joinShow");
  const stay = probe(useStay);
  const current = probe(useCurrentShow);
  const page = await mount(ambient);
  await page.render([stay.View, current.View].map((View, key) => createElement(View, { key })));
  const eves = stay.latest;
  eves.enter("one");
  await until("the call", () => firebase.calls.length > 0);
  firebase.signIn(null);
  firebase.signIn("dan");
  await until("Dan's stay", () => stay.latest !== eves);
  answer();
  await until("the end", () => firebase.calls.includes("leaveShow"));
  await page.settled();
  assert.deepEqual([eves.state.current.kind, current.latest], ["nowhere", undefined]);
  page.unmount();
});

test("useShow leaves if the app is closed while it joins", async () => {
  const { firebase, ambient } = phone();
  const answer = held(firebase, "joinShow");
  const page = await mount(ambient);
  await page.render(createElement(probe(() => useShow("one")).View));
  await until("the call", () => firebase.calls.length > 0);
  page.unmount();
  answer();
  await until("the end", () => firebase.calls.includes("leaveShow"));
  assert.deepEqual(firebase.calls, ["joinShow", "leaveShow"]);
});

test("useShow says why joining was refused, and moves on to another show", async () => {
  const { firebase, ambient } = phone();
  const join = firebase.callables.get("joinShow") ?? assert.fail();
  firebase.callables.set("joinShow", () => {
    throw new AmbientError("BANNED");
  });
  let showId = "one";
  const shown = probe(() => useShow(showId));
  const page = await mount(ambient);
  await page.render(createElement(shown.View));
  await until("the refusal", () => shown.results.at(-1)?.kind === "refused");
  assert.ok(shown.latest.kind === "refused" && shown.latest.error.reason === "BANNED");
  firebase.callables.set("joinShow", join);
  showId = "two";
  await page.render(createElement(shown.View, { key: "again" }));
  await until("the show", () => shown.latest.kind === "in");
  page.unmount();
});

test("useShow gives the next account on the device a stay of its own", async () => {
  const { firebase, ambient } = phone();
  const account = probe(useAccount);
  const current = probe(useCurrentShow);
  const stay = probe(useStay);
  const page = await mount(ambient);
  await page.render(
    [account.View, current.View, stay.View].map((View, key) => createElement(View, { key })),
  );
  await until("Eve's profile", () => account.results.at(-1)?.profile.value?.displayName === "eve");
  stay.latest.enter("one");
  await until("the show", () => current.latest);
  const eves = stay.latest;
  await ambient.account.signOut();
  await until("nobody", () => account.latest.uid === null);
  assert.deepEqual(
    [account.latest.profile.kind, account.latest.profile.value],
    ["known", undefined],
  );
  assert.equal(firebase.documents.get("shows/one/participants/eve")?.state, "left");
  firebase.signIn("dan");
  await until("Dan's profile", () => account.latest.profile.value?.displayName === "dan");
  assert.notEqual(stay.latest, eves);
  assert.equal(current.latest, undefined);
  assert.equal(eves.state.current.kind, "nowhere");
  page.unmount();
});

test("useUnseen counts what arrives while nobody looks", async () => {
  let times: readonly number[] | undefined;
  let isLooking = false;
  const comments = probe(() => useUnseen(times, isLooking));
  const page = await mount();
  const count = async (now: readonly number[] | undefined, isShown: boolean) => {
    times = now;
    isLooking = isShown;
    await page.render(createElement(comments.View));
    await page.settled();
    return comments.latest;
  };
  assert.equal(await count(undefined, false), 0);
  assert.equal(await count([5, 3], false), 0);
  assert.equal(await count([8, 7, 5, 3], false), 2);
  assert.equal(await count([8, 5, 3], false), 1, "one was withdrawn");
  assert.equal(await count([8, 5, 3], true), 0);
  assert.equal(await count([9, 8, 5, 3], false), 1);
  page.unmount();
});

test("useAction runs a double click once, keeps the error, and repeats what was refused", async () => {
  const action = probe(useAction);
  const page = await mount();
  await page.render(createElement(action.View));
  await until("the view", () => action.results.length > 0);
  const attempts: PromiseWithResolvers<undefined>[] = [];
  const work = () => {
    const attempt = Promise.withResolvers<undefined>();
    attempts.push(attempt);
    return attempt.promise;
  };
  action.latest.run(work);
  action.latest.run(work);
  await until("pending", () => action.latest.isPending);
  assert.equal(attempts.length, 1);
  attempts[0]?.reject(new AmbientError("SLOW_MODE"));
  await until("the error", () => action.latest.error?.reason === "SLOW_MODE");
  action.latest.retry?.();
  await until("pending again", () => action.latest.isPending && !action.latest.error);
  attempts[1]?.resolve(undefined);
  await until("the end", () => !action.latest.isPending);
  assert.deepEqual([attempts.length, action.latest.retry], [2, undefined]);
  action.latest.run(() => {
    throw new AmbientError("AWAY");
  });
  await until("the thrown error", () => action.latest.error?.reason === "AWAY");
  assert.equal(action.latest.isPending, false);
  action.latest.dismiss();
  await until("no error", () => !action.latest.error);
  page.unmount();
});

test("usePages and useShows list page by page, for each account anew", async () => {
  const { firebase, ambient } = phone();
  const live = probe(() => useShows("live"));
  let creatorUid = "ben";
  const past = probe(() => {
    const creator = useAmbient().creator(creatorUid);
    return usePages((request) => creator.past(request), [creator]);
  });
  const page = await mount(ambient);
  const view = () =>
    page.render([live.View, past.View].map((View, key) => createElement(View, { key })));
  await view();
  await until("the shows", () => live.results.at(-1)?.items?.length === 2);
  await until("no past show", () => past.results.at(-1)?.items?.length === 0);
  assert.deepEqual([live.latest.more], [undefined]);
  firebase.deny("shows");
  await until("the error", () => live.latest.error?.reason === "PERMISSION_DENIED");
  firebase.deny("shows", false);
  for (const { latest } of [live, past]) latest.more?.();
  await until("the shows again", () => !live.latest.error && live.latest.items?.length === 2);
  const { createdAt: endedAt } = comment("ben", "");
  firebase.set("shows/past", { ...firebase.documents.get("shows/one"), status: "ended", endedAt });
  await until("the past show", () => past.latest.items?.length === 1);
  creatorUid = "dan";
  const renders = past.results.length;
  await view();
  await until("no show of Dan's", () => past.latest.items?.length === 0);
  assert.ok(
    past.results.slice(renders).every(({ items }) => !items?.length),
    "the other list is never shown",
  );
  page.unmount();
});

test("useStage knows who is on the stage, and the queue only for hosts", async () => {
  const { firebase, shown, close } = await inShow(useStage);
  await until("the stage", () => shown.latest.people.value?.length === 1);
  await until("no request", () => shown.latest.request.kind === "known");
  assert.deepEqual([shown.latest.isHost, shown.latest.requests.value], [false, []]);
  const { createdAt } = comment("dan", "");
  firebase.set("shows/one/speakRequests/dan", { uid: "dan", status: "pending", createdAt });
  firebase.set("shows/one/participants/eve", participant("eve", { role: "cohost" }));
  await until("the queue", () => shown.latest.isHost && shown.latest.requests.value?.length === 1);
  close();
});

test("useComments shows the latest comments and loads earlier ones", async () => {
  const { firebase, shown, close } = await inShow(useComments);
  await until("no comments", () => shown.latest.latest.value?.length === 0);
  assert.deepEqual([shown.latest.more], [undefined]);
  for (let second = 1; second <= 60; second += 1) {
    firebase.set(`shows/one/comments/c${second}`, comment("dan", `${second}`, second * 1_000));
  }
  await until("a page", () => shown.latest.latest.value?.length === 50 && shown.latest.more);
  await until("no pin", () => shown.latest.pinned.kind === "known");
  assert.equal(shown.latest.pinned.value, null);
  shown.latest.more?.();
  await until(
    "the earlier ones",
    () => !shown.latest.isLoadingMore && shown.latest.earlier.length > 0,
  );
  const [oldest] = shown.latest.earlier;
  assert.ok(oldest);
  const { length } = shown.latest.earlier;
  shown.latest.updateEarlier(oldest.id, undefined);
  await until("the removal", () => shown.latest.earlier.length === length - 1);
  close();
});

test("useComments begins anew with another show, whose comments a late page does not join", async () => {
  const { firebase, ambient, show, close } = await inShow(() => null);
  const other = await ambient.join("two");
  for (let second = 1; second <= 120; second += 1) {
    firebase.set(`shows/one/comments/a${second}`, comment("dan", `${second}`, second * 1_000));
  }
  for (let second = 200; second < 255; second += 1) {
    firebase.set(`shows/two/comments/b${second}`, comment("dan", `${second}`, second * 1_000));
  }
  let current = show;
  const shown = probe(() => useComments(current));
  const page = await mount(ambient);
  const view = () => page.render(createElement(shown.View));
  await view();
  await until("the latest", () => shown.latest.more && shown.latest.latest.value?.length === 50);
  shown.latest.more?.();
  await until("a page", () => shown.latest.earlier.length === 50 && !shown.latest.isLoadingMore);
  const before = show.comments.before.bind(show.comments);
  const answer = Promise.withResolvers<undefined>();
  show.comments.before = async (...args) => {
    await answer.promise;
    return before(...args);
  };
  shown.latest.more?.();
  const renders = shown.results.length;
  current = other;
  await view();
  answer.resolve(undefined);
  const ids = () =>
    shown.results.slice(renders).flatMap(({ earlier }) => earlier.map(({ id }) => id.slice(0, 1)));
  await until("the other's", () => !shown.latest.isLoadingMore && shown.latest.more);
  await page.settled();
  assert.deepEqual([shown.latest.latest.value?.length, ids()], [50, []]);
  shown.latest.more?.();
  await until("the other's page", () => shown.latest.earlier.length === 5);
  assert.deepEqual([...new Set(ids())], ["b"]);
  page.unmount();
  other.close();
  close();
});

test("useComments lets only the rows render that changed, among 500", async () => {
  const { firebase, ambient } = phone();
  for (let second = 1; second <= 500; second += 1) {
    firebase.set(`shows/one/comments/c${second}`, comment("dan", `${second}`, second * 1_000));
  }
  const show = await ambient.join("one");
  const rendered = new Set<string>();
  const Row = memo(({ row }: { readonly row: Comment; readonly updateEarlier: unknown }) => {
    rendered.add(row.id);
    return null;
  });
  const shown = probe(() => useComments(show));
  const List = () => {
    shown.View();
    const { latest, earlier, updateEarlier } = shown.latest;
    return [...(latest.value ?? []), ...earlier].map((row) =>
      createElement(Row, { key: row.id, row, updateEarlier }),
    );
  };
  const page = await mount(ambient);
  await page.render(createElement(List));
  for (let count = 50; count < 500; count += 50) {
    await until(`${count} comments`, () => rendered.size === count && !shown.latest.isLoadingMore);
    shown.latest.more?.();
  }
  await until("all comments", () => rendered.size === 500 && !shown.latest.isLoadingMore);
  rendered.clear();
  const { more } = shown.latest;
  assert.ok(more);
  firebase.set("shows/one/comments/new", comment("dan", "now", 600_000));
  await until("the new one", () => rendered.has("new"));
  await page.settled();
  assert.deepEqual([...rendered], ["new"]);
  assert.equal(shown.latest.more, more);
  assert.equal(shown.latest.earlier.length, 451);
  page.unmount();
  show.close();
});

test("useReactions counts own taps at once, and closes with the show", async () => {
  const { firebase, show, shown, close } = await inShow(useReactions);
  await until("the totals", () => shown.latest.totals.value?.clap === 0);
  const { isOpen, send } = shown.latest;
  assert.deepEqual([isOpen, send("clap")], [true, "counted"]);
  await until("the tap", () => shown.latest.totals.value?.clap === 1);
  assert.equal(shown.latest.send, send);
  const details = firebase.documents.get("shows/one");
  firebase.set("shows/one", { ...details, status: "ended", endReason: "ended_by_host" });
  await until("the end", () => show.presence.current.kind === "over" && !shown.latest.isOpen);
  close();
});

test("useSound, useAudio and useMusic play on this device, and stop when the show is left", async () => {
  const closed: string[] = [];
  const openPlayer = (show: Show) => ({
    ...silentPlayer,
    close: () => closed.push(show.id),
  });
  const { shown, page, close, show } = await inShow((joined) => {
    const sound = useSound(joined, openPlayer);
    return {
      sound,
      music: useMusic(joined, sound?.follower),
      moment: useMoment(sound?.follower),
    };
  });
  const sound = await until("the sound", () => shown.latest.sound);
  assert.equal(sound.show, show);
  await until("talk", () => shown.latest.music.outcome?.kind === "silent");
  await until("the moment", () => shown.latest.moment?.kind === "talk");
  assert.equal(shown.latest.music.playback.value?.mode, "talk");
  const voices = probe(() => useAudio(sound.audio));
  const other = await mount();
  await other.render(createElement(voices.View));
  await until("the voices", () => voices.results.length > 0);
  assert.deepEqual([voices.latest.connection, voices.latest.microphone], ["none", "off"]);
  other.unmount();
  page.unmount();
  await until("the end", () => closed.length > 0);
  // StrictMode has opened and closed a first one.
  assert.ok(closed.every((showId) => showId === "one"));
  close();
});

test("useMoment moves on with the music, and does not render again during talk", async () => {
  const talk = { moment: { kind: "talk" }, outcome: { kind: "silent", because: "talk" } } as const;
  const state = new Observed<MusicState>(talk);
  let positionMs = 0;
  const playing = () =>
    ({ kind: "playing", trackIndex: 0, trackUri: "a", positionMs, endsAt: 9_000 }) as const;
  const unused = () => assert.fail("not for this view");
  const follower: MusicFollower = {
    get state() {
      return state.state;
    },
    get current() {
      return state.current;
    },
    subscribe: state.subscribe,
    ...{ moment: playing, resume: unused, close: unused, release: unused },
  };
  mock.timers.enable({ apis: ["setInterval"] });
  try {
    const shown = probe(() => useMoment(follower));
    const page = await mount();
    await page.render(createElement(shown.View));
    assert.deepEqual(shown.latest, { kind: "talk" });
    const renders = shown.results.length;
    mock.timers.tick(1_000);
    await page.settled();
    assert.equal(shown.results.length, renders);
    state.set({ moment: playing(), outcome: { kind: "playing" } });
    await until("the music", () => shown.latest?.kind === "playing");
    await page.settled();
    positionMs = 250;
    mock.timers.tick(250);
    await until("its progress", () => isEqual(shown.latest, playing()));
    page.unmount();
  } finally {
    mock.timers.reset();
  }
});

test("useAction passes an error to the app's log once its view has closed", async () => {
  const { firebase } = phone();
  const reported: string[] = [];
  const ambient = firebase.ambient({ onError: ({ reason }) => reported.push(reason) });
  const action = probe(useAction);
  const page = await mount(ambient);
  await page.render(createElement(action.View));
  const { promise, reject } = Promise.withResolvers<never>();
  action.latest.run(() => promise);
  await until("pending", () => action.latest.isPending);
  await page.render(null);
  reject(new AmbientError("OFFLINE"));
  await until("the report", () => reported.length > 0);
  assert.deepEqual(reported, ["OFFLINE"]);
  page.unmount();
});

const silentPlayer: PlayerAdapter = {
  longestList: 100,
  typicalLatencyMs: { play: 0, seek: 0 },
  reportEveryMs: 10_000,
  settlingMs: 0,
  play: () => Promise.resolve(),
  pause: () => Promise.resolve(),
  seek: () => Promise.resolve(),
  report: () => Promise.resolve(null),
};
