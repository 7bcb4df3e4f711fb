import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { joinShow } from "../../src/audience/joinShow.js";
import {
  adminRef,
  deletionRef,
  liveShowRef,
  reportRef,
  showRef,
  suspensionRef,
  userRef,
} from "../../src/collections.js";
import { applySuspension } from "../../src/suspensions/applySuspension.js";
import { appealDecision } from "../../src/reports/appealDecision.js";
import { decideAppeal } from "../../src/reports/decideAppeal.js";
import { OPERATOR } from "../../src/admins/assertAdmin.js";
import { liftSuspension } from "../../src/suspensions/liftSuspension.js";
import { report } from "../../src/reports/report.js";
import { resolveReport } from "../../src/reports/resolveReport.js";
import { setAdmin } from "../../src/admins/setAdmin.js";
import { suspendAccount } from "../../src/reports/suspendAccount.js";
import { sweepAccounts } from "../../src/suspensions/sweepAccounts.js";
import { settleShow } from "../../src/shows/settleVisibility.js";
import { startShow } from "../../src/shows/startShow.js";
import { quietFirestore, showIn, type Person } from "../support/backstage.js";
import { as, asAdmin } from "../support/callers.js";
import { callAgain } from "../support/callAgain.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";
import { moderating, type Moderating } from "../support/moderating.js";
import { refuses } from "../support/refuses.js";
import { watchTransactions } from "../support/watchTransactions.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const notYourself = refuses("INVALID_ARGUMENT", {
  issues: [{ path: "uid", message: "must not be yourself" }],
});

describe("a suspension", () => {
  let firestore: Firestore;
  let scene: LiveScene;
  let mod: Moderating;
  let dan: Person;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
    mod = await moderating(firestore);
    dan = await scene.speaker("Dan");
  });

  const suspend = (
    { uid }: Pick<Person, "uid">,
    until: number | null = null,
    by = asAdmin(mod.admin),
  ) => suspendAccount(scene.deps, by, { uid, until, reason: "Fraud" });
  const lift = ({ uid }: Person, by = asAdmin(mod.admin)) =>
    liftSuspension(scene.deps, by, { uid, reason: "A mistake" });
  const suspensionOf = async ({ uid }: Pick<Person, "uid">) =>
    (await suspensionRef(firestore, uid).get()).data();
  const join = (person: Person, showId = scene.showId) =>
    joinShow(scene.deps, as(person), { showId });

  it("takes the person's shows out of every list while it lasts, and leaves their unlisted ones", async () => {
    const { deps } = scene;
    const announced = await showIn("scheduled", dan, {}, firestore);
    const past = await showIn("ended", dan, {}, firestore);
    const unlisted = await showIn("scheduled", dan, { visibility: "unlisted" }, firestore);
    const takenDown = await showIn("ended", dan, { visibility: "taken_down" }, firestore);
    const visibilities = () =>
      Promise.all(
        [announced, past, unlisted, takenDown].map(
          async (id) => (await showRef(firestore, id).get()).data()?.visibility,
        ),
      );
    await suspend(dan);
    assert.deepEqual(await visibilities(), ["withheld", "withheld", "unlisted", "taken_down"]);
    // An appeal against the takedown, as its event reports it.
    await showRef(firestore, takenDown).update({ visibility: "public" });
    await settleShow(deps, takenDown);
    assert.equal((await visibilities())[3], "withheld");
    await lift(dan);
    await sweepAccounts(deps);
    assert.deepEqual(await visibilities(), ["public", "public", "unlisted", "public"]);
  });

  it("disables the account, removes the person from every room and keeps them out", async () => {
    const { deps, showId } = scene;
    deps.rooms.connect(showId, dan.uid, { role: "speaker", canPublish: true }, 1);
    const until = deps.clock.now() + DAY_MS;
    const answer = await suspend(dan, until);
    assert.deepEqual([answer.status, answer.until], ["suspended", until]);
    assert.ok(deps.accounts.disabled.has(dan.uid));
    assert.deepEqual(deps.rooms.requests, [`remove ${dan.uid}`]);
    const place = await scene.placeOf(dan);
    assert.deepEqual(
      [place?.state, place?.role, place?.canPublish],
      ["removed", "listener", false],
    );
    assert.equal((await suspensionOf(dan))?.isApplied, true);
    const refusal = refuses("ACCOUNT_SUSPENDED", { statement: "Fraud", until });
    await assert.rejects(join(dan), refusal);
    const draft = await showIn("draft", dan, {}, firestore);
    await assert.rejects(startShow(deps, as(dan), { showId: draft }), refusal);
    assert.ok(!deps.rooms.requests.includes(`open ${draft}`));

    const [notice] = await mod.notices(dan);
    assert.deepEqual(
      [notice?.kind, notice?.decision, notice?.until?.toMillis(), notice?.reportId],
      ["decision", "account_suspended", until, answer.reportId],
    );
    const [entry] = await mod.audit();
    assert.deepEqual(
      [entry?.action, entry?.step, entry?.uid, entry?.until?.toMillis(), entry?.reason],
      ["suspendAccount", "done", dan.uid, until, "Fraud"],
    );
  });

  it("ends the person's live show for everybody", async () => {
    const { ada, deps, showId } = scene;
    await suspend(ada);
    const show = await scene.show();
    assert.deepEqual([show?.status, show?.endReason], ["ended", "ended_by_admin"]);
    assert.equal((await liveShowRef(firestore, ada.uid).get()).exists, false);
    assert.ok(deps.rooms.requests.includes(`close ${showId}`));
    await assert.rejects(
      startShow(deps, as(ada), { showId }),
      refuses("ACCOUNT_SUSPENDED", { statement: "Fraud" }),
    );
  });

  it("gives the same answer on a retry, and another end replaces it", async () => {
    const answers = await Promise.all([
      callAgain(() => suspend(dan)),
      callAgain(() => suspend(dan, null, asAdmin(mod.second))),
    ]);
    assert.deepEqual(answers[0], answers[1]);
    assert.equal((await mod.audit()).length, 1);
    assert.equal((await mod.notices(dan)).length, 1);
    const until = scene.deps.clock.now() + HOUR_MS;
    const shorter = await suspend(dan, until);
    assert.notEqual(shorter.reportId, answers[0].reportId);
    assert.equal((await suspensionOf(dan))?.until?.toMillis(), until);
  });

  it("ends by itself, and the sweep enables the account", async () => {
    const { deps } = scene;
    await suspend(dan, deps.clock.now() + HOUR_MS);
    deps.clock.advance(HOUR_MS - 1);
    await sweepAccounts(deps);
    assert.ok(deps.accounts.disabled.has(dan.uid));
    await assert.rejects(join(dan), { reason: "ACCOUNT_SUSPENDED" });
    deps.clock.advance(1);
    // Before the sweep: the call compares the times.
    assert.equal((await join(dan)).role, "listener");
    await sweepAccounts(deps);
    assert.ok(!deps.accounts.disabled.has(dan.uid));
    assert.equal(await suspensionOf(dan), undefined);
  });

  it("is lifted with a notice, and lifting it again changes nothing", async () => {
    await suspend(dan);
    scene.deps.clock.advance(1_000);
    assert.deepEqual(await lift(dan), { status: "lifted" });
    assert.ok(!scene.deps.accounts.disabled.has(dan.uid));
    assert.equal(await suspensionOf(dan), undefined);
    assert.equal((await join(dan)).role, "listener");
    assert.deepEqual(await lift(dan), { status: "lifted" });
    assert.deepEqual(
      (await mod.notices(dan)).map(({ kind }) => kind),
      ["decision", "suspension_lifted"],
    );
    assert.deepEqual(
      (await mod.audit()).map(({ action }) => action),
      ["suspendAccount", "liftSuspension"],
    );
  });

  it("that does not exist cannot be lifted, and its end enables no account that is being deleted", async () => {
    const { deps } = scene;
    // For another reason, such as a decision in the console.
    deps.accounts.disabled.add(dan.uid);
    assert.deepEqual(await lift(dan), { status: "lifted" });
    assert.ok(deps.accounts.disabled.has(dan.uid));

    await suspend(dan, deps.clock.now() + HOUR_MS);
    const at = Timestamp.fromMillis(deps.clock.now());
    await deletionRef(firestore, dan.uid).set({
      requestedAt: at,
      dueAt: at,
      begunAt: at,
      isOut: true,
      profile: null,
    });
    deps.clock.advance(HOUR_MS);
    await sweepAccounts(deps);
    assert.equal(await suspensionOf(dan), undefined);
    assert.ok(deps.accounts.disabled.has(dan.uid));
  });

  it("reaches a person who can still cancel the deletion of their account", async () => {
    const { deps } = scene;
    const user = userRef(firestore, dan.uid);
    const profile = (await user.get()).data() ?? null;
    const at = Timestamp.fromMillis(deps.clock.now());
    const deletion = { requestedAt: at, dueAt: at, begunAt: null, isOut: true, profile };
    await deletionRef(firestore, dan.uid).set(deletion);
    await user.delete();
    const { status, reportId } = await suspend(dan);
    assert.equal(status, "suspended");
    assert.equal((await mod.report(reportId ?? ""))?.snapshot.profile?.displayName, "Dan");
    assert.equal((await mod.notices(dan)).length, 1);
    await deletionRef(firestore, dan.uid).update({ begunAt: at, profile: null });
    await assert.rejects(suspend(dan, deps.clock.now() + HOUR_MS), refuses("PERSON_NOT_FOUND"));
  });

  it("is completed by the sweep wherever it broke off, and so is its end", async () => {
    const { deps, ada } = scene;
    deps.accounts.setDown(true);
    deps.rooms.setDown(true);
    assert.equal((await suspend(ada)).status, "suspended");
    assert.equal((await suspensionOf(ada))?.isApplied, false);
    assert.equal((await scene.show())?.status, "ended");
    await assert.rejects(sweepAccounts(deps));
    deps.accounts.setDown(false);
    deps.rooms.setDown(false);
    await sweepAccounts(deps);
    assert.ok(deps.accounts.disabled.has(ada.uid));
    assert.equal((await suspensionOf(ada))?.isApplied, true);

    deps.accounts.setDown(true);
    assert.deepEqual(await lift(ada), { status: "lifted" });
    assert.ok(deps.accounts.disabled.has(ada.uid));
    deps.accounts.setDown(false);
    await sweepAccounts(deps);
    assert.ok(!deps.accounts.disabled.has(ada.uid));
    assert.equal(await suspensionOf(ada), undefined);
  });

  it("leaves the account enabled when it is lifted while it takes effect", async () => {
    const { deps } = scene;
    let lifting: Promise<unknown> | undefined;
    deps.accounts.whenChanged(async () => {
      lifting ??= suspensionRef(firestore, dan.uid).update({
        until: Timestamp.fromMillis(deps.clock.now()),
      });
      await lifting;
    });
    await suspend(dan);
    assert.ok(lifting);
    assert.ok(!deps.accounts.disabled.has(dan.uid));
    await sweepAccounts(deps);
    assert.equal(await suspensionOf(dan), undefined);
  });

  it("keeps the person out even if they join at the same moment", async () => {
    const eve = await scene.attendee("Eve", { state: "left" });
    await Promise.allSettled([callAgain(() => join(eve)), callAgain(() => suspend(eve))]);
    assert.notEqual((await scene.placeOf(eve))?.state, "present");
    await applySuspension(scene.deps, eve.uid);
    await assert.rejects(join(eve), refuses("ACCOUNT_SUSPENDED", { statement: "Fraud" }));
  });

  it("decides a report, and a reversed appeal lifts it", async () => {
    const { deps } = scene;
    await mod.comment(scene.showId, "boo", dan);
    const complaint = { showId: scene.showId, commentId: "boo", reason: "threat" };
    const { reportId } = await report(deps, as(scene.ada), complaint);
    const until = deps.clock.now() + DAY_MS;
    const verdict = { reportId, decision: "account_suspended", reason: "Threats", until } as const;
    assert.equal((await resolveReport(deps, asAdmin(mod.admin), verdict)).until, until);
    assert.ok(deps.accounts.disabled.has(dan.uid));
    assert.equal((await suspensionOf(dan))?.reportId, reportId);
    await appealDecision(deps, as(dan), { reportId, text: "It was a quote" });
    const input = { reportId, outcome: "reversed", reason: "A quote" } as const;
    await decideAppeal(deps, asAdmin(mod.second), input);
    assert.ok(!deps.accounts.disabled.has(dan.uid));
    assert.equal(await suspensionOf(dan), undefined);
  });

  it("refuses non-admins, oneself, unknown people and an end in the past", async () => {
    const ben = await scene.cohost("Ben");
    const eve = await scene.attendee("Eve");
    for (const caller of [as(ben), as(scene.ada), as(dan)]) {
      await assert.rejects(suspend(eve, null, caller), refuses("NOT_ADMIN"));
      await assert.rejects(lift(eve, caller), refuses("NOT_ADMIN"));
      const input = { uid: eve.uid, admin: true, reason: "please" };
      await assert.rejects(setAdmin(scene.deps, caller, input), refuses("NOT_ADMIN"));
    }
    await assert.rejects(suspend(mod.admin), notYourself);
    await assert.rejects(lift(mod.admin), notYourself);
    await assert.rejects(suspend({ uid: "spotify_gone" }), refuses("PERSON_NOT_FOUND"));
    await assert.rejects(
      suspend(eve, scene.deps.clock.now()),
      refuses("INVALID_ARGUMENT", {
        issues: [{ path: "until", message: "must be in the future" }],
      }),
    );
    assert.deepEqual(await mod.audit(), []);
    assert.equal(scene.deps.accounts.disabled.size, 0);
  });
});

describe("acting on an admin", () => {
  let firestore: Firestore;
  let scene: LiveScene;
  let mod: Moderating;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
    mod = await moderating(firestore);
    scene.deps.accounts.admins.add(scene.ada.uid);
  });

  const suspend = (by: Person, until: number | null = null) =>
    suspendAccount(scene.deps, asAdmin(by), { uid: scene.ada.uid, until, reason: "Fraud" });
  const isSuspended = async () => (await suspensionRef(firestore, scene.ada.uid).get()).exists;
  const awaiting = "awaiting_second_admin";

  it("waits for a second admin, who makes the same call within a day", async () => {
    const { deps, ada } = scene;
    for (let retry = 0; retry < 2; retry += 1) {
      assert.deepEqual(await suspend(mod.admin), { status: awaiting, reportId: null, until: null });
    }
    assert.equal(await isSuspended(), false);
    assert.equal((await scene.show())?.status, "live");
    // An end that differs by more than a day is another call, and a day later the request is gone.
    deps.clock.advance(1_000);
    assert.equal((await suspend(mod.second, deps.clock.now() + HOUR_MS)).status, awaiting);
    deps.clock.advance(1_000);
    assert.equal((await suspend(mod.admin)).status, awaiting);
    deps.clock.advance(DAY_MS);
    assert.equal((await suspend(mod.second)).status, awaiting);
    assert.equal(await isSuspended(), false);

    deps.clock.advance(DAY_MS - 1);
    assert.equal((await suspend(mod.admin)).status, "suspended");
    assert.ok(deps.accounts.disabled.has(ada.uid));
    assert.equal((await suspend(mod.second)).status, "suspended");
    assert.deepEqual(
      (await mod.audit()).map(({ by, step }) => [by === mod.admin.uid, step]),
      [
        [true, "requested"],
        [false, "requested"],
        [true, "requested"],
        [false, "requested"],
        [true, "done"],
      ],
    );
    const lift = (by: Person) =>
      liftSuspension(deps, asAdmin(by), { uid: ada.uid, reason: "Back" });
    assert.deepEqual(await lift(mod.admin), { status: awaiting });
    assert.deepEqual(await lift(mod.second), { status: "lifted" });
    assert.ok(!deps.accounts.disabled.has(ada.uid));
  });

  it("is confirmed by an end that differs by up to a day, and the first admin's stands", async () => {
    const { deps } = scene;
    const first = deps.clock.now() + 7 * DAY_MS;
    const second = first + DAY_MS;
    const apart = await suspend(mod.admin, first);
    assert.deepEqual([apart.status, apart.until], [awaiting, first]);
    assert.equal((await suspend(mod.second, second + 1)).status, awaiting);
    assert.equal((await suspend(mod.admin, first)).status, awaiting);
    const confirmed = await suspend(mod.second, second);
    assert.deepEqual([confirmed.status, confirmed.until], ["suspended", first]);
    assert.deepEqual(await suspend(mod.second, second), confirmed);
    const stored = (await suspensionRef(firestore, scene.ada.uid).get()).data();
    assert.equal(stored?.until?.toMillis(), first);
    assert.equal(
      (await reportRef(firestore, stored.reportId).get()).data()?.decided?.until?.toMillis(),
      first,
    );
    const [notice] = await mod.notices(scene.ada);
    assert.equal(notice?.until?.toMillis(), first);
  });

  it("is not confirmed by somebody whom the first admin made an admin, or by a report's decision alone", async () => {
    const { deps, ada } = scene;
    const puppet = await scene.attendee("Puppet");
    const made = { uid: puppet.uid, admin: true, reason: "new" };
    assert.deepEqual(await setAdmin(deps, asAdmin(mod.admin), made), {
      status: "done",
      admin: true,
    });
    assert.ok(deps.accounts.admins.has(puppet.uid));
    assert.equal((await suspend(mod.admin)).status, awaiting);
    assert.equal((await suspend(puppet)).status, awaiting);
    assert.equal(await isSuspended(), false);

    const complaint = { showId: scene.showId, reason: "fraud" };
    const { reportId } = await report(deps, as(puppet), complaint);
    const verdict = { reportId, decision: "account_suspended", reason: "Fraud" } as const;
    const decide = (by: Person) => resolveReport(deps, asAdmin(by), verdict);
    assert.equal((await decide(mod.admin)).status, awaiting);
    assert.equal((await reportRef(firestore, reportId).get()).data()?.state, "open");
    assert.equal(await isSuspended(), false);
    assert.equal((await decide(mod.second)).status, "resolved");
    assert.ok(deps.accounts.disabled.has(ada.uid));
  });

  it("asks Firebase Auth before its transaction, which would keep others waiting", async () => {
    const { deps, ada, showId } = scene;
    const { watched, open } = watchTransactions(firestore);
    const checked: string[] = [];
    const isAdmin = (uid: string) => {
      assert.equal(open(), 0);
      checked.push(uid);
      return deps.accounts.isAdmin(uid);
    };
    const watching = { ...deps, firestore: watched, accounts: { ...deps.accounts, isAdmin } };
    const eve = await scene.attendee("Eve");
    const { reportId } = await report(watching, as(eve), { showId, uid: ada.uid, reason: "fraud" });
    const verdict = { reportId, decision: "account_suspended", reason: "Fraud" } as const;
    const by = asAdmin(mod.admin);
    assert.equal((await resolveReport(watching, by, verdict)).status, awaiting);
    const input = { uid: ada.uid, until: null, reason: "Fraud" };
    assert.equal((await suspendAccount(watching, by, input)).status, awaiting);
    assert.equal((await setAdmin(watching, by, { ...input, admin: false })).status, awaiting);
    assert.deepEqual(checked, [ada.uid, ada.uid, ada.uid]);
  });

  it("needs two admins to revoke the role, and one to grant it", async () => {
    const { deps, ada } = scene;
    const change = (by: Person, admin: boolean) =>
      setAdmin(deps, asAdmin(by), { uid: ada.uid, admin, reason: "left" });
    assert.deepEqual(await change(mod.admin, true), { status: "done", admin: true });
    assert.deepEqual(await mod.audit(), []);
    assert.deepEqual(await change(mod.admin, false), { status: awaiting, admin: true });
    assert.ok(deps.accounts.admins.has(ada.uid));
    assert.deepEqual(await change(mod.second, false), { status: "done", admin: false });
    assert.ok(!deps.accounts.admins.has(ada.uid));
    // Ada's ID token still says that Ada is one.
    await assert.rejects(change(ada, true), notYourself);
    const eve = await scene.attendee("Eve");
    const input = { uid: eve.uid, until: null, reason: "revenge" };
    await assert.rejects(suspendAccount(deps, asAdmin(ada), input), refuses("NOT_ADMIN"));
    await assert.rejects(
      setAdmin(deps, asAdmin(mod.admin), { uid: "gone", admin: true, reason: "-" }),
      refuses("PERSON_NOT_FOUND"),
    );
  });

  it("is done at once by the operator, and the claim is set by the sweep if Auth does not answer", async () => {
    const { deps, ada } = scene;
    const eve = await scene.attendee("Eve");
    let isFirst = true;
    deps.accounts.whenChanged(async () => {
      if (!isFirst) return;
      isFirst = false;
      const at = Timestamp.fromMillis(deps.clock.now() + 1);
      await adminRef(firestore, eve.uid).update({ at });
    });
    const made = { uid: eve.uid, admin: true, reason: "first" };
    assert.equal((await setAdmin(deps, OPERATOR, made)).status, "done");
    assert.equal((await adminRef(firestore, eve.uid).get()).data()?.isApplied, true);
    assert.ok(deps.accounts.admins.has(eve.uid));

    deps.clock.advance(1_000);
    const input = { uid: ada.uid, until: null, reason: "Fraud" };
    assert.equal((await suspendAccount(deps, OPERATOR, input)).status, "suspended");
    await adminRef(firestore, eve.uid).update({ isApplied: false, isAdmin: false });
    await sweepAccounts(deps);
    assert.ok(!deps.accounts.admins.has(eve.uid));
    const [entry] = await mod.audit();
    assert.deepEqual([entry?.by, entry?.action, entry?.detail], ["operator", "setAdmin", "admin"]);
  });
});
