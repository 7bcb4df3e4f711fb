import assert from "node:assert/strict";
import { attemptAll, attemptInTurn } from "../src/attemptAll.js";

describe("attemptAll", () => {
  it("does the work for every item, and then throws all that failed", async () => {
    const done: number[] = [];
    const work = async (item: number) => {
      await Promise.resolve();
      if (item % 2 === 0) throw new Error(`${item}`);
      done.push(item);
    };
    await assert.rejects(attemptAll([1, 2, 3, 4, 5], work, { message: "odd ones only" }), {
      name: "AggregateError",
      message: "odd ones only (2)",
      errors: [new Error("2"), new Error("4")],
    });
    assert.deepEqual(done, [1, 3, 5]);
  });

  it("works on a limited number of items at once", async () => {
    let now = 0;
    let highest = 0;
    const work = async () => {
      now += 1;
      highest = Math.max(highest, now);
      await Promise.resolve();
      now -= 1;
    };
    const items = Array.from({ length: 50 }, (_, index) => index);
    await attemptAll(items, work, { atOnce: 3 });
    assert.equal(highest, 3);
    await attemptAll(items, work);
    assert.equal(highest, 20);
  });

  it("does nothing without items", async () => {
    await attemptAll([], () => assert.fail("there is no item"));
  });
});

describe("attemptInTurn", () => {
  it("begins each step after the one before, even when that failed", async () => {
    const order: string[] = [];
    const step = (name: string) => async () => {
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} ends`);
      throw new Error(name);
    };
    await assert.rejects(attemptInTurn([step("a"), step("b")], "no step"), {
      message: "no step (2)",
    });
    assert.deepEqual(order, ["a begins", "a ends", "b begins", "b ends"]);
  });

  it("names each failure within a step", async () => {
    const inner = () =>
      attemptInTurn([() => Promise.reject(new Error("a")), () => Promise.reject(new Error("b"))]);
    await assert.rejects(attemptInTurn([inner, inner]), {
      errors: [new Error("a"), new Error("b"), new Error("a"), new Error("b")],
    });
  });
});
