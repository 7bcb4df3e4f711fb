import assert from "node:assert/strict";
import { collection, doc, getDoc, getDocs, updateDoc, serverTimestamp } from "firebase/firestore";
import { Timestamp } from "firebase-admin/firestore";
import type { App } from "../../../local/clientApp/app.js";
import { runSchedules } from "../../../local/scheduler/scheduler.js";
import { denied, refusal } from "../../../test/support/refusal.js";
import { runningSuite } from "../../../test/support/suite.js";
import { suspensionRef } from "../../src/collections.js";
import {
  appealDecision,
  decideAppeal,
  hideComment,
  listReports,
  resolveReport,
  takeDownShow,
} from "../../src/contract/reports.js";
import { liftSuspension, suspendAccount } from "../../src/contract/suspensions.js";
import { setAdmin } from "../../src/contract/admins.js";
import { joinShow, leaveShow } from "../../src/contract/audience.js";
import { refreshAudio } from "../../src/contract/audio.js";
import { noticeDocument } from "../../src/contract/notices.js";
import { report } from "../../src/contract/reports.js";
import { startShow } from "../../src/contract/shows.js";
import { appOf, auth, firestore, participantIn, showIn, somebody } from "../support/backstage.js";
import { eventually } from "../support/eventually.js";

const adminOnly = [
  [listReports, {}],
  [resolveReport, { reportId: "report", decision: "no_violation", reason: "-" }],
  [decideAppeal, { reportId: "report", outcome: "upheld", reason: "-" }],
  [hideComment, { showId: "show", commentId: "comment", reason: "-" }],
  [takeDownShow, { showId: "show", reason: "-" }],
  [suspendAccount, { uid: "nobody", until: null, reason: "-" }],
  [liftSuspension, { uid: "nobody", reason: "-" }],
  [setAdmin, { uid: "nobody", admin: true, reason: "-" }],
] as const;

describe("the admins' callables", () => {
  const apps: App[] = [];
  const open = async (...args: Parameters<typeof appOf>) => {
    const app = await appOf(...args);
    apps.push(app);
    return app;
  };
  after(() => Promise.all(apps.map((app) => app.close())));

  it("refuse everybody without the claim, a cohost included", async () => {
    const [ada, ben] = await Promise.all([somebody("Ada"), somebody("Ben")]);
    const showId = await showIn("live", ada);
    await participantIn(showId, ben, { role: "cohost", canPublish: true });
    const app = await open(ben, { admin: "yes" });
    for (const [contract, request] of adminOnly) {
      const own = "showId" in request ? { ...request, showId } : request;
      await assert.rejects(app.callWith(contract, own), refusal("NOT_ADMIN"), contract.name);
    }
    assert.equal((await firestore.doc(`shows/${showId}`).get()).get("status"), "live");
  });

  it("stop a suspended person whose ID token is still valid, who can read why and appeal", async () => {
    const [ada, dan, mo] = await Promise.all(["Ada", "Dan", "Mo"].map((name) => somebody(name)));
    assert.ok(ada && dan && mo);
    const showId = await showIn("live", ada);
    const draft = await showIn("draft", dan);
    const [phone, moderator] = await Promise.all([open(dan), open(mo, { admin: true })]);
    await phone.call(joinShow, { showId });
    const until = Date.now() + 3_600_000;
    const input = { uid: dan.uid, until, reason: "Fraud" };
    const { status, reportId } = await moderator.call(suspendAccount, input);
    assert.equal(status, "suspended");
    const account = await auth.getUser(dan.uid);
    assert.ok(account.disabled && account.tokensValidAfterTime);

    const suspended = refusal("ACCOUNT_SUSPENDED", { until, statement: "Fraud" });
    await assert.rejects(phone.call(joinShow, { showId }), suspended);
    await assert.rejects(phone.call(startShow, { showId: draft }), suspended);
    await assert.rejects(phone.call(report, { showId, reason: "revenge" }), suspended);
    await assert.rejects(phone.call(refreshAudio, { showId }), (error) =>
      // Both checks run at the same time.
      [suspended, refusal("ACCOUNT_DISABLED")].some((check) => passes(check, error)),
    );
    await assert.rejects(
      updateDoc(doc(phone.db, `users/${dan.uid}`), { bio: "Hi", updatedAt: serverTimestamp() }),
      denied,
    );
    await assert.rejects(phone.call(leaveShow, { showId }), refusal("NOT_PARTICIPANT"));

    const { docs } = await getDocs(collection(phone.db, `users/${dan.uid}/notices`));
    assert.deepEqual(
      docs.map((notice) => noticeDocument.parse(notice.data())).map((each) => each.reportId),
      [reportId],
    );
    const appeal = { noticeId: docs[0]?.id ?? "", text: "Not me" };
    assert.deepEqual(await phone.call(appealDecision, appeal), { reportId, state: "appealed" });
    await assert.rejects(getDoc(doc(phone.db, `reports/${reportId}`)), denied);
    const { reports } = await moderator.call(listReports, { state: "appealed", limit: 100 });
    const listed = reports.find((found) => found.reportId === reportId);
    assert.deepEqual(
      listed?.appeals.map(({ uid, text }) => [uid, text]),
      [[dan.uid, "Not me"]],
    );

    // The hour passes, and the scheduled sweep enables the account.
    await suspensionRef(firestore, dan.uid).update({
      until: Timestamp.fromMillis(Date.now() - 1_000),
    });
    await phone.call(joinShow, { showId });
    await runSchedules(await runningSuite());
    await eventually("that the account is enabled", async () =>
      (await auth.getUser(dan.uid)).disabled ? undefined : true,
    );
    await eventually("that the suspension is gone", async () =>
      (await suspensionRef(firestore, dan.uid).get()).exists ? undefined : true,
    );
  }).timeout(60_000);

  it("make a person an admin, and need a second admin to revoke the role", async () => {
    const [eve, mo, max] = await Promise.all(["Eve", "Mo", "Max"].map((name) => somebody(name)));
    assert.ok(eve && mo && max);
    const [, first, second] = await Promise.all([
      open(eve, { theme: "dark" }),
      open(mo, { admin: true }),
      open(max, { admin: true }),
    ]);
    await auth.setCustomUserClaims(eve.uid, { beta: true });
    const made = { uid: eve.uid, admin: true, reason: "New" };
    assert.deepEqual(await first.call(setAdmin, made), { status: "done", admin: true });
    assert.deepEqual((await auth.getUser(eve.uid)).customClaims, { beta: true, admin: true });
    const taken = { ...made, admin: false };
    const { status } = await first.call(setAdmin, taken);
    assert.equal(status, "awaiting_second_admin");
    assert.equal((await auth.getUser(eve.uid)).customClaims?.admin, true);
    assert.deepEqual(await second.call(setAdmin, taken), { status: "done", admin: false });
    assert.deepEqual((await auth.getUser(eve.uid)).customClaims, { beta: true, admin: false });
  });
});

function passes(check: (error: unknown) => true, error: unknown): boolean {
  try {
    return check(error);
  } catch {
    return false;
  }
}
