import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { suspensionRef } from "../../src/collections.js";
import { report } from "../../src/reports/report.js";
import { systemClock } from "../../src/clock.js";
import { auth, firestore, participantIn, showIn, somebody } from "../support/backstage.js";

const tool = fileURLToPath(new URL("../../operate/admin.ts", import.meta.url));

interface Outcome {
  readonly code: number | string | null | undefined;
  readonly out: string;
  readonly error: string;
}

/** Runs the command-line tool in a process of its own, as `npm run admin` does. */
function admin(...args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, ["--import=tsx", tool, ...args], (failure, out, error) => {
      resolve({ code: failure ? failure.code : 0, out: out.trim(), error: error.trim() });
    });
  });
}

describe("npm run admin", function () {
  this.timeout(60_000);

  it("makes the first admin, decides a report, suspends, lifts, and shows who did it", async () => {
    const [ada, dan, eve] = await Promise.all(["Ada", "Dan", "Eve"].map((name) => somebody(name)));
    assert.ok(ada && dan && eve);
    const showId = await showIn("live", ada);
    await participantIn(showId, dan);
    await Promise.all([ada, dan, eve].map(({ uid }) => auth.createUser({ uid })));
    const said = { showId, uid: dan.uid, reason: "threats", category: "imminent_harm" } as const;
    const deps = { firestore, clock: systemClock };
    const { reportId } = await report(deps, { uid: eve.uid, isAdmin: false }, said);

    const [made, listed] = await Promise.all([
      admin("make", ada.uid),
      admin("reports", "--state", "open", "--limit", "100"),
    ]);
    assert.equal(made.code, 0, made.error);
    assert.equal((await auth.getUser(ada.uid)).customClaims?.admin, true);
    assert.ok(listed.out.includes(`${reportId}  open  URGENT  imminent_harm`), listed.out);
    assert.ok(listed.out.includes(`profile of ${dan.uid}: Dan`));

    const warned = ["--decision", "warning_given", "--reason", "Be kind"];
    const [resolved, suspended] = await Promise.all([
      admin("resolve", reportId, ...warned),
      admin("suspend", dan.uid, "--until", "12h", "--reason", "Threats"),
    ]);
    assert.deepEqual([resolved.code, resolved.out], [0, "resolved: warning_given"]);
    assert.match(suspended.out, /^suspended until 20\d\d-/);
    assert.equal((await auth.getUser(dan.uid)).disabled, true);
    assert.equal((await suspensionRef(firestore, dan.uid).get()).data()?.by, "operator");
    const place = await firestore.doc(`shows/${showId}/participants/${dan.uid}`).get();
    assert.equal(place.get("state"), "removed");

    const other = ["--decision", "no_violation", "--reason", "-"];
    const [lifted, twice] = await Promise.all([
      admin("lift", dan.uid, "--reason", "A mistake"),
      admin("resolve", reportId, ...other),
    ]);
    assert.deepEqual([lifted.code, lifted.out], [0, "lifted"]);
    assert.equal((await auth.getUser(dan.uid)).disabled, false);
    assert.equal(twice.code, 1);
    assert.match(twice.error, /^REPORT_ALREADY_RESOLVED: .* \(warning_given\)$/);

    const { out } = await admin("audit", "--limit", "200");
    const about = out.split("\n").filter((line) => line.includes(dan.uid));
    assert.ok(about.every((line) => line.split("  ")[1] === "operator"));
    assert.deepEqual(about.map((line) => line.split("  ")[2]).toSorted(), [
      "liftSuspension",
      "resolveReport",
      "suspendAccount",
    ]);
    assert.ok(about.some((line) => line.endsWith("Threats")));
  });

  it("says what is wrong with a command, and changes nothing", async () => {
    const { uid } = await somebody("Dan");
    const outcomes = await Promise.all([
      admin("--help"),
      // Every object has one.
      admin("toString", uid),
      admin("suspend", uid, "--until", "soon", "--reason", "-"),
      admin("suspend", uid, "--until", "forever"),
      admin("make", `${uid}-gone`),
      admin("lift"),
      admin("audit", "--limitt", "3"),
    ]);
    const expected = [
      [0, /^Usage: npm run admin -- <command>/],
      [1, /^There is no command toString\./],
      [1, /^"soon" is not a valid time\./],
      [1, /^Some of the input is not valid:\n {2}reason: /],
      [1, /^PERSON_NOT_FOUND: /],
      [1, /^Usage: npm run admin -- lift <uid> --reason text$/],
      [1, /^Unknown option '--limitt'/],
    ] as const;
    expected.forEach(([code, text], index) => {
      const outcome = outcomes[index];
      assert.equal(outcome?.code, code, outcome?.error);
      assert.match(outcome.out || outcome.error, text);
    });
    assert.equal((await suspensionRef(firestore, uid).get()).exists, false);
  });
});
