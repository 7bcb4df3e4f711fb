import assert from "node:assert/strict";
import { AmbientError } from "../../src/errors/ambientError.js";
import { reopening } from "../../src/observe/reopening.js";
import { Scope } from "../../src/observe/scope.js";
import { Observed } from "../../src/observe/observable.js";
import { createSource, switching } from "../../src/observe/source.js";
import { together } from "../../src/observe/together.js";
import { without } from "../../src/observe/hiding.js";
import { controlledSource } from "../support/controlledSource.js";

describe("a subscription", () => {
  it("receives each value until it is ended, even if it is ended twice", () => {
    const numbers = controlledSource<number>();
    const seen: number[] = [];
    const unsubscribe = numbers.source.subscribe((value) => seen.push(value), assert.ifError);
    numbers.says(1);
    unsubscribe();
    unsubscribe();
    numbers.says(2);
    assert.deepEqual([seen, numbers.open()], [[1], 0]);
  });

  it("fails once, and is over then", () => {
    const numbers = controlledSource<number>();
    const errors: string[] = [];
    numbers.source.subscribe(
      () => assert.fail(),
      ({ reason }) => errors.push(reason),
    );
    numbers.fails(new AmbientError("OFFLINE"));
    numbers.says(1);
    assert.deepEqual([errors, numbers.open()], [["OFFLINE"], 0]);
  });

  it("starts with the first key, even if that is undefined", () => {
    const keys = new Observed<string | undefined>(undefined);
    const seen: string[] = [];
    switching(keys, (key) => new Observed(key ?? "none")).subscribe(
      (value) => seen.push(value),
      assert.ifError,
    );
    keys.set("one");
    assert.deepEqual(seen, ["none", "one"]);
  });

  it("may fail, or be ended, while it starts", () => {
    let stopped = 0;
    const failing = createSource<number>((_next, fail) => {
      fail(new AmbientError("OFFLINE"));
      return () => (stopped += 1);
    });
    failing.subscribe(
      () => undefined,
      () => undefined,
    );
    assert.equal(stopped, 1);
  });
});

describe("a callback that throws", () => {
  const thrown = new Error("the app's own");
  const throws = () => {
    throw thrown;
  };
  const reported: (() => void)[] = [];
  const { queueMicrotask } = globalThis;

  beforeEach(() => {
    reported.length = 0;
    globalThis.queueMicrotask = (task) => reported.push(task);
  });
  afterEach(() => {
    globalThis.queueMicrotask = queueMicrotask;
    for (const report of reported) assert.throws(report, thrown);
    assert.equal(reported.length, 1);
  });

  it("does not keep other subscribers from a value", () => {
    const state = new Observed(1);
    const seen: number[] = [];
    state.subscribe((value) => {
      if (value === 2) throws();
    });
    state.subscribe((value) => seen.push(value));
    state.set(2);
    assert.deepEqual(seen, [1, 2]);
  });

  it("does not keep other subscribers from the error", () => {
    const scope = new Scope();
    const errors: string[] = [];
    const within = scope.within(controlledSource<number>().source);
    within.subscribe(() => undefined, throws);
    within.subscribe(
      () => undefined,
      ({ reason }) => errors.push(reason),
    );
    scope.end(new AmbientError("REMOVED"));
    assert.deepEqual(errors, ["REMOVED"]);
  });

  it("does not end any subscription", () => {
    const numbers = controlledSource<number>();
    const seen: number[] = [];
    numbers.source.subscribe((value) => {
      seen.push(value);
      if (value === 1) throws();
    }, assert.ifError);
    numbers.says(1);
    numbers.says(2);
    assert.deepEqual(seen, [1, 2]);
  });
});

describe("Observed", () => {
  it("reports its value at once and after each change, to each subscription separately", () => {
    const state = new Observed("a");
    const seen: string[] = [];
    const hear = (value: string) => seen.push(value);
    const stops = [state.subscribe(hear), state.subscribe(hear)];
    state.set("a");
    state.set("b");
    stops[0]?.();
    state.set("c");
    assert.deepEqual(seen, ["a", "a", "b", "b", "c"]);
  });
});

describe("a value that changes while it is reported", () => {
  it("is reported in order, and not to ended subscriptions", () => {
    const state = new Observed(0);
    const heard: string[] = [];
    let unsubscribe: () => void = () => undefined;
    state.subscribe((value) => {
      heard.push(`first ${value}`);
      if (value === 1) state.set(2);
      if (value === 3) unsubscribe();
    });
    unsubscribe = state.subscribe((value) => heard.push(`second ${value}`));
    heard.length = 0;
    state.set(1);
    assert.deepEqual(heard, ["first 1", "first 2", "second 2"]);
    state.set(3);
    assert.deepEqual(heard.slice(3), ["first 3"]);
  });
});

describe("switching", () => {
  it("follows only the source of the latest key", () => {
    const key = new Observed<"x" | "y">("x");
    const sources = { x: controlledSource<number>(), y: controlledSource<number>() };
    const seen: number[] = [];
    const unsubscribe = switching(key, (name) => sources[name].source).subscribe(
      (value) => seen.push(value),
      assert.ifError,
    );
    sources.x.says(1);
    key.set("y");
    sources.x.says(2);
    sources.y.says(3);
    assert.deepEqual([sources.x.open(), sources.y.open()], [0, 1]);
    unsubscribe();
    key.set("x");
    assert.deepEqual([seen, sources.x.open(), sources.y.open()], [[1, 3], 0, 0]);
  });
});

describe("a scope", () => {
  it("ends its subscriptions with its own reason, and all later ones at once", () => {
    const scope = new Scope();
    const numbers = controlledSource<number>();
    const errors: string[] = [];
    const hear = ({ reason }: AmbientError) => errors.push(reason);
    scope.within(numbers.source).subscribe(() => undefined, hear);
    scope.end(new AmbientError("REMOVED"));
    scope.end(new AmbientError("LEFT"));
    scope.within(numbers.source).subscribe(() => undefined, hear);
    assert.deepEqual([errors, numbers.open()], [["REMOVED", "REMOVED"], 0]);
  });
});

describe("a source that is opened again", () => {
  it("keeps its last value in the meantime, and ends with the error of the recovery", async () => {
    const sources = [controlledSource<number>(), controlledSource<number>()];
    const answers = [undefined, new AmbientError("REMOVED")];
    const opened: boolean[] = [];
    const heard: unknown[] = [];
    reopening(
      (isReopened) => {
        opened.push(isReopened);
        return sources[opened.length - 1]?.source ?? assert.fail("opened too often");
      },
      () => () => Promise.resolve(answers.shift()),
    ).subscribe(
      (value) => heard.push(value),
      ({ reason }) => heard.push(reason),
    );
    sources[0]?.says(1);
    sources[0]?.fails(new AmbientError("PERMISSION_DENIED"));
    await new Promise(setImmediate);
    sources[1]?.says(2);
    sources[1]?.fails(new AmbientError("PERMISSION_DENIED"));
    await new Promise(setImmediate);
    assert.deepEqual(
      [opened, heard],
      [
        [false, true],
        [1, 2, "REMOVED"],
      ],
    );
  });
});

describe("several sources together", () => {
  it("have their latest values once each has one, in the order of the sources", () => {
    const [letters, others] = [controlledSource<string>(), controlledSource<string>()];
    const seen: (readonly string[])[] = [];
    const stop = together([letters.source, others.source]).subscribe(
      (all) => seen.push(all),
      assert.ifError,
    );
    others.says("x");
    assert.deepEqual(seen, []);
    letters.says("a");
    letters.says("b");
    assert.deepEqual(seen, [
      ["a", "x"],
      ["b", "x"],
    ]);
    stop();
    assert.deepEqual([letters.open(), others.open()], [0, 0]);
  });

  it("end with the first error, and are empty if there are none", () => {
    const [letters, others] = [controlledSource<string>(), controlledSource<string>()];
    const errors: string[] = [];
    together([letters.source, others.source]).subscribe(
      () => undefined,
      ({ reason }) => errors.push(reason),
    );
    others.fails(new AmbientError("OFFLINE"));
    letters.fails(new AmbientError("CLOSED"));
    assert.deepEqual([errors, letters.open()], [["OFFLINE"], 0]);
    const seen: (readonly string[])[] = [];
    together<string>([]).subscribe((all) => seen.push(all), assert.ifError);
    assert.deepEqual(seen, [[]]);
  });
});

describe("a list without some people's items", () => {
  it("waits for both, and is complete if the people cannot be read", () => {
    const [items, people] = [
      controlledSource<readonly string[]>(),
      controlledSource<ReadonlySet<string>>(),
    ];
    const seen: (readonly string[])[] = [];
    without(items.source, people.source, (item) => item).subscribe(
      (all) => seen.push(all),
      assert.ifError,
    );
    items.says(["dan", "eve"]);
    assert.deepEqual(seen, []);
    people.says(new Set(["dan"]));
    people.fails(new AmbientError("OFFLINE"));
    assert.deepEqual(seen, [["eve"], ["eve"]], "whoever was hidden stays hidden");
    const unknown = controlledSource<ReadonlySet<string>>();
    const complete: (readonly string[])[] = [];
    const list = without(items.source, unknown.source, (item) => item);
    list.subscribe((all) => complete.push(all), assert.ifError);
    unknown.fails(new AmbientError("OFFLINE"));
    items.says(["dan"]);
    assert.deepEqual(complete, [["dan"]]);
  });
});
