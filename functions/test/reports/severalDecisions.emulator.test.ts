import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { commentRef, showRef, suspensionRef, userRef } from "../../src/collections.js";
import type { Decision } from "../../src/contract/decisions.js";
import { appealDecision } from "../../src/reports/appealDecision.js";
import { decideAppeal } from "../../src/reports/decideAppeal.js";
import { report } from "../../src/reports/report.js";
import { resolveReport } from "../../src/reports/resolveReport.js";
import { suspendAccount } from "../../src/reports/suspendAccount.js";
import { liftSuspension } from "../../src/suspensions/liftSuspension.js";
import { sweepAccounts } from "../../src/suspensions/sweepAccounts.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { as, asAdmin } from "../support/callers.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";
import { moderating, type Moderating } from "../support/moderating.js";

const DAY_MS = 24 * 3_600_000;

describe("several decisions about the same", () => {
  let firestore: Firestore;
  let scene: LiveScene;
  let mod: Moderating;
  let dan: Person;
  let eve: Person;
  let filed: number;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
    mod = await moderating(firestore);
    [dan, eve] = await Promise.all([scene.attendee("Dan"), scene.attendee("Eve")]);
    filed = 0;
  });

  const file = async (about: { commentId?: string; uid?: string } = {}) => {
    filed += 1;
    const input = { showId: scene.showId, reason: `reason ${filed}`, ...about };
    return (await report(scene.deps, as(eve), input)).reportId;
  };
  const decide = async (reportId: string, decision: Decision, lastsMs?: number) => {
    scene.deps.clock.advance(1_000);
    const end = lastsMs === undefined ? {} : { until: scene.deps.clock.now() + lastsMs };
    const input = { reportId, decision, reason: `decided on ${reportId}`, ...end };
    await resolveReport(scene.deps, asAdmin(mod.admin), input);
    return end.until ?? null;
  };
  const reverse = async (person: Person, reportId: string) => {
    await appealDecision(scene.deps, as(person), { reportId, text: "No" });
    const input = { reportId, outcome: "reversed", reason: "Fine" } as const;
    await decideAppeal(scene.deps, asAdmin(mod.second), input);
  };
  const suspension = async () => {
    const found = (await suspensionRef(firestore, dan.uid).get()).data();
    return found && [found.reportId, found.until?.toMillis() ?? null];
  };
  const isDisabled = () => scene.deps.accounts.disabled.has(dan.uid);

  it("keep a person suspended until the longest end that still stands", async () => {
    const [week, day, ever] = [
      await file({ uid: dan.uid }),
      await file({ uid: dan.uid }),
      await file({ uid: dan.uid }),
    ];
    const weekEnd = await decide(week, "account_suspended", 7 * DAY_MS);
    const dayEnd = await decide(day, "account_suspended", DAY_MS);
    assert.deepEqual(await suspension(), [week, weekEnd], "a shorter one shortens nothing");
    await decide(ever, "account_suspended");
    assert.deepEqual(await suspension(), [ever, null], "a longer one extends it");

    await reverse(dan, ever);
    assert.deepEqual(await suspension(), [week, weekEnd]);
    assert.ok(isDisabled());
    assert.equal(
      (await suspensionRef(firestore, dan.uid).get()).data()?.reason,
      `decided on ${week}`,
    );
    await reverse(dan, week);
    assert.deepEqual(await suspension(), [day, dayEnd]);
    await reverse(dan, day);
    assert.equal(await suspension(), undefined);
    assert.ok(!isDisabled());
  });

  it("do not bring back a suspension that was lifted, replaced or is over", async () => {
    const { deps } = scene;
    const suspend = async (lastsMs: number) => {
      const until = deps.clock.now() + lastsMs;
      const input = { uid: dan.uid, until, reason: "Fraud" };
      return (await suspendAccount(deps, asAdmin(mod.admin), input)).reportId ?? "";
    };
    const lifted = await file({ uid: dan.uid });
    await decide(lifted, "account_suspended");
    await liftSuspension(deps, asAdmin(mod.admin), { uid: dan.uid, reason: "A mistake" });
    assert.equal(await suspension(), undefined);
    const replaced = await file({ uid: dan.uid });
    await decide(replaced, "account_suspended");
    const over = await file({ uid: dan.uid });
    await decide(over, "account_suspended", DAY_MS);
    // An admin's own decision may also be shorter.
    const replacing = await suspend(2 * DAY_MS);
    assert.equal((await suspension())?.[0], replacing);
    deps.clock.advance(DAY_MS + 60_000);
    await reverse(dan, replacing);
    await sweepAccounts(deps);
    assert.equal(await suspension(), undefined);
    assert.ok(!isDisabled());
  });

  it("keep a comment hidden until the last of them is reversed", async () => {
    await mod.comment(scene.showId, "boo", dan);
    await mod.comment(scene.showId, "other", dan);
    const [first, second, other] = [
      await file({ commentId: "boo" }),
      await file({ commentId: "boo" }),
      await file({ commentId: "other" }),
    ];
    for (const reportId of [first, second, other]) await decide(reportId, "content_hidden");
    const comment = async () => {
      const found = (await commentRef(firestore, scene.showId, "boo").get()).data();
      return [found?.hidden, found?.hiddenByReport];
    };
    assert.deepEqual(await comment(), [true, second]);
    await reverse(dan, second);
    assert.deepEqual(await comment(), [true, first]);
    await reverse(dan, first);
    assert.deepEqual(await comment(), [false, undefined]);
  });

  it("keep a profile empty, and a show down, until the last of them is reversed", async () => {
    await userRef(firestore, dan.uid).update({ bio: "Buy now" });
    const profiles = [await file({ uid: dan.uid }), await file({ uid: dan.uid })] as const;
    const shows = [await file(), await file()] as const;
    for (const reportId of profiles) await decide(reportId, "content_hidden");
    for (const reportId of shows) await decide(reportId, "show_taken_down");
    const state = async () => {
      const [profile, show] = await Promise.all([
        userRef(firestore, dan.uid).get(),
        showRef(firestore, scene.showId).get(),
      ]);
      return [profile.data()?.bio, show.data()?.visibility, show.data()?.takenDown?.reportId];
    };
    assert.deepEqual(await state(), ["", "taken_down", shows[0]]);
    await reverse(dan, profiles[0]);
    await reverse(scene.ada, shows[0]);
    assert.deepEqual(await state(), ["", "taken_down", shows[1]]);
    await reverse(dan, profiles[1]);
    await reverse(scene.ada, shows[1]);
    assert.deepEqual(await state(), ["Buy now", "public", undefined]);
  });
});
