import assert from "node:assert/strict";
import { AmbientError, type Comment, type PlayerAdapter, type Show } from "@ambient/client/core";
import { createElement, memo } from "react";
import { InMemoryFirebase } from "../../../client/test/support/inMemoryFirebase.js";
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
  const firebase = new InMemoryFirebase(uid ?? undefined);
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

test("useShow that is closed while it joins, joins for the other views", async () => {
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
  assert.deepEqual([views[0]?.latest.kind, current.latest], ["joining", undefined]);
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
  assert.deepEqual([eves.place.current.kind, current.latest], ["nowhere", undefined]);
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
  firebase.signIn(null);
  await until("nobody", () => account.latest.uid === null);
  assert.equal(account.latest.profile.kind, "loading");
  await ambient.account.signOut();
  firebase.signIn("dan");
  await until("Dan's profile", () => account.latest.profile.value?.displayName === "dan");
  assert.notEqual(stay.latest, eves);
  assert.equal(current.latest, undefined);
  assert.equal(eves.place.current.kind, "nowhere");
  page.unmount();
});

test("useUnseen counts what arrives while nobody looks", async () => {
  let times: readonly number[] | undefined;
  let isLooking = false;
  const comments = probe(() => useUnseen(times, isLooking));
  const hands = probe(() => useUnseen(times, isLooking, 0));
  const page = await mount();
  const counts = async (now: readonly number[] | undefined, isShown: boolean) => {
    times = now;
    isLooking = isShown;
    const views = [comments.View, hands.View].map((View, key) => createElement(View, { key }));
    await page.render(views);
    await page.settled();
    return [comments.latest, hands.latest];
  };
  assert.deepEqual(await counts(undefined, false), [0, 0]);
  assert.deepEqual(await counts([5, 3], false), [0, 2]);
  assert.deepEqual(await counts([8, 7, 5, 3], false), [2, 4]);
  assert.deepEqual(await counts([8, 5, 3], false), [1, 3], "one was withdrawn");
  assert.deepEqual(await counts([8, 5, 3], true), [0, 0]);
  assert.deepEqual(await counts([9, 8, 5, 3], false), [1, 1]);
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
  live.latest.more?.();
  await until("the shows again", () => !live.latest.error && live.latest.items?.length === 2);
  creatorUid = "dan";
  await view();
  assert.ok(past.results.length > 0);
  page.unmount();
});

test("useStage knows who is on the stage, and the queue only for hosts", async () => {
  const { firebase, shown, close } = await inShow(useStage);
  await until("the stage", () => shown.latest.people.value?.length === 1);
  await until("no request", () => shown.latest.request.kind === "known");
  assert.deepEqual([shown.latest.isHost, shown.latest.requests.kind], [false, "loading"]);
  firebase.set("shows/one/participants/eve", participant("eve", { role: "cohost" }));
  await until("the queue", () => shown.latest.isHost && shown.latest.requests.kind === "known");
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
  shown.latest.revise(oldest.id, undefined);
  await until("the removal", () => shown.latest.earlier.length === length - 1);
  close();
});

test("useComments lets only the rows render that changed, among 500", async () => {
  const { firebase, ambient } = phone();
  for (let second = 1; second <= 500; second += 1) {
    firebase.set(`shows/one/comments/c${second}`, comment("dan", `${second}`, second * 1_000));
  }
  const show = await ambient.join("one");
  const rendered = new Set<string>();
  const Row = memo(({ row }: { readonly row: Comment; readonly revise: unknown }) => {
    rendered.add(row.id);
    return null;
  });
  const shown = probe(() => useComments(show));
  const List = () => {
    shown.View();
    const { latest, earlier, revise } = shown.latest;
    return [...(latest.value ?? []), ...earlier].map((row) =>
      createElement(Row, { key: row.id, row, revise }),
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
  firebase.set("shows/one/comments/new", comment("dan", "now", 600_000));
  await until("the new one", () => rendered.has("new"));
  await page.settled();
  assert.deepEqual([...rendered], ["new"]);
  assert.equal(shown.latest.earlier.length, 451);
  page.unmount();
  show.close();
});

test("useReactions counts own taps at once, and closes with the show", async () => {
  const { firebase, show, shown, close } = await inShow(useReactions);
  await until("the totals", () => shown.latest.totals.value?.clap === 0);
  assert.equal(shown.latest.isOpen, true);
  assert.equal(shown.latest.send("clap"), "counted");
  await until("the tap", () => shown.latest.totals.value?.clap === 1);
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
