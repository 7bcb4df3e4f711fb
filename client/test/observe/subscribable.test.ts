import assert from "node:assert/strict";
import { AmbientError } from "../../src/errors/ambientError.js";
import { reopening } from "../../src/observe/reopening.js";
import { shared } from "../../src/observe/shared.js";
import { Scope } from "../../src/observe/scope.js";
import { Observed, subscribable, switching } from "../../src/observe/subscribable.js";

/** A source that is told what to say, and counts who listens. */
function source<Value>() {
  const heard = new Set<{ next: (value: Value) => void; fail: (error: AmbientError) => void }>();
  return {
    open: () => heard.size,
    says(value: Value) {
      for (const { next } of [...heard]) next(value);
    },
    fails(error: AmbientError) {
      for (const { fail } of [...heard]) fail(error);
    },
    source: subscribable<Value>((next, fail) => {
      const listener = { next, fail };
      heard.add(listener);
      return () => heard.delete(listener);
    }),
  };
}

describe("a subscription", () => {
  it("hears each state until it is unsubscribed, however often that is done", () => {
    const numbers = source<number>();
    const seen: number[] = [];
    const unsubscribe = numbers.source.subscribe((value) => seen.push(value));
    numbers.says(1);
    unsubscribe();
    unsubscribe();
    numbers.says(2);
    assert.deepEqual([seen, numbers.open()], [[1], 0]);
  });

  it("fails once, and is over then", () => {
    const numbers = source<number>();
    const errors: string[] = [];
    numbers.source.subscribe(
      () => assert.fail(),
      ({ reason }) => errors.push(reason),
    );
    numbers.fails(new AmbientError("OFFLINE"));
    numbers.says(1);
    assert.deepEqual([errors, numbers.open()], [["OFFLINE"], 0]);
  });

  it("begins with whatever the first key is, also where that is undefined", () => {
    const keys = new Observed<string | undefined>(undefined);
    const seen: string[] = [];
    switching(keys, (key) => new Observed(key ?? "none")).subscribe((value) => seen.push(value));
    keys.set("one");
    assert.deepEqual(seen, ["none", "one"]);
  });

  it("may fail, or be unsubscribed, while it starts", () => {
    let stopped = 0;
    const failing = subscribable<number>((_next, fail) => {
      fail(new AmbientError("OFFLINE"));
      return () => (stopped += 1);
    });
    failing.subscribe(() => undefined);
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

  it("keeps no other from being told of a state", () => {
    const state = new Observed(1);
    const seen: number[] = [];
    state.subscribe((value) => {
      if (value === 2) throws();
    });
    state.subscribe((value) => seen.push(value));
    state.set(2);
    assert.deepEqual(seen, [1, 2]);
  });

  it("keeps no other from being told that it is over", () => {
    const scope = new Scope();
    const errors: string[] = [];
    const within = scope.within(source<number>().source);
    within.subscribe(() => undefined, throws);
    within.subscribe(
      () => undefined,
      ({ reason }) => errors.push(reason),
    );
    scope.end(new AmbientError("REMOVED"));
    assert.deepEqual(errors, ["REMOVED"]);
  });

  it("ends no subscription", () => {
    const numbers = source<number>();
    const seen: number[] = [];
    numbers.source.subscribe((value) => {
      seen.push(value);
      if (value === 1) throws();
    });
    numbers.says(1);
    numbers.says(2);
    assert.deepEqual(seen, [1, 2]);
  });
});

describe("a state", () => {
  it("is told at once, then when it changes, to each subscriber by himself", () => {
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

describe("a state that changes while it is told", () => {
  it("is told in order, and to nobody who was unsubscribed meanwhile", () => {
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
  it("listens to what the newest key stands for, and to nothing else", () => {
    const key = new Observed<"x" | "y">("x");
    const sources = { x: source<number>(), y: source<number>() };
    const seen: number[] = [];
    const unsubscribe = switching(key, (name) => sources[name].source).subscribe((value) =>
      seen.push(value),
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
  it("ends all that is in it for its own reason, and all that comes later", () => {
    const scope = new Scope();
    const numbers = source<number>();
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
  it("keeps its last state meanwhile, and ends with what the recovery answers", async () => {
    const sources = [source<number>(), source<number>()];
    const answers = [undefined, new AmbientError("REMOVED")];
    const opened: boolean[] = [];
    const heard: unknown[] = [];
    reopening(
      (isAgain) => {
        opened.push(isAgain);
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

describe("a shared source", () => {
  it("is subscribed to once, and begins anew when nobody was left", () => {
    const numbers = source<number>();
    const one = shared(numbers.source);
    const heard: string[] = [];
    const stops = ["a", "b"].map((name) => one.subscribe((value) => heard.push(`${name}${value}`)));
    numbers.says(1);
    stops.push(one.subscribe((value) => heard.push(`c${value}`)));
    assert.deepEqual([heard, numbers.open()], [["a1", "b1", "c1"], 1]);
    for (const stop of stops) stop();
    assert.equal(numbers.open(), 0);
    one.subscribe((value) => heard.push(`d${value}`));
    assert.deepEqual([heard.length, numbers.open()], [3, 1], "what was known is known no more");
  });
});
