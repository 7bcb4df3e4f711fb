import assert from "node:assert/strict";
import { momentsOf } from "../../../demo/src/show/momentsOf.js";

const minutes = (count: number) => count * 60_000;
const show = (length: number, peak: number) => ({ durationMs: minutes(length), peak });

describe("the moments of a show", () => {
  it("are its fullest minute, with its peak between two points, and its steepest rise, in their order", () => {
    const curve = [3, 12, 5, 13, 2].map((listeners, minute) => ({ minute, listeners }));
    assert.deepEqual(momentsOf(curve, show(4.5, 15)), [
      { kind: "rise", fromMs: minutes(1), untilMs: minutes(2), people: 9 },
      { kind: "fullest", fromMs: minutes(3), untilMs: minutes(4), people: 15 },
    ]);
  });

  it("last until the next point of the curve, or the end of the show", () => {
    const curve = [
      { minute: 0, listeners: 4 },
      { minute: 3, listeners: 9 },
    ];
    assert.deepEqual(momentsOf(curve, show(5, 9)), [
      { kind: "fullest", fromMs: minutes(3), untilMs: minutes(5), people: 9 },
    ]);
    const [moment] = momentsOf(
      curve.toReversed().map((point, index) => ({ ...point, minute: index * 3 })),
      show(5, 9),
    );
    assert.equal(moment?.untilMs, minutes(3));
  });

  it("are none if nobody came", () => {
    assert.deepEqual(momentsOf([], show(0, 0)), []);
    assert.deepEqual(momentsOf([{ minute: 0, listeners: 0 }], show(1, 0)), []);
  });
});
