import assert from "node:assert/strict";
import { Screen, stamped, stampIn } from "../../../bench/scale/screen.js";

const comment = (id: string, text = "") => ({ id, text });
const list = (...ids: string[]) => ids.map((id) => comment(id));

describe("what a screen showed", () => {
  it("neither loses nor doubles comments that leave at the end of the list", () => {
    const screen = new Screen();
    screen.show(list("b", "a"), 0);
    screen.show(list("c", "b"), 1);
    assert.deepEqual(screen.report(["a", "b", "c"]), { missed: [], duplicated: 0 });
  });

  it("counts a comment that never appeared", () => {
    const screen = new Screen();
    screen.show(list("c", "a"), 0);
    assert.deepEqual(screen.report(["a", "b", "c"]), { missed: ["b"], duplicated: 0 });
  });

  it("counts a comment that is in the list twice", () => {
    const screen = new Screen();
    screen.show(list("a", "a"), 0);
    assert.equal(screen.report([]).duplicated, 1);
  });

  it("counts a comment that disappeared and came back", () => {
    const screen = new Screen();
    screen.show(list("b", "a"), 0);
    screen.show([], 1);
    screen.show(list("b", "a"), 2);
    assert.equal(screen.report([]).duplicated, 2);
  });

  it("measures the time from writing to first sight for each phase", () => {
    const screen = new Screen();
    screen.show([comment("a", stamped("direct", 100))], 120);
    screen.show([comment("b", stamped("rate 1", 130)), comment("a", stamped("direct", 100))], 135);
    assert.deepEqual(screen.lags("direct"), [20]);
    assert.deepEqual(screen.lags("rate 1"), [5]);
    assert.deepEqual(screen.lags("rest"), []);
  });

  it("reads the time from a stamped text, and none from another text", () => {
    assert.deepEqual(stampIn(stamped("direct", 12.25)), { phase: "direct", at: 12.25 });
    assert.equal(stampIn("What a song!"), undefined);
    assert.equal(stampIn("a|b|c"), undefined);
  });
});
