import assert from "node:assert/strict";
import { LaunchError } from "../../launchError.js";
import { type Lane, lanesFor, PartQueue } from "../../testRunner/lanes.js";
import { Turns } from "../../testRunner/turns.js";
import { describeLeftOut, lackOf } from "../../testRunner/leftOut.js";
import { extrasOf, filesOf, needsOf, type Part, partOf, parts } from "../../testRunner/parts.js";
import { type Plan, planOf } from "../../testRunner/plan.js";
import { brokenPart, inOrder, mochaResults, type PartResult } from "../../testRunner/results.js";
import { renderSummary, totalsLine, totalsOf } from "../../testRunner/summary.js";

describe("parts of the tests", () => {
  for (const [file, part] of [
    ["functions/test/shows/lifecycle.test.ts", "unit"],
    ["local/test/suite/ports.test.ts", "unit"],
    ["local/test/spotify/token.test.ts", "unit"],
    ["./local/test/suite/ports.test.ts", "unit"],
    ["functions/test/identity/signIn.emulator.test.ts", "functions"],
    ["local/test/start.emulator.test.ts", "functions"],
    ["test/rules/shows.test.ts", "rules"],
    ["test/flows/stage/speak.test.ts", "flows"],
    ["test/client/show.test.ts", "client"],
    ["functions/test/stage/setRole.audio.test.ts", "audio"],
    ["test/flows/stage/speak.audio.test.ts", "audio"],
    ["local/test/livekit/livekit.outage.test.ts", "outages"],
    ["test/rules/heard.audio.test.ts", "audio"],
    ["test/flows/pages.browser.test.ts", "browser"],
  ] as const) {
    it(`put ${file} into ${part}`, () => {
      assert.equal(partOf(file)?.name, part);
    });
  }

  it("exclude files outside the test folders", () => {
    assert.equal(partOf("local/suite/ports.ts"), undefined);
    assert.equal(partOf("test/support/rules/world.ts"), undefined);
  });

  it("need what the most demanding of them needs", () => {
    const named = (...names: string[]) => parts.filter((part) => names.includes(part.name));
    assert.equal(needsOf(named("unit")), "nothing");
    assert.equal(needsOf(named("unit", "rules")), "firestore");
    assert.equal(needsOf(named("rules", "flows")), "suite");
    assert.equal(needsOf([]), "nothing");
  });

  it("are skipped only for extras that they use", () => {
    const named = (...names: string[]) => parts.filter((part) => names.includes(part.name));
    assert.deepEqual([...extrasOf(named("unit", "functions", "flows"))], []);
    assert.deepEqual([...extrasOf(named("audio"))], ["livekit"]);
    assert.deepEqual([...extrasOf(named("audio", "browser"))], ["livekit", "chromium", "demo"]);
  });

  it("keep emulator tests out of the unit tests", async () => {
    const unit = parts.find((part) => part.name === "unit");
    assert.ok(unit);
    const files = await filesOf(unit);
    assert.ok(files.some((file) => file.endsWith("testRunner.test.ts")));
    assert.deepEqual(
      files.filter((file) => /\.(emulator|audio|outage|browser)\.test\.ts$/.test(file)),
      [],
    );
  });
});

describe("the plan", () => {
  it("contains the checks and then the parts without arguments, unit tests first", async () => {
    const plan = await planOf([]);
    assert.equal(plan.checks, true);
    assert.equal(plan.parts[0]?.part.name, "unit");
  });

  it("contains the mobile app and the demo's actions only on request", async () => {
    const named = (plan: Plan) => plan.parts.map(({ part }) => part.name);
    for (const name of ["mobile", "actions"] as const) {
      assert.ok(!named(await planOf([])).includes(name));
      assert.deepEqual(named(await planOf([name])), [name]);
    }
  });

  it("contains only the checks for `check`", async () => {
    assert.deepEqual(await planOf(["check"]), { checks: true, parts: [] });
  });

  it("contains the given files, by part", async () => {
    const plan = await planOf([
      "file",
      "local/test/suite/ports.test.ts",
      "./local/test/toolchain/jdk.test.ts",
    ]);
    assert.equal(plan.checks, false);
    assert.deepEqual(
      plan.parts.map(({ part, files }) => [part.name, ...files]),
      [["unit", "local/test/suite/ports.test.ts", "local/test/toolchain/jdk.test.ts"]],
    );
  });

  for (const args of [["nonsense"], ["file"], ["unit", "extra"], ["file", "local/gone.test.ts"]]) {
    it(`refuses \`${args.join(" ")}\` with one line`, async () => {
      await assert.rejects(planOf(args), LaunchError);
    });
  }
});

describe("lanes", () => {
  const planned = (...names: Part["name"][]) =>
    names.map((name) => {
      const part = parts.find((each) => each.name === name);
      assert.ok(part);
      return { part, files: ["a.test.ts"] };
    });
  const everything = (...names: Part["name"][]) => ({ checks: true, parts: planned(...names) });
  const own = { isShared: false };
  const namesOf = (queue: PartQueue, lane: Lane) =>
    queue.waitingFor(lane).map(({ part }) => part.name);

  it("are two if two parts need a suite, and each has its own", () => {
    assert.equal(lanesFor(everything("unit", "functions", "audio"), own).length, 2);
  });

  it("are one for one part, for some files, and for a shared suite", () => {
    assert.equal(lanesFor(everything("unit", "functions"), own).length, 1);
    assert.equal(lanesFor(everything(), own).length, 1);
    assert.equal(lanesFor(everything("functions", "audio"), { isShared: true }).length, 1);
    const files = { checks: false, parts: planned("functions", "audio") };
    assert.equal(lanesFor(files, own).length, 1);
  });

  it("share the parts: each runs once, long ones after the unit tests, with audio beside browser", () => {
    const all = planned("unit", "rules", "functions", "audio", "browser");
    const [first, second] = lanesFor({ checks: true, parts: all }, own);
    assert.ok(first && second);
    const queue = new PartQueue(all);
    assert.deepEqual(namesOf(queue, first), ["unit", "browser", "functions", "rules"]);
    assert.deepEqual(namesOf(queue, second), ["unit", "audio", "functions", "rules"]);
    assert.equal(queue.takeFor(second)?.part.name, "unit");
    assert.equal(queue.takeFor(first)?.part.name, "browser");
    assert.equal(queue.takeFor(second)?.part.name, "audio");
    assert.equal(queue.takeFor(first)?.part.name, "functions");
    assert.equal(queue.takeFor(first)?.part.name, "rules");
    assert.equal(queue.takeFor(second), undefined);
    assert.equal(queue.takeFor(first), undefined);
  });
});

describe("the output of parallel parts", () => {
  const written = () => {
    const texts: string[] = [];
    return { texts, turns: new Turns((text) => texts.push(text)) };
  };

  it("appears one part after the other, the first immediately", () => {
    const { texts, turns } = written();
    const [one, two] = [turns.begin(), turns.begin()];
    two.write("two ");
    one.write("one ");
    two.write("more of two ");
    assert.deepEqual(texts.join(""), "one ");
    one.end();
    two.write("the rest of two");
    assert.equal(texts.join(""), "one two more of two the rest of two");
  });

  it("appears in the order of the starts, even for parts that have already ended", () => {
    const { texts, turns } = written();
    const [one, two, three] = [turns.begin(), turns.begin(), turns.begin()];
    three.write("three");
    three.end();
    two.write("two ");
    two.end();
    one.write("one ");
    one.end();
    assert.equal(texts.join(""), "one two three");
    const four = turns.begin();
    four.write(" four");
    assert.equal(texts.join(""), "one two three four");
  });
});

describe("a part that this machine cannot run", () => {
  const around = (missing: { livekit?: string; chromium?: string }) => ({
    environment: {},
    missing,
    empty: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  });
  const named = (name: Part["name"]): Part => {
    const part = parts.find((each) => each.name === name);
    assert.ok(part);
    return part;
  };

  it("lacks only extras that it uses", () => {
    const soundless = around({ livekit: "no sound" });
    assert.deepEqual(lackOf(named("audio"), soundless), { extra: "livekit", reason: "no sound" });
    assert.equal(lackOf(named("flows"), soundless), undefined);
    const without = around({ chromium: "no browser" });
    assert.equal(lackOf(named("audio"), without), undefined);
    assert.equal(lackOf(named("browser"), without)?.reason, "no browser");
  });

  it("is reported in one line with the tests and the reason", () => {
    assert.equal(
      describeLeftOut("audio", 12, 3, "no livekit-server here."),
      "audio: left out (12 tests in 3 files): no livekit-server here.",
    );
    assert.equal(describeLeftOut("audio", undefined, 1, "no."), "audio: left out (1 file): no.");
  });
});

describe("the summary", () => {
  const unit: PartResult = { name: "unit", passed: 40, skipped: 1, failures: [], seconds: 2.34 };
  const flows: PartResult = {
    name: "flows",
    passed: 3,
    skipped: 0,
    seconds: 61,
    failures: [
      { title: "stage lets a speaker in", file: "test/flows/a.test.ts", reason: "no\n at" },
    ],
  };

  it("ends with the totals", () => {
    assert.equal(
      renderSummary([unit, flows], 62).split("\n").at(-1),
      "43 passed, 1 failed, 1 skipped",
    );
    assert.equal(totalsLine({ passed: 5, failed: 0, skipped: 0 }), "5 passed, 0 failed");
  });

  it("repeats every failure with its file and reason", () => {
    const text = renderSummary([unit, flows], 62);
    assert.match(text, /✗ flows: stage lets a speaker in\n {4}test\/flows\/a.test.ts\n {4}no\n/);
  });

  it("has a row for each part", () => {
    const text = renderSummary([unit, flows], 62);
    assert.match(text, /^unit +40 +0 +1 +2\.3$/m);
    assert.match(text, /^flows +3 +1 +0 +61\.0$/m);
  });

  it("shows the duration of the whole run, which is shorter than the sum of parallel parts", () => {
    assert.match(renderSummary([unit, flows], 62), /^all +43 +1 +1 +62\.0$/m);
  });

  it("lists the parts in the planned order", () => {
    assert.deepEqual(inOrder([flows, unit], ["check", "unit", "flows"]), [unit, flows]);
  });

  it("counts a part that could not run as a failure", () => {
    const broken = brokenPart("rules", 0, "no Java");
    assert.deepEqual(totalsOf([unit, broken]), { passed: 40, failed: 1, skipped: 1 });
    assert.match(renderSummary([broken], 0), /✗ rules\n {4}no Java/);
  });

  it("accepts only complete results", () => {
    assert.ok(mochaResults.safeParse({ passed: 1, skipped: 0, failures: [] }).success);
    assert.ok(!mochaResults.safeParse({ passed: 1, skipped: 0 }).success);
    assert.ok(
      !mochaResults.safeParse({ passed: 1, skipped: 0, failures: [{ title: "a" }] }).success,
    );
    assert.ok(!mochaResults.safeParse(undefined).success);
  });
});
