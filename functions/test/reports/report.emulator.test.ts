import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { z } from "zod";
import { refusal } from "../../../test/support/refusal.js";
import { commentRef, reportRef, showRef, userRef } from "../../src/collections.js";
import { allowanceRef } from "../../src/limits/spend.js";
import { report } from "../../src/reports/report.js";
import type { ReportCategory } from "../../src/contract/decisions.js";
import { report as contract } from "../../src/contract/reports.js";
import {
  appOf,
  participantIn,
  quietFirestore,
  showIn,
  somebody,
  type Person,
} from "../support/backstage.js";
import { as } from "../support/callers.js";
import { refuses } from "../support/refuses.js";
import { callAgain } from "../support/callAgain.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

const waiting = z.object({ details: z.object({ retryAfterSeconds: z.int() }) });

describe("report", () => {
  let firestore: Firestore;
  let scene: LiveScene;
  let dan: Person;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
    dan = await scene.attendee("Dan");
  });

  interface Fields {
    reason?: string;
    uid?: string;
    commentId?: string;
    showId?: string;
    category?: ReportCategory;
  }
  const file = (reporter: Person, fields: Fields = {}) =>
    report(scene.deps, as(reporter), { showId: scene.showId, reason: "rude", ...fields });
  const stored = async (reportId: string) => (await reportRef(firestore, reportId).get()).data();
  const reports = async () =>
    (await firestore.collection("reports").where("showId", "==", scene.showId).get()).docs;
  const allowance = async (person: Person) =>
    (await allowanceRef(firestore, "report", person.uid).get()).data();
  const commentIn = (showId: string, commentId: string) =>
    commentRef(firestore, showId, commentId).set({
      authorUid: dan.uid,
      author: { displayName: "Dan", photoUrl: null },
      text: "Boo",
      createdAt: Timestamp.now(),
      hidden: false,
    });

  it("stores its text, and a snapshot of what it is about", async () => {
    await commentIn(scene.showId, "boo");
    const bio = "Night drives.";
    await userRef(firestore, dan.uid).update({ bio, links: ["https://a.example"] });
    const fields = { commentId: "boo", uid: dan.uid, category: "harassment" } as const;
    const { reportId } = await file(scene.ada, fields);
    await commentRef(firestore, scene.showId, "boo").delete();
    assert.deepEqual(await stored(reportId), {
      reporterUid: scene.ada.uid,
      showId: scene.showId,
      commentId: "boo",
      uid: dan.uid,
      reason: "rude",
      category: "harassment",
      createdAt: Timestamp.fromMillis(scene.deps.clock.now()),
      state: "open",
      priority: 1,
      about: {
        kind: "comment",
        uid: dan.uid,
        showId: scene.showId,
        commentId: "boo",
        excerpt: "Boo",
      },
      snapshot: {
        comment: {
          authorUid: dan.uid,
          author: { displayName: "Dan", photoUrl: null },
          text: "Boo",
        },
        profile: { displayName: "Dan", photoUrl: null, bio, links: ["https://a.example"] },
        // Its creator is not who is reported.
        show: null,
      },
      isOwnInitiative: false,
      decided: null,
      expiresAt: null,
      isWithdrawn: false,
      appeals: [],
      appealDecided: null,
    });
  });

  it("accepts a report about the show only, or about a profile outside any show", async () => {
    const aboutShow = await stored((await file(dan)).reportId);
    const place = { showId: scene.showId, commentId: null };
    const show = { kind: "show", uid: scene.ada.uid, ...place, excerpt: "Night drive" };
    assert.deepEqual(aboutShow?.about, show);
    assert.ok(!("uid" in aboutShow || "commentId" in aboutShow));
    assert.deepEqual(aboutShow.snapshot, {
      comment: null,
      profile: null,
      show: {
        creatorUid: scene.ada.uid,
        creator: { displayName: "Ada", photoUrl: null },
        title: "Night drive",
        description: "",
      },
    });

    const { uid } = await somebody("Hal", firestore);
    const reported = await report(scene.deps, as(dan), { uid, reason: "fake" });
    const profile = await stored(reported.reportId);
    const nowhere = { showId: null, commentId: null };
    assert.deepEqual(profile?.about, { kind: "profile", uid, ...nowhere, excerpt: "Hal" });
    assert.ok(!("showId" in profile));
    assert.equal(profile.snapshot.show, null);
  });

  it("accepts a report about an announced show, and puts urgent ones first", async () => {
    const showId = await showIn("scheduled", scene.ada, {}, firestore);
    for (const category of ["imminent_harm", "child_safety"] as const) {
      const kept = await stored((await file(dan, { showId, category })).reportId);
      assert.deepEqual([kept?.priority, kept?.category], [0, category]);
    }
  });

  it("files a repeated report only once, however late it arrives", async () => {
    const { reportId } = await file(dan);
    const before = await scene.everything();
    const left = await allowance(dan);
    assert.ok(left, "the report was counted");
    for (const later of [0, 60_000, 3_600_000]) {
      scene.deps.clock.advance(later);
      assert.deepEqual(await file(dan), { reportId });
    }
    assert.deepEqual(await scene.everything(), before);
    assert.deepEqual(await allowance(dan), left);
  });

  it("files a report only once when it arrives five times at the same moment", async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => callAgain(() => file(dan))));
    assert.equal(new Set(answers.map(({ reportId }) => reportId)).size, 1);
    assert.equal((await reports()).length, 1);
    assert.equal((await allowance(dan))?.expiresAt.toMillis(), scene.deps.clock.now() + 120_000);
  }).timeout(60_000);

  it("treats reports as different by reporter, show, comment, person and reason", async () => {
    await Promise.all([commentIn(scene.showId, "boo"), commentIn(scene.showId, "hoo")]);
    const filed = [
      await file(dan),
      await file(scene.ada),
      await file(dan, { reason: "loud" }),
      await file(dan, { uid: scene.ada.uid }),
      await file(dan, { commentId: "boo" }),
      await file(dan, { commentId: "hoo" }),
    ];
    assert.equal(new Set(filed.map(({ reportId }) => reportId)).size, filed.length);
  });

  it("accepts five at once and then one every two minutes, and says how long to wait", async () => {
    const { clock } = scene.deps;
    for (const reason of ["one", "two", "three", "four", "five"]) await file(dan, { reason });
    const before = await scene.everything();
    const refusedFor = (retryAfterSeconds: number) =>
      assert.rejects(file(dan, { reason: "six" }), {
        reason: "RATE_LIMITED",
        details: { retryAfterSeconds },
      });
    await refusedFor(120);
    clock.advance(119_001);
    await refusedFor(1);
    assert.deepEqual(await scene.everything(), before);
    clock.advance(999);
    await file(dan, { reason: "six" });
    await assert.rejects(file(dan, { reason: "seven" }), {
      reason: "RATE_LIMITED",
      details: { retryAfterSeconds: 120 },
    });
  });

  it("limits each person separately, and never a repeated report", async () => {
    for (const reason of ["one", "two", "three", "four", "five"]) await file(dan, { reason });
    await assert.rejects(file(dan, { reason: "six" }), { reason: "RATE_LIMITED" });
    assert.ok((await file(dan, { reason: "three" })).reportId);
    assert.ok((await file(scene.ada, { reason: "six" })).reportId);
  });

  it("accepts only five of ten simultaneous reports", async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        callAgain(() => file(dan, { reason: `reason ${index}` })),
      ),
    );
    assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 5);
    assert.equal((await reports()).length, 5);
  }).timeout(60_000);

  it("refuses a comment that is not in this show", async () => {
    const other = await showIn("ended", scene.ada, {}, firestore);
    await commentIn(other, "elsewhere");
    for (const commentId of ["elsewhere", "nowhere"]) {
      await assert.rejects(file(dan, { commentId }), { reason: "COMMENT_NOT_FOUND" });
    }
    assert.deepEqual(await reports(), []);
    assert.equal(await allowance(dan), undefined);
  });

  it("does not reveal whether another user's draft or a show that was taken down exists", async () => {
    const draft = await showIn("draft", scene.ada, {}, firestore);
    const takenDown = await showIn("ended", scene.ada, { visibility: "taken_down" }, firestore);
    for (const showId of [draft, takenDown, "no-such-show"]) {
      await assert.rejects(file(dan, { showId }), { reason: "SHOW_NOT_FOUND" });
    }
    assert.ok((await file(scene.ada, { showId: takenDown })).reportId);
  });

  it("refuses what does not exist or belong together, and names the field", async () => {
    await commentIn(scene.showId, "boo");
    await assert.rejects(file(scene.ada, { uid: "spotify_gone" }), { reason: "PERSON_NOT_FOUND" });
    await commentRef(firestore, scene.showId, "boo").delete();
    await assert.rejects(file(scene.ada, { commentId: "boo" }), { reason: "COMMENT_NOT_FOUND" });
    await commentIn(scene.showId, "boo");
    await assert.rejects(
      file(dan, { commentId: "boo", uid: scene.ada.uid }),
      refuses("INVALID_ARGUMENT", {
        issues: [{ path: "uid", message: "must be the comment's author" }],
      }),
    );
    await showRef(firestore, scene.showId).delete();
    await assert.rejects(file(dan), { reason: "SHOW_NOT_FOUND" });
    for (const fields of [{}, { commentId: "boo" }, { commentId: "boo", uid: dan.uid }]) {
      const { error } = contract.request.safeParse({ ...fields, reason: "rude" });
      assert.deepEqual(
        error?.issues.map(({ path }) => path),
        [["showId"]],
      );
    }
    assert.deepEqual(await reports(), []);
  });

  it("accepts a report about someone who was removed, by someone who never joined", async () => {
    const [eve, hal] = await Promise.all([
      scene.attendee("Eve", { state: "removed" }),
      somebody("Hal", firestore),
    ]);
    assert.ok((await file(hal, { uid: eve.uid })).reportId);
  });
});

describe("report through the callable", () => {
  it("returns an id, and then how long to wait", async () => {
    const [ada, dan] = await Promise.all([somebody("Ada"), somebody("Dan")]);
    const showId = await showIn("live", ada);
    await participantIn(showId, dan);
    const app = await appOf(dan);
    for (const reason of ["one", "two", "three", "four", "five"]) {
      const { reportId } = await app.call(contract, { showId, reason });
      assert.match(reportId, /^[0-9a-f]{64}$/);
    }
    await assert.rejects(app.call(contract, { showId, reason: "six" }), (error) => {
      refusal("RATE_LIMITED")(error);
      const { retryAfterSeconds } = waiting.parse(error).details;
      assert.ok(retryAfterSeconds > 60 && retryAfterSeconds <= 120, `${retryAfterSeconds}`);
      return true;
    });
    await app.close();
  }).timeout(60_000);
});
