import assert from "node:assert/strict";
import { webLock } from "../../src/audio/audioLock.js";

/** On Node's own locks, which are those of a browser. */
describe("webLock", () => {
  let count = 0;
  /** Tabs of one browser, and what they were told. */
  function tabs() {
    count += 1;
    const open = webLock(navigator.locks, `test ${count}`);
    const freed: string[] = [];
    return { freed, open: (name: string) => open(() => freed.push(name)) };
  }
  /** Locks are given in the order of the requests, so each waiting tab has been told by then. */
  const settled = async () => {
    for (let turn = 0; turn < 3; turn += 1) await navigator.locks.query();
  };

  it("tells the tab that lost the lock once the one that took it is gone", async () => {
    const { freed, open } = tabs();
    const first = open("first");
    const second = open("second");
    first.take();
    await settled();
    second.take();
    await settled();
    assert.deepEqual(freed, []);
    second.release();
    await settled();
    assert.deepEqual(freed, ["first"]);
    first.release();
  });

  it("gives the lock back and forth, and tells nobody who took it", async () => {
    const { freed, open } = tabs();
    const [first, second] = [open("first"), open("second")];
    for (const tab of [first, second, first, first, second]) {
      tab.take();
      await settled();
    }
    assert.deepEqual(freed, []);
    first.release();
    second.release();
    await settled();
    assert.deepEqual(freed, [], "a tab that is gone is told nothing");
    const third = open("third");
    third.take();
    await settled();
    assert.deepEqual(freed, []);
    third.release();
  });

  it("tells one of several tabs that wait", async () => {
    const { freed, open } = tabs();
    const [first, second, third] = [open("first"), open("second"), open("third")];
    for (const tab of [first, second, third]) {
      tab.take();
      await settled();
    }
    third.release();
    await settled();
    assert.deepEqual(freed, ["first"]);
    first.release();
    await settled();
    assert.deepEqual(freed, ["first", "second"]);
    second.release();
  });
});
