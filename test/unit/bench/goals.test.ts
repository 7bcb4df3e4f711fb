import assert from "node:assert/strict";
import { areReached, atMost } from "../../../bench/goals.js";

describe("a bench's goals", () => {
  let exitCode: typeof process.exitCode;
  beforeEach(() => {
    exitCode = process.exitCode;
    process.exitCode = 0;
  });
  afterEach(() => {
    process.exitCode = exitCode;
  });

  it("end it with the exit code 1 if one is missed, and it says which", () => {
    const lines: string[] = [];
    const goals = [atMost("reads", 2_400, 2_400), atMost("writes", 3, 2)];
    assert.equal(
      areReached(goals, (line) => void lines.push(line)),
      false,
    );
    assert.deepEqual(lines, ["missed: writes: 3, ≤ 2"]);
    assert.equal(process.exitCode, 1);
  });

  it("say nothing if all are reached", () => {
    const tell = () => assert.fail("nothing is missed");
    assert.equal(areReached([atMost("reads", 2_400, 2_400)], tell), true);
    assert.equal(process.exitCode, 0);
  });
});
