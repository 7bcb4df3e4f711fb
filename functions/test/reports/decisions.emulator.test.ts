import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { commentRef, reportRef, showRef, userRef } from "../../src/collections.js";
import type { Decision } from "../../src/contract/decisions.js";
import { appealDecision } from "../../src/reports/appealDecision.js";
import { decideAppeal } from "../../src/reports/decideAppeal.js";
import { hideComment } from "../../src/reports/hideComment.js";
import { listReports } from "../../src/reports/listReports.js";
import { report } from "../../src/reports/report.js";
import { resolveReport } from "../../src/reports/resolveReport.js";
import { quietFirestore, somebody, type Person } from "../support/backstage.js";
import { callAgain } from "../support/callAgain.js";
import { as, liveScene, type LiveScene } from "../support/liveScene.js";
import { asAdmin, moderating, type Moderating } from "../support/moderating.js";
import { refuses } from "../support/refuses.js";

const SIX_MONTHS_MS = 183 * 24 * 3_600_000;

describe("decisions on reports", () => {
  let firestore: Firestore;
  let scene: LiveScene;
  let mod: Moderating;
  let dan: Person;
  let eve: Person;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
    mod = await moderating(firestore);
    [dan, eve] = await Promise.all([scene.attendee("Dan"), scene.attendee("Eve")]);
    await mod.comment(scene.showId, "boo", dan);
  });

  const file = async (reporter: Person, fields: { commentId?: string; uid?: string } = {}) =>
    (await report(scene.deps, as(reporter), { showId: scene.showId, reason: "rude", ...fields }))
      .reportId;
  const resolve = (reportId: string, decision: Decision, by = asAdmin(mod.admin)) =>
    resolveReport(scene.deps, by, { reportId, decision, reason: "Against rule 3" });
  const appeal = (person: Person, about: { noticeId?: string; reportId?: string }, text = "No") =>
    appealDecision(scene.deps, as(person), { ...about, text });
  const comment = async () => (await commentRef(firestore, scene.showId, "boo").get()).data();

  it("take a report from a hidden comment over both notices and an appeal to its close", async () => {
    const reportId = await file(eve, { commentId: "boo" });
    const answer = await resolve(reportId, "content_hidden");
    assert.deepEqual(answer, {
      status: "resolved",
      reportId,
      decision: "content_hidden",
      until: null,
    });
    const hidden = await comment();
    assert.deepEqual([hidden?.hidden, hidden?.hiddenByReport], [true, reportId]);
    const now = scene.deps.clock.now();
    for (const [person, kind] of [
      [dan, "decision"],
      [eve, "report_outcome"],
    ] as const) {
      const [{ id, ...notice } = { id: "" }, ...others] = await mod.notices(person);
      assert.deepEqual(others, []);
      assert.ok(id);
      assert.deepEqual(notice, {
        kind,
        reportId,
        decision: "content_hidden",
        about: {
          kind: "comment",
          uid: dan.uid,
          showId: scene.showId,
          commentId: "boo",
          excerpt: "Boo",
        },
        reason: "Against rule 3",
        until: null,
        appealUntil: Timestamp.fromMillis(now + SIX_MONTHS_MS),
        createdAt: Timestamp.fromMillis(now),
      });
      assert.ok(!JSON.stringify(notice).includes(eve.uid), "the reporter is not named");
    }

    scene.deps.clock.advance(60_000);
    const [notice] = await mod.notices(dan);
    assert.ok(notice);
    assert.deepEqual(await appeal(dan, { noticeId: notice.id }), { reportId, state: "appealed" });
    assert.deepEqual((await mod.report(reportId))?.appeals, [
      { uid: dan.uid, text: "No", at: Timestamp.fromMillis(scene.deps.clock.now()) },
    ]);
    const input = { reportId, outcome: "reversed", reason: "A joke" } as const;
    const closed = { reportId, state: "closed", outcome: "reversed" };
    assert.deepEqual(await decideAppeal(scene.deps, asAdmin(mod.second), input), closed);
    assert.deepEqual(await decideAppeal(scene.deps, asAdmin(mod.admin), input), closed);
    const shown = await comment();
    assert.deepEqual([shown?.hidden, shown && "hiddenByReport" in shown], [false, false]);
    for (const person of [dan, eve]) {
      const [, last, ...more] = await mod.notices(person);
      assert.deepEqual(more, []);
      assert.deepEqual(
        [last?.kind, last?.decision, last?.reason, last?.appealUntil],
        ["appeal_outcome", "no_violation", "A joke", null],
      );
    }
    const done = await mod.audit();
    assert.deepEqual(
      done.map(({ by, action, detail, reason, uid }) => [by, action, detail, reason, uid]),
      [
        [mod.admin.uid, "resolveReport", "content_hidden", "Against rule 3", dan.uid],
        [mod.second.uid, "decideAppeal", "reversed", "A joke", dan.uid],
      ],
    );
    for (const late of [dan, eve]) {
      await assert.rejects(
        appeal(late, { reportId }, "Again"),
        refuses("NOT_APPEALABLE", { status: "closed" }),
      );
    }
    await assert.rejects(
      decideAppeal(scene.deps, asAdmin(mod.admin), { ...input, outcome: "upheld" }),
      refuses("REPORT_ALREADY_RESOLVED", { status: "reversed" }),
    );
  });

  it("give the same answer to the same decision and write nothing, and refuse another", async () => {
    const reportId = await file(eve, { commentId: "boo" });
    const [first, second] = await Promise.all([
      callAgain(() => resolve(reportId, "content_hidden")),
      callAgain(() => resolve(reportId, "content_hidden", asAdmin(mod.second))),
    ]);
    assert.deepEqual(first, second);
    assert.deepEqual(await resolve(reportId, "content_hidden"), first);
    const before = await scene.everything();
    await assert.rejects(
      resolve(reportId, "no_violation"),
      refuses("REPORT_ALREADY_RESOLVED", { status: "content_hidden" }),
    );
    assert.deepEqual(await scene.everything(), before);
    assert.equal((await mod.audit()).length, 1);
    assert.equal((await mod.notices(dan)).length, 1);
    await assert.rejects(resolve("no-such-report", "no_violation"), refuses("REPORT_NOT_FOUND"));
  });

  it("can be appealed by each side once, in time, and by nobody else", async () => {
    const reportId = await file(eve, { commentId: "boo" });
    await assert.rejects(appeal(dan, { reportId }), refuses("NOT_APPEALABLE", { status: "open" }));
    await resolve(reportId, "warning_given");
    const gus = await scene.attendee("Gus");
    const [notice] = await mod.notices(dan);
    await assert.rejects(appeal(gus, { reportId }), refuses("NOT_CONCERNED"));
    await assert.rejects(appeal(scene.ada, { reportId }), refuses("NOT_CONCERNED"));
    await assert.rejects(appeal(gus, { noticeId: notice?.id ?? "" }), refuses("REPORT_NOT_FOUND"));
    await assert.rejects(
      decideAppeal(scene.deps, asAdmin(mod.admin), { reportId, outcome: "upheld", reason: "-" }),
      refuses("NOT_APPEALED", { status: "resolved" }),
    );
    const answer = { reportId, state: "appealed" };
    assert.deepEqual(await appeal(eve, { reportId }, "Too mild"), answer);
    assert.deepEqual(await appeal(dan, { reportId }), answer);
    assert.deepEqual(await appeal(dan, { reportId }), answer);
    await assert.rejects(
      appeal(dan, { reportId }, "Other words"),
      refuses("NOT_APPEALABLE", { status: "appealed" }),
    );
    const appeals = (await mod.report(reportId))?.appeals ?? [];
    assert.deepEqual(
      appeals.map(({ uid, text }) => [uid, text]),
      [
        [eve.uid, "Too mild"],
        [dan.uid, "No"],
      ],
    );

    const other = await file(eve, { uid: dan.uid });
    await resolve(other, "warning_given");
    scene.deps.clock.advance(SIX_MONTHS_MS + 1);
    await assert.rejects(
      appeal(dan, { reportId: other }),
      refuses("NOT_APPEALABLE", { status: "resolved" }),
    );
  });

  it("are for admins alone: not for hosts, reporters, or admins who are none any more", async () => {
    const reportId = await file(eve, { commentId: "boo" });
    const ben = await scene.cohost("Ben");
    await firestore.doc(`admins/${mod.second.uid}`).set({
      uid: mod.second.uid,
      isAdmin: false,
      by: mod.admin.uid,
      at: Timestamp.now(),
      isApplied: true,
    });
    const before = await scene.everything();
    for (const caller of [as(ben), as(scene.ada), as(eve), asAdmin(mod.second)]) {
      await assert.rejects(resolve(reportId, "no_violation", caller), refuses("NOT_ADMIN"));
      await assert.rejects(listReports(scene.deps, caller, {}), refuses("NOT_ADMIN"));
      const input = { showId: scene.showId, commentId: "boo", reason: "rude" };
      await assert.rejects(hideComment(scene.deps, caller, input), refuses("NOT_ADMIN"));
      await assert.rejects(
        decideAppeal(scene.deps, caller, { reportId, outcome: "upheld", reason: "-" }),
        refuses("NOT_ADMIN"),
      );
    }
    assert.deepEqual(await scene.everything(), before);
    const own = await file(eve, { uid: mod.admin.uid });
    await assert.rejects(
      resolve(own, "no_violation"),
      refuses("INVALID_ARGUMENT", {
        issues: [{ path: "reportId", message: "must not be about yourself" }],
      }),
    );
  });

  it("empty a reported profile, and a reversal gives it back unless it was rewritten", async () => {
    const profile = { bio: "Buy now", links: ["https://a.example"] };
    await userRef(firestore, dan.uid).update(profile);
    const said = { uid: dan.uid, reason: "spam" };
    const { reportId } = await report(scene.deps, as(eve), said);
    await resolve(reportId, "content_hidden");
    const emptied = (await userRef(firestore, dan.uid).get()).data();
    assert.deepEqual([emptied?.bio, emptied?.links], ["", []]);
    await appeal(dan, { reportId });
    const input = { reportId, outcome: "reversed", reason: "Fine" } as const;
    await decideAppeal(scene.deps, asAdmin(mod.admin), input);
    const restored = (await userRef(firestore, dan.uid).get()).data();
    assert.deepEqual({ bio: restored?.bio, links: restored?.links }, profile);

    const again = await report(scene.deps, as(eve), { ...said, reason: "spam again" });
    await resolve(again.reportId, "content_hidden");
    await userRef(firestore, dan.uid).update({ bio: "New" });
    await appeal(dan, again);
    await decideAppeal(scene.deps, asAdmin(mod.admin), { ...input, ...again });
    assert.equal((await userRef(firestore, dan.uid).get()).data()?.bio, "New");
  });

  it("stand without an effect on what is gone, and name the decision that does not fit", async () => {
    const reportId = await file(eve, { commentId: "boo" });
    await commentRef(firestore, scene.showId, "boo").delete();
    await resolve(reportId, "content_hidden");
    assert.equal(await comment(), undefined);
    assert.equal((await mod.report(reportId))?.snapshot?.comment?.text, "Boo");
    const aboutShow = await file(eve);
    const { reportId: aboutProfile } = await report(scene.deps, as(eve), {
      uid: dan.uid,
      reason: "spam",
    });
    for (const [id, decision, message] of [
      [aboutShow, "content_hidden", "a show is taken down instead"],
      [aboutProfile, "show_taken_down", "the report names no show"],
    ] as const) {
      await assert.rejects(
        resolve(id, decision),
        refuses("INVALID_ARGUMENT", { issues: [{ path: "decision", message }] }),
      );
      assert.equal((await mod.report(id))?.state, "open");
    }
  });

  it("work on a report from before there were decisions", async () => {
    const ref = firestore.doc("reports/old");
    const createdAt = Timestamp.now();
    const old = { reporterUid: eve.uid, showId: scene.showId, reason: "rude", createdAt };
    await ref.set({ ...old, commentId: "boo" });
    const read = (await reportRef(firestore, "old").get()).data();
    assert.deepEqual([read?.state, read?.priority, read?.category], ["open", 1, "other"]);
    await resolve("old", "content_hidden");
    assert.equal((await comment())?.hidden, true);
    assert.equal((await mod.notices(dan)).length, 1);
  });

  it("hide a comment on an admin's own initiative, once, with a notice for its author alone", async () => {
    const hide = () =>
      hideComment(scene.deps, asAdmin(mod.admin), {
        showId: scene.showId,
        commentId: "boo",
        reason: "Against rule 3",
      });
    const { reportId } = await hide();
    assert.deepEqual(await hide(), { reportId });
    assert.equal((await comment())?.hiddenByReport, reportId);
    const kept = await mod.report(reportId);
    assert.deepEqual(
      [kept?.state, kept?.isOwnInitiative, kept?.snapshot?.comment?.text],
      ["resolved", true, "Boo"],
    );
    assert.equal((await mod.notices(dan)).length, 1);
    assert.equal((await mod.notices(mod.admin)).length, 0);
    assert.equal((await mod.audit()).length, 1);
    await assert.rejects(appeal(mod.admin, { reportId }), refuses("NOT_CONCERNED"));
    await appeal(dan, { reportId });
    const gone = { showId: scene.showId, commentId: "gone", reason: "-" };
    await assert.rejects(
      hideComment(scene.deps, asAdmin(mod.admin), gone),
      refuses("COMMENT_NOT_FOUND"),
    );
    await showRef(firestore, scene.showId).delete();
    await assert.rejects(hide(), refuses("SHOW_NOT_FOUND"));
  });
});

describe("listReports", () => {
  it("lists reports from before there were decisions, and keeps what was decided", async () => {
    const firestore = quietFirestore();
    const mod = await moderating(firestore);
    const deps = { firestore };
    const old = (millis: number) => ({
      reporterUid: "spotify_eve",
      showId: "show",
      reason: "rude",
      createdAt: Timestamp.fromMillis(millis),
    });
    const reports = firestore.collection("reports");
    await Promise.all([
      ...[1, 2, 3].map((second) => reports.doc(`old-${second}`).set(old(second * 1_000))),
      reports.doc("decided").set({ ...old(2_500), state: "resolved", priority: 1 }),
    ]);
    const list = async () =>
      (await listReports(deps, asAdmin(mod.admin), {})).reports.map(({ reportId }) => reportId);
    assert.deepEqual(await list(), ["old-1", "old-2", "old-3"]);
    assert.deepEqual(await list(), ["old-1", "old-2", "old-3"]);
    assert.equal((await mod.report("decided"))?.state, "resolved");
    await firestore.terminate();
  });

  it("lists urgent reports first and then the oldest, page by page, in one state", async () => {
    const firestore = quietFirestore();
    const scene = await liveScene(firestore);
    const mod = await moderating(firestore);
    const reporters = await Promise.all(["Dan", "Eve"].map((name) => somebody(name, firestore)));
    const filed: string[] = [];
    for (const category of ["spam", "other", "child_safety", "hate", "imminent_harm"] as const) {
      scene.deps.clock.advance(1_000);
      const reporter = as(reporters[filed.length % 2] ?? scene.ada);
      const said = { showId: scene.showId, reason: category, category };
      filed.push((await report(scene.deps, reporter, said)).reportId);
    }
    const list = (input: Parameters<typeof listReports>[2]) =>
      listReports(scene.deps, asAdmin(mod.admin), input);
    const [spam, other, child, hate, harm] = filed;
    const everything = await list({});
    assert.deepEqual(
      everything.reports.map(({ reportId }) => reportId),
      [child, harm, spam, other, hate],
    );
    assert.deepEqual(
      everything.reports.map(({ isUrgent }) => isUrgent),
      [true, true, false, false, false],
    );
    assert.equal(everything.cursor, null);

    const first = await list({ limit: 2 });
    assert.deepEqual([first.reports.length, first.cursor], [2, harm]);
    assert.ok(harm && spam);
    // A report that is decided between two pages, and even the cursor's own, shifts no other.
    await resolveReport(scene.deps, asAdmin(mod.admin), {
      reportId: harm,
      decision: "no_violation",
      reason: "-",
    });
    const next = await list({ limit: 2, cursor: harm });
    assert.deepEqual(
      next.reports.map(({ reportId }) => reportId),
      [spam, other],
    );
    const last = await list({ limit: 2, cursor: next.cursor ?? "" });
    assert.deepEqual([last.reports.map(({ reportId }) => reportId), last.cursor], [[hate], null]);
    const resolved = await list({ state: "resolved" });
    assert.deepEqual(
      resolved.reports.map(({ reportId, decided }) => [reportId, decided?.decision]),
      [[harm, "no_violation"]],
    );
    await assert.rejects(
      list({ cursor: "nowhere" }),
      refuses("INVALID_ARGUMENT", {
        issues: [{ path: "cursor", message: "must be a page's cursor" }],
      }),
    );
    await firestore.terminate();
  });
});
