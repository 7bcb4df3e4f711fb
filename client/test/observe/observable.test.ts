import assert from "node:assert/strict";
import { AmbientError } from "../../src/errors/ambientError.js";
import { memo } from "../../src/observe/memo.js";
import { observable, Observed } from "../../src/observe/observable.js";
import { controlledSource } from "../support/controlledSource.js";

/** An observable of a source that the test controls. */
function observed() {
  const source = controlledSource<number>();
  const reported: string[] = [];
  const numbers = observable(source.source, ({ reason }) => reported.push(reason));
  return { source, numbers, reported };
}

const ignore = () => undefined;

describe("an observable", () => {
  it("opens its source once for all subscribers, and closes it after the last one left", () => {
    const { source, numbers } = observed();
    const seen: string[] = [];
    const stops = ["a", "b"].map((name) =>
      numbers.subscribe((value) => seen.push(`${name}${value}`)),
    );
    source.says(1);
    stops.push(numbers.subscribe((value) => seen.push(`c${value}`)));
    assert.deepEqual([seen, source.open()], [["a1", "b1", "c1"], 1]);
    for (const stop of stops) stop();
    assert.equal(source.open(), 0);
    numbers.subscribe((value) => seen.push(`d${value}`));
    assert.deepEqual([seen.length, source.open()], [3, 1], "the old value is not reported");
  });

  it("keeps the identity of its state until that changes, for useSyncExternalStore", () => {
    const { source, numbers } = observed();
    let changes = 0;
    // Passed on without its object, as React does.
    const { subscribe } = numbers;
    const getSnapshot = () => numbers.state;
    const stop = subscribe(() => (changes += 1));
    assert.equal(getSnapshot(), getSnapshot());
    assert.equal(getSnapshot().kind, "loading");
    source.says(1);
    const known = getSnapshot();
    source.says(1);
    assert.deepEqual([known.value, numbers.current, changes], [1, 1, 1]);
    assert.equal(getSnapshot(), known);
    source.says(2);
    assert.deepEqual([getSnapshot().value, changes], [2, 2]);
    stop();
    assert.equal(getSnapshot().kind, "loading");
  });

  it("keeps its error for those who received it, and starts again for a new subscriber", () => {
    const { source, numbers } = observed();
    const errors: string[] = [];
    const stop = numbers.subscribe(
      () => assert.fail(),
      ({ reason }) => errors.push(reason),
    );
    source.fails(new AmbientError("OFFLINE"));
    assert.deepEqual(
      [errors, numbers.state.error?.reason, source.open()],
      [["OFFLINE"], "OFFLINE", 0],
    );
    const seen: number[] = [];
    numbers.subscribe((value) => seen.push(value));
    assert.equal(numbers.state.kind, "loading");
    source.says(1);
    stop();
    assert.deepEqual([seen, numbers.current, source.open()], [[1], 1, 1]);
  });

  it("forgets its error once nobody shows it", () => {
    const { source, numbers } = observed();
    const stop = numbers.subscribe(ignore, ignore);
    source.fails(new AmbientError("OFFLINE"));
    stop();
    assert.equal(numbers.state.kind, "loading");
  });

  it("reports an error that a subscriber does not listen for", () => {
    const { source, numbers, reported } = observed();
    numbers.subscribe(ignore, ignore);
    numbers.subscribe(ignore);
    source.fails(new AmbientError("OUTDATED"));
    assert.deepEqual(reported, ["OUTDATED"]);
  });

  it("may be subscribed to again while it reports an error", () => {
    const { source, numbers } = observed();
    const seen: number[] = [];
    numbers.subscribe(ignore, () => {
      numbers.subscribe((value) => seen.push(value));
    });
    source.fails(new AmbientError("OFFLINE"));
    source.says(1);
    assert.deepEqual([seen, source.open()], [[1], 1]);
  });

  it("closes its source if its only subscriber leaves during the first value", () => {
    let closed = 0;
    const one = observable<number>(
      {
        subscribe(next) {
          next(1);
          return () => (closed += 1);
        },
      },
      assert.ifError,
    );
    const other = one.subscribe(ignore);
    other();
    assert.equal(closed, 1);
  });

  it("that is always known has a state, too", () => {
    const role = new Observed("listener");
    const before = role.state;
    role.set("listener");
    assert.equal(role.state, before);
    role.set("speaker");
    assert.deepEqual(
      [before.value, role.state.value, role.current],
      ["listener", "speaker", "speaker"],
    );
  });
});

describe("a memo", () => {
  const squares = () =>
    memo((value: number, page: { readonly limit?: number } = {}) => ({ value, page }));

  it("gives the same object for the same arguments", () => {
    const square = squares();
    assert.equal(square(1, { limit: 2 }), square(1, { limit: 2 }));
    assert.notEqual(square(1, { limit: 2 }), square(1, { limit: 3 }));
  });

  it("gives the same object for as long as somebody holds it, however many others there are", () => {
    const square = squares();
    const held = Array.from({ length: 500 }, (_, value) => square(value));
    for (const [value, one] of held.entries()) assert.equal(square(value), one);
  });

  it("keeps the latest for a view that opens again", () => {
    let created = 0;
    const count = memo((value: number) => {
      created += 1;
      return { value };
    });
    for (let value = 0; value < 100; value += 1) count(value);
    for (let value = 0; value < 100; value += 1) count(value);
    assert.equal(created, 100, "the latest are kept");
  });
});
