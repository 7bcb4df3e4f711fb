import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { projectIdOf } from "../../commands/support/operatorDependencies.js";
import { run } from "../../commands/admin/run.js";
import { suspensionRef } from "../../src/collections.js";
import { report } from "../../src/reports/report.js";
import { systemClock } from "../../src/clock.js";
import { auth, firestore, participantIn, showIn, somebody } from "../support/backstage.js";

const tool = fileURLToPath(new URL("../../commands/admin.ts", import.meta.url));

/** Runs the command-line tool in a process of its own, as `npm run admin` does. */
function start(...args: readonly string[]) {
  return new Promise<{ code: unknown; out: string; error: string }>((resolve) => {
    execFile(process.execPath, ["--import=tsx", tool, ...args], (failure, out, error) => {
      resolve({ code: failure ? failure.code : 0, out, error });
    });
  });
}

const admin = (...args: readonly string[]) => run(args);

describe("npm run admin", function () {
  this.timeout(60_000);

  it("prints what was done, or fails and says why", async () => {
    const [helped, refused] = await Promise.all([start("--help"), start("audit", "--limit", "0")]);
    assert.equal(helped.code, 0, helped.error);
    assert.match(helped.out, /^Usage: npm run admin -- <command>/);
    assert.deepEqual([refused.code, refused.out], [1, ""]);
    assert.match(refused.error, /limit/);
  });

  it("makes the first admin, decides a report, suspends, lifts, and shows who did it", async () => {
    const [ada, dan, eve] = await Promise.all(["Ada", "Dan", "Eve"].map((name) => somebody(name)));
    assert.ok(ada && dan && eve);
    const showId = await showIn("live", ada);
    await participantIn(showId, dan);
    await Promise.all([ada, dan, eve].map(({ uid }) => auth.createUser({ uid })));
    const complaint = {
      showId,
      uid: dan.uid,
      reason: "threats",
      category: "imminent_harm",
    } as const;
    const deps = { firestore, clock: systemClock };
    const { reportId } = await report(deps, { uid: eve.uid, isAdmin: false }, complaint);

    const [made, listed] = await Promise.all([
      admin("make", ada.uid),
      admin("reports", "--state", "open", "--limit", "100"),
    ]);
    assert.ok(made.isDone, made.text);
    assert.equal((await auth.getUser(ada.uid)).customClaims?.admin, true);
    assert.ok(listed.text.includes(`${reportId}  open  URGENT  imminent_harm`), listed.text);
    assert.ok(listed.text.includes(`profile of ${dan.uid}: Dan`));

    const warned = ["--decision", "warning_given", "--reason", "Be kind"];
    const [resolved, suspended] = await Promise.all([
      admin("resolve", reportId, ...warned),
      admin("suspend", dan.uid, "--until", "12h", "--reason", "Threats"),
    ]);
    assert.deepEqual(resolved, { isDone: true, text: "resolved: warning_given" });
    assert.match(suspended.text, /^suspended until 20\d\d-/);
    assert.equal((await auth.getUser(dan.uid)).disabled, true);
    assert.equal((await suspensionRef(firestore, dan.uid).get()).data()?.by, "operator");
    const place = await firestore.doc(`shows/${showId}/participants/${dan.uid}`).get();
    assert.equal(place.get("state"), "removed");

    const other = ["--decision", "no_violation", "--reason", "-"];
    const [lifted, twice] = await Promise.all([
      admin("lift", dan.uid, "--reason", "A mistake"),
      admin("resolve", reportId, ...other),
    ]);
    assert.deepEqual(lifted, { isDone: true, text: "lifted" });
    assert.equal((await auth.getUser(dan.uid)).disabled, false);
    assert.equal(twice.isDone, false);
    assert.match(twice.text, /^REPORT_ALREADY_RESOLVED: .* \(warning_given\)$/);

    const { text } = await admin("audit", "--limit", "200");
    const about = text.split("\n").filter((line) => line.includes(dan.uid));
    assert.ok(about.every((line) => line.split("  ")[1] === "operator"));
    assert.deepEqual(about.map((line) => line.split("  ")[2]).toSorted(), [
      "liftSuspension",
      "resolveReport",
      "suspendAccount",
    ]);
    assert.ok(about.some((line) => line.endsWith("Threats")));
  });

  it("takes the alias of a project, or its id", async () => {
    const listed = await admin("audit", "--project", "staging");
    assert.deepEqual(listed, { isDone: true, text: "No entries." });
    assert.equal(await projectIdOf("staging"), "demo-ambient-staging");
    assert.equal(await projectIdOf("my-project"), "my-project");
  });

  it("says what is wrong with a command, and changes nothing", async () => {
    const { uid } = await somebody("Dan");
    const outcomes = await Promise.all([
      // Every object has one.
      admin("toString", uid),
      admin("suspend", uid, "--until", "soon", "--reason", "-"),
      admin("suspend", uid, "--until", "forever"),
      admin("make", `${uid}-gone`),
      admin("lift"),
      admin("audit", "--limitt", "3"),
    ]);
    const expected = [
      /^There is no command toString\./,
      /^"soon" is not a valid time\./,
      /^Some of the input is not valid:\n {2}reason: /,
      /^PERSON_NOT_FOUND: /,
      /^Usage: npm run admin -- lift <uid> --reason text$/,
      /^Unknown option '--limitt'/,
    ] as const;
    expected.forEach((message, index) => {
      const outcome = outcomes[index];
      assert.equal(outcome?.isDone, false);
      assert.match(outcome.text, message);
    });
    assert.equal((await suspensionRef(firestore, uid).get()).exists, false);
  });
});
