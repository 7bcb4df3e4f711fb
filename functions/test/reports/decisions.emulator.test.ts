import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { commentRef, deletionRef, reportRef, showRef, userRef } from "../../src/collections.js";
import { DELETED_UID } from "../../src/contract/dataPolicies.js";
import type { Decision } from "../../src/contract/decisions.js";
import { appealDecision } from "../../src/reports/appealDecision.js";
import { decideAppeal } from "../../src/reports/decideAppeal.js";
import { hideComment } from "../../src/reports/hideComment.js";
import { listReports } from "../../src/reports/listReports.js";
import { report } from "../../src/reports/report.js";
import { resolveReport } from "../../src/reports/resolveReport.js";
import { takeDownShow } from "../../src/reports/takeDownShow.js";
import { quietFirestore, showIn, somebody, type Person } from "../support/backstage.js";
import { as, asAdmin } from "../support/callers.js";
import { callAgain } from "../support/callAgain.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";
import { dismiss, moderating, type Moderating } from "../support/moderating.js";
import { refuses } from "../support/refuses.js";

const SIX_MONTHS_MS = 183 * 24 * 3_600_000;
const misfit = (message: string) =>
  refuses("INVALID_ARGUMENT", { issues: [{ path: "decision", message }] });

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
  /** As while a deletion of their account is pending. */
  const withdrawProfile = async ({ uid }: Person) => {
    const ref = userRef(firestore, uid);
    const profile = (await ref.get()).data() ?? null;
    const at = Timestamp.now();
    await deletionRef(firestore, uid).set({
      requestedAt: at,
      dueAt: at,
      begunAt: null,
      isOut: true,
      profile,
    });
    await ref.delete();
  };
  const comment = async () => (await commentRef(firestore, scene.showId, "boo").get()).data();

  it("hide a comment, notify both sides, and close after an appeal", async () => {
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

  it("are for admins alone: not for hosts, reporters, or former admins", async () => {
    const reportId = await file(eve, { commentId: "boo" });
    const ben = await scene.cohost("Ben");
    await dismiss(firestore, mod.second);
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
    const supportLink = "https://a.example/pay";
    const profile = { bio: "Buy now", links: ["https://a.example"], supportLink };
    await userRef(firestore, dan.uid).update(profile);
    const complaint = { uid: dan.uid, reason: "spam" };
    const { reportId } = await report(scene.deps, as(eve), complaint);
    await resolve(reportId, "content_hidden");
    const emptied = (await userRef(firestore, dan.uid).get()).data();
    assert.deepEqual([emptied?.bio, emptied?.links, emptied?.supportLink], ["", [], ""]);
    await appeal(dan, { reportId });
    const input = { reportId, outcome: "reversed", reason: "Fine" } as const;
    await decideAppeal(scene.deps, asAdmin(mod.admin), input);
    const restored = (await userRef(firestore, dan.uid).get()).data();
    assert.partialDeepStrictEqual(restored, profile);

    const again = await report(scene.deps, as(eve), { ...complaint, reason: "spam again" });
    await resolve(again.reportId, "content_hidden");
    await userRef(firestore, dan.uid).update({ bio: "New" });
    await appeal(dan, again);
    await decideAppeal(scene.deps, asAdmin(mod.admin), { ...input, ...again });
    assert.equal((await userRef(firestore, dan.uid).get()).data()?.bio, "New");
  });

  it("are recorded even if the content is gone, and refuse a decision that does not fit", async () => {
    const reportId = await file(eve, { commentId: "boo" });
    await commentRef(firestore, scene.showId, "boo").delete();
    await resolve(reportId, "content_hidden");
    assert.equal(await comment(), undefined);
    assert.equal((await mod.report(reportId))?.snapshot.comment?.text, "Boo");
    const aboutShow = await file(eve);
    const { reportId: aboutProfile } = await report(scene.deps, as(eve), {
      uid: dan.uid,
      reason: "spam",
    });
    await mod.comment(scene.showId, "boo", dan);
    // Its author would be told of the decision, and could appeal it.
    const aboutComment = await file(scene.ada, { commentId: "boo" });
    const onlyShows = "only a reported show can be taken down; use takeDownShow";
    for (const [id, decision, message] of [
      [aboutShow, "content_hidden", "a reported show cannot be hidden; use show_taken_down"],
      [aboutProfile, "show_taken_down", onlyShows],
      [aboutComment, "show_taken_down", onlyShows],
    ] as const) {
      await assert.rejects(resolve(id, decision), misfit(message));
      assert.equal((await mod.report(id))?.state, "open");
    }
  });

  it("end the report's time a year later, unless somebody appeals", async () => {
    const { deps } = scene;
    const reportId = await file(eve, { commentId: "boo" });
    const expiry = async () => (await mod.report(reportId))?.expiresAt?.toMillis() ?? null;
    assert.equal(await expiry(), null);
    await resolve(reportId, "content_hidden");
    assert.equal(await expiry(), deps.clock.now() + deps.reportRetentionMs);
    await appeal(dan, { reportId });
    assert.equal(await expiry(), null);
    deps.clock.advance(60_000);
    const upheld = { reportId, outcome: "upheld", reason: "Still" } as const;
    // However little is configured, a decision can be appealed for six months.
    await decideAppeal({ ...deps, reportRetentionMs: 1 }, asAdmin(mod.admin), upheld);
    assert.equal(await expiry(), deps.clock.now() + SIX_MONTHS_MS);

    const [notice] = await mod.notices(dan);
    await reportRef(firestore, reportId).delete();
    for (const about of [{ reportId }, { noticeId: notice?.id ?? "" }]) {
      await assert.rejects(appeal(dan, about), refuses("REPORT_NOT_FOUND"));
    }
  });

  it("are made again if no_violation is reversed, and the person concerned can appeal that", async () => {
    const { deps } = scene;
    const reportId = await file(eve, { commentId: "boo" });
    await resolve(reportId, "no_violation");
    await appeal(dan, { reportId }, "Say more");
    await appeal(eve, { reportId }, "It is a threat");
    const decide = (input: Partial<Parameters<typeof decideAppeal>[2]>) =>
      decideAppeal(deps, asAdmin(mod.second), {
        reportId,
        outcome: "reversed",
        reason: "A threat",
        ...input,
      });
    for (const decision of [undefined, "no_violation"] as const) {
      await assert.rejects(
        decide({ decision }),
        misfit("must say what is decided instead of no_violation"),
      );
    }
    const onlyReversed = misfit("only a reversed no_violation is decided again");
    await assert.rejects(decide({ outcome: "upheld", decision: "warning_given" }), onlyReversed);
    assert.equal((await comment())?.hidden, false);

    deps.clock.advance(1_000);
    const anew = { decision: "content_hidden" } as const;
    const answer = { reportId, state: "resolved", outcome: "reversed" };
    assert.deepEqual(await decide(anew), answer);
    assert.deepEqual(await decide(anew), answer);
    await assert.rejects(
      decide({ decision: "warning_given" }),
      refuses("REPORT_ALREADY_RESOLVED", { status: "reversed" }),
    );
    assert.equal((await comment())?.hiddenByReport, reportId);
    for (const [person, kind] of [
      [dan, "decision"],
      [eve, "report_outcome"],
    ] as const) {
      const [, notice, ...others] = await mod.notices(person);
      assert.deepEqual(others, []);
      assert.deepEqual(
        [notice?.kind, notice?.decision, notice?.appealUntil?.toMillis()],
        [kind, "content_hidden", deps.clock.now() + SIX_MONTHS_MS],
      );
    }
    const [, entry, ...more] = await mod.audit();
    assert.deepEqual([entry?.action, entry?.detail, more], ["decideAppeal", "content_hidden", []]);

    await assert.rejects(
      appeal(eve, { reportId }, "Too mild"),
      refuses("NOT_APPEALABLE", { status: "resolved" }),
    );
    await appeal(dan, { reportId }, "It was a quote");
    await assert.rejects(decide(anew), onlyReversed);
    assert.deepEqual(await decide({}), { ...answer, state: "closed" });
    assert.equal((await comment())?.hidden, false);
  });

  it("write no notice for somebody whose account was deleted", async () => {
    const { deps } = scene;
    const [byGone, byLeaving] = await Promise.all([
      file(eve, { commentId: "boo" }),
      file(scene.ada, { commentId: "boo" }),
    ]);
    await reportRef(firestore, byGone).update({ reporterUid: DELETED_UID });
    await resolve(byGone, "warning_given");
    assert.deepEqual(await mod.notices({ ...eve, uid: DELETED_UID }), []);
    assert.equal((await mod.notices(dan)).length, 1);

    // With a deletion pending, they may still come back; once it has begun, they are gone.
    await withdrawProfile(scene.ada);
    await resolve(byLeaving, "warning_given");
    assert.equal((await mod.notices(scene.ada)).length, 1);
    await deletionRef(firestore, scene.ada.uid).update({ begunAt: Timestamp.now(), profile: null });
    await appeal(dan, { reportId: byLeaving });
    const upheld = { reportId: byLeaving, outcome: "upheld", reason: "-" } as const;
    await decideAppeal(deps, asAdmin(mod.admin), upheld);
    assert.equal((await mod.notices(scene.ada)).length, 1);
    assert.equal((await mod.notices(dan)).length, 3);
  });

  it("empty a profile that a pending deletion would bring back", async () => {
    await userRef(firestore, dan.uid).update({ bio: "Buy now" });
    const reportId = await file(eve, { uid: dan.uid });
    await withdrawProfile(dan);
    const bio = async () => (await deletionRef(firestore, dan.uid).get()).data()?.profile?.bio;
    await resolve(reportId, "content_hidden");
    assert.equal(await bio(), "");
    await appeal(dan, { reportId });
    await decideAppeal(scene.deps, asAdmin(mod.admin), {
      reportId,
      outcome: "reversed",
      reason: "-",
    });
    assert.equal(await bio(), "Buy now");
  });

  it("name the field that a caller gave, if it concerns themselves", async () => {
    await mod.comment(scene.showId, "mine", mod.admin);
    const own = await showIn("draft", mod.admin, {}, firestore);
    const by = asAdmin(mod.admin);
    const about = (path: string) =>
      refuses("INVALID_ARGUMENT", { issues: [{ path, message: "must not be about yourself" }] });
    await assert.rejects(
      hideComment(scene.deps, by, { showId: scene.showId, commentId: "mine", reason: "-" }),
      about("commentId"),
    );
    await assert.rejects(
      takeDownShow(scene.deps, by, { showId: own, reason: "-" }),
      about("showId"),
    );
  });

  it("hide a comment on an admin's own initiative, once, with a notice only for its author", async () => {
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
      [kept?.state, kept?.isOwnInitiative, kept?.snapshot.comment?.text],
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
  it("lists urgent reports first and then the oldest, page by page, in one state", async () => {
    const firestore = quietFirestore();
    const scene = await liveScene(firestore);
    const mod = await moderating(firestore);
    const reporters = await Promise.all(["Dan", "Eve"].map((name) => somebody(name, firestore)));
    const filed: string[] = [];
    for (const category of ["spam", "other", "child_safety", "hate", "imminent_harm"] as const) {
      scene.deps.clock.advance(1_000);
      const reporter = as(reporters[filed.length % 2] ?? scene.ada);
      const complaint = { showId: scene.showId, reason: category, category };
      filed.push((await report(scene.deps, reporter, complaint)).reportId);
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
        issues: [{ path: "cursor", message: "must be the cursor of an earlier page" }],
      }),
    );
    await firestore.terminate();
  });
});
