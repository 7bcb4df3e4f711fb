import assert from "node:assert/strict";
import { LaunchError } from "../../../local/launchError.js";
import { orderOf } from "../../../bench/cost/options.js";
import { scenarioOf } from "../../../bench/cost/scenario.js";

describe("npm run cost's options", () => {
  it("default to lively shows of four sizes", () => {
    const order = orderOf([]);
    assert.deepEqual(order, {
      kind: "shows",
      scenarios: [10, 1_000, 10_000, 100_000].map((size) => scenarioOf("lively", size)),
    });
  });

  it("describe one show by numbers", () => {
    const args =
      "--listeners 500 --minutes 90 --comments 2 --reactions 3 --joins 0.5 --music 0.25".split(" ");
    assert.deepEqual(orderOf(args), {
      kind: "shows",
      scenarios: [
        {
          listeners: 500,
          minutes: 90,
          commentsPerSecond: 2,
          reactionsPerSecond: 3,
          joinsPerSecond: 0.5,
          musicShare: 0.25,
        },
      ],
    });
  });

  it("take missing rates from the kind of audience for its size", () => {
    // One comment every 120 s, reactions every 60 s, and a stay of 900 s.
    assert.deepEqual(orderOf(["--listeners", "900", "--audience", "wild", "--comments", "1"]), {
      kind: "shows",
      scenarios: [
        {
          listeners: 900,
          minutes: 60,
          commentsPerSecond: 1,
          reactionsPerSecond: 15,
          joinsPerSecond: 1,
          musicShare: 0.5,
        },
      ],
    });
  });

  it("include --write and --help", () => {
    assert.deepEqual(orderOf(["--write"]), { kind: "write" });
    assert.deepEqual(orderOf(["--help"]), { kind: "help" });
  });

  const wrong: readonly (readonly [args: string, message: RegExp])[] = [
    ["--listeners many", /--listeners is "many": it must be a number/],
    ["--listeners=", /--listeners is "": it must be a number/],
    ["--listeners 0", /--listeners is 0: the minimum is 1/],
    ["--listeners Infinity", /--listeners is "Infinity": it must be a number/],
    ["--listeners", /--listeners/],
    ["--listeners 10 --minutes 0", /--minutes is 0: it must be more than 0/],
    ["--minutes=-5", /--minutes is -5/],
    ["--music 1.5", /--music is 1.5: the maximum is 1/],
    ["--music half", /--music is "half"/],
    ["--audience mad", /--audience is "mad": it must be one of quiet, lively, wild/],
    [
      "--listeners 10 --comments 11",
      /--comments is 11: the maximum is 10 because 10 listeners write/,
    ],
    ["--listeners 10 --comments=-1", /--comments is -1: the minimum is 0/],
    ["--listeners 10 --reactions 3", /--reactions is 3: the maximum is 2/],
    ["--listeners 10 --joins soon", /--joins is "soon"/],
    ["--comments 5", /--comments .* --listeners/],
    ["--write --minutes 5", /--write .* --minutes/],
    ["--listener 10", /--listener/],
    ["1000", /1000/],
  ];
  for (const [args, message] of wrong) {
    it(`refuses ${args}`, () => {
      assert.throws(
        () => orderOf(args.split(" ")),
        (error) => error instanceof LaunchError && message.test(error.message),
      );
    });
  }
});
