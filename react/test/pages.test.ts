import assert from "node:assert/strict";
import { AmbientError } from "../../client/src/errors/ambientError.js";
import { observable } from "../../client/src/observe/observable.js";
import { createSource } from "../../client/src/observe/source.js";
import type { Page } from "../../client/src/backend/page.js";
import { fetchedPages, livePages, type Pages } from "../src/pages.js";

const PAGE = 20;

interface Opened {
  readonly limit: number;
  isOpen: boolean;
  readonly emit: (page: Page<number>) => void;
  readonly fail: (error: AmbientError) => void;
}

/** A live list whose subscriptions the test controls. */
function liveList() {
  const opened: Opened[] = [];
  const list = ({ limit = PAGE }: { readonly limit?: number }) =>
    observable(
      createSource<Page<number>>((emit, fail) => {
        const it = { limit, isOpen: true, emit, fail };
        opened.push(it);
        return () => {
          it.isOpen = false;
        };
      }),
      assert.ifError,
    );
  let shown: Pages<number> | undefined;
  const stop = livePages(list, (pages) => {
    shown = pages;
  });
  return {
    stop,
    shown: () => shown,
    latest: () => opened.at(-1),
    limits: () => opened.filter(({ isOpen }) => isOpen).map(({ limit }) => limit),
  };
}

/** The numbers from `from` on, and whether more follow. */
const page = (from: number, count: number, hasMore: boolean): Page<number> => {
  const items = Array.from({ length: count }, (_, index) => from + index);
  return { items, next: hasMore ? items.at(-1) : undefined };
};

describe("the pages of a live list", () => {
  it("are busy at once while the next one loads, and keep what is shown", () => {
    const { shown, latest, limits } = liveList();
    assert.deepEqual([shown()?.items, shown()?.isLoading], [undefined, true]);
    latest()?.emit(page(0, PAGE, true));
    assert.deepEqual([shown()?.items?.length, shown()?.isLoading], [PAGE, false]);
    shown()?.more?.();
    assert.deepEqual([shown()?.items?.length, shown()?.isLoading], [PAGE, true]);
    assert.ok(shown()?.more, "the button stays, and the focus on it");
    shown()?.more?.();
    assert.deepEqual(limits(), [2 * PAGE], "a second click opens nothing");
    latest()?.emit(page(0, 25, false));
    assert.deepEqual([shown()?.items?.length, shown()?.isLoading], [25, false]);
    assert.equal(shown()?.more, undefined);
  });

  it("try the page that failed again", () => {
    const { shown, latest, limits } = liveList();
    latest()?.emit(page(0, PAGE, true));
    shown()?.more?.();
    latest()?.fail(new AmbientError("OFFLINE"));
    assert.deepEqual([shown()?.error?.reason, shown()?.isLoading], ["OFFLINE", false]);
    assert.equal(shown()?.items?.length, PAGE);
    shown()?.more?.();
    assert.deepEqual([shown()?.error, limits()], [undefined, [2 * PAGE]]);
    latest()?.emit(page(0, 25, false));
    assert.equal(shown()?.items?.length, 25);
  });

  it("end with the view", () => {
    const { shown, latest, limits, stop } = liveList();
    latest()?.emit(page(0, PAGE, true));
    const { more } = shown() ?? {};
    more?.();
    stop();
    assert.deepEqual(limits(), []);
    more?.();
    assert.deepEqual(limits(), [], "a button from before opens nothing");
  });
});

/** A fetched list whose answers the test controls. */
function fetchedList() {
  const requests: {
    readonly after: string | undefined;
    readonly signal: AbortSignal;
    readonly answer: PromiseWithResolvers<Page<number, string>>;
  }[] = [];
  let shown: Pages<number> | undefined;
  const stop = fetchedPages<number, string>(
    (after, { signal }) => {
      const answer = Promise.withResolvers<Page<number, string>>();
      requests.push({ after, signal, answer });
      return answer.promise;
    },
    (pages) => {
      shown = pages;
    },
  );
  const settled = () => new Promise(setImmediate);
  return {
    stop,
    shown: () => shown,
    places: () => requests.map(({ after }) => after),
    latest: () => requests.at(-1),
    answers: async (items: readonly number[], next: string | undefined) => {
      requests.at(-1)?.answer.resolve({ items, next });
      await settled();
    },
    fails: async () => {
      requests.at(-1)?.answer.reject(new AmbientError("OFFLINE"));
      await settled();
    },
  };
}

describe("the pages of a fetched list", () => {
  it("follow each other, and a second click fetches nothing", async () => {
    const { shown, places, answers } = fetchedList();
    await answers([1, 2], "two");
    const { more } = shown() ?? {};
    more?.();
    more?.();
    shown()?.more?.();
    assert.deepEqual([places(), shown()?.isLoading], [[undefined, "two"], true]);
    await answers([3], undefined);
    assert.deepEqual([shown()?.items, shown()?.more], [[1, 2, 3], undefined]);
  });

  it("repeat the request that failed, and have its items once", async () => {
    const { shown, places, answers, fails } = fetchedList();
    await answers([1], "one");
    shown()?.more?.();
    await fails();
    assert.deepEqual([shown()?.items, shown()?.error?.reason], [[1], "OFFLINE"]);
    shown()?.more?.();
    assert.equal(shown()?.error, undefined);
    await answers([2], undefined);
    assert.deepEqual(
      [places(), shown()?.items],
      [
        [undefined, "one", "one"],
        [1, 2],
      ],
    );
  });

  it("end with the view: its request is aborted, an answer is ignored, and `more` fetches nothing", async () => {
    const { shown, places, latest, answers, stop } = fetchedList();
    await answers([1], "one");
    const { more } = shown() ?? {};
    more?.();
    assert.equal(latest()?.signal.aborted, false);
    stop();
    assert.equal(latest()?.signal.aborted, true);
    const before = shown();
    await answers([2], "two");
    more?.();
    assert.deepEqual([places(), shown()], [[undefined, "one"], before]);
  });
});
