import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { showRef, showSearchRef, stageRef } from "../../src/collections.js";
import { appealDecision } from "../../src/reports/appealDecision.js";
import { decideAppeal } from "../../src/reports/decideAppeal.js";
import { takeDownShow } from "../../src/reports/takeDownShow.js";
import { report } from "../../src/reports/report.js";
import { resolveReport } from "../../src/reports/resolveReport.js";
import { updateShowSearch } from "../../src/search/updateShowSearch.js";
import { cleanUpShow } from "../../src/shows/cleanUpShow.js";
import { endShow } from "../../src/shows/endShow.js";
import { startShow } from "../../src/shows/startShow.js";
import { sweepShow } from "../../src/shows/sweepShow.js";
import { quietFirestore, showIn, type Person } from "../support/backstage.js";
import { as, asAdmin } from "../support/callers.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";
import { dismiss, moderating, type Moderating } from "../support/moderating.js";
import { refuses } from "../support/refuses.js";

describe("takeDownShow", () => {
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
  });

  const takeDown = (showId = scene.showId, by = asAdmin(mod.admin)) =>
    takeDownShow(scene.deps, by, { showId, reason: "Fraud" });
  const show = async (showId: string) => (await showRef(firestore, showId).get()).data();

  it("ends a live show, closes its room, hides it from searches and removes everybody but its creator", async () => {
    const { ada, deps, showId } = scene;
    const [dan, ben] = await Promise.all([scene.attendee("Dan"), scene.cohost("Ben")]);
    await scene.request(dan);
    await updateShowSearch(deps, showId);
    assert.ok((await showSearchRef(firestore, showId).get()).exists);
    const { reportId } = await takeDown();
    assert.equal((await showSearchRef(firestore, showId).get()).exists, false);
    const taken = await scene.show();
    assert.deepEqual(
      [taken?.status, taken?.endReason, taken?.visibility, taken?.takenDown],
      ["ended", "ended_by_admin", "taken_down", { reportId, visibility: "public", status: "live" }],
    );
    assert.ok(deps.rooms.requests.includes(`close ${showId}`));
    const states = await Promise.all([ada, dan, ben].map((person) => scene.placeOf(person)));
    assert.deepEqual(
      states.map((place) => [place?.state, place?.role]),
      [
        ["present", "creator"],
        ["removed", "listener"],
        ["removed", "listener"],
      ],
    );
    assert.equal((await scene.stage())?.cleanup, null);
    const [notice] = await mod.notices(ada);
    assert.deepEqual(
      [notice?.decision, notice?.about.excerpt, notice?.reason],
      ["show_taken_down", "Night drive", "Fraud"],
    );
    const before = await scene.everything();
    assert.deepEqual(await takeDown(), { reportId });
    assert.deepEqual(await scene.everything(), before);
    assert.equal((await mod.audit()).length, 1);
  });

  it("is completed by the sweep when the room does not answer", async () => {
    const { deps, showId } = scene;
    const dan = await scene.attendee("Dan");
    deps.rooms.setDown(true);
    await takeDown();
    assert.equal((await scene.show())?.status, "ended");
    assert.deepEqual(deps.requestedSweeps(), [showId]);
    assert.equal((await scene.stage())?.cleanup, "pending");
    deps.rooms.setDown(false);
    await sweepShow(deps, { showId });
    assert.equal((await scene.stage())?.cleanup, null);
    assert.equal((await scene.placeOf(dan))?.state, "removed");
  });

  it("leaves a show alone that is in use again, however late the decision is repeated", async () => {
    const { ada, deps } = scene;
    const showId = await showIn("scheduled", ada, {}, firestore);
    const eve = await scene.attendee("Eve");
    const { reportId } = await report(deps, as(eve), { showId, reason: "stolen" });
    const verdict = { reportId, decision: "show_taken_down", reason: "Stolen" } as const;
    await resolveReport(deps, asAdmin(mod.admin), verdict);
    await appealDecision(deps, as(ada), { reportId, text: "It is mine" });
    const input = { reportId, outcome: "reversed", reason: "Proven" } as const;
    await decideAppeal(deps, asAdmin(mod.admin), input);
    await endShow(deps, as(ada), { showId: scene.showId });
    await startShow(deps, as(ada), { showId });
    deps.rooms.requests.length = 0;
    await resolveReport(deps, asAdmin(mod.admin), verdict);
    // Nor does a cleanup that comes late.
    await cleanUpShow(deps, showId);
    assert.deepEqual(deps.rooms.requests, []);
    assert.equal((await show(showId))?.status, "live");
  });

  it("cancels an announced show, which a reversal announces again", async () => {
    const { ada, deps } = scene;
    const showId = await showIn("scheduled", ada, { visibility: "unlisted" }, firestore);
    const { reportId } = await takeDown(showId);
    const taken = await show(showId);
    assert.deepEqual([taken?.status, taken?.visibility], ["cancelled", "taken_down"]);
    await assert.rejects(startShow(deps, as(ada), { showId }), { reason: "SHOW_NOT_STARTABLE" });
    await appealDecision(deps, as(ada), { reportId, text: "It is mine" });
    const input = { reportId, outcome: "reversed", reason: "Proven" } as const;
    await decideAppeal(deps, asAdmin(mod.admin), input);
    const back = await show(showId);
    assert.deepEqual(
      [back?.status, back?.visibility, back && "takenDown" in back],
      ["scheduled", "unlisted", false],
    );
  });

  it("removes those who were in a show that has ended, and a later decision survives a reversal", async () => {
    const { ada, deps, showId } = scene;
    const dan = await scene.attendee("Dan");
    await endShow(deps, as(ada), { showId });
    const first = await takeDown();
    assert.equal((await scene.placeOf(dan))?.state, "removed");
    await stageRef(firestore, showId).update({ cleanup: null });
    await appealDecision(deps, as(ada), { reportId: first.reportId, text: "No" });
    await showRef(firestore, showId).update({
      takenDown: { reportId: "later", visibility: "public", status: "ended" },
    });
    const input = { reportId: first.reportId, outcome: "reversed", reason: "-" } as const;
    await decideAppeal(deps, asAdmin(mod.admin), input);
    assert.equal((await scene.show())?.visibility, "taken_down");
  });

  it("takes down a show whose participants have expired", async () => {
    const { ada, deps, showId } = scene;
    await endShow(deps, as(ada), { showId });
    await stageRef(firestore, showId).delete();
    await takeDown();
    assert.equal((await scene.show())?.visibility, "taken_down");
    assert.equal(await scene.stage(), undefined);
  });

  it("is refused to hosts and strangers, and of a show that is not there", async () => {
    const ben = await scene.cohost("Ben");
    const before = await scene.everything();
    for (const caller of [as(ben), as(scene.ada)]) {
      await assert.rejects(takeDown(scene.showId, caller), refuses("NOT_ADMIN"));
    }
    await assert.rejects(takeDown("no-such-show"), refuses("SHOW_NOT_FOUND"));
    assert.deepEqual(await scene.everything(), before);
  });

  it("has an entry in the audit log also when an admin only ends the show, who must still be one", async () => {
    const { deps, showId, ada } = scene;
    const end = (by: Person) => endShow(deps, asAdmin(by), { showId });
    // The claim of an ID token that is older than the account's state.
    await deps.accounts.setAdmin(mod.admin.uid, false);
    await assert.rejects(end(mod.admin), refuses("NOT_HOST"));
    await deps.accounts.setAdmin(mod.admin.uid, true);
    await dismiss(firestore, mod.second);
    await assert.rejects(end(mod.second), refuses("NOT_HOST"));
    assert.equal((await scene.show())?.status, "live");
    await end(mod.admin);
    assert.equal((await scene.show())?.endReason, "ended_by_admin");
    assert.deepEqual(
      (await mod.audit()).map(({ action, showId: where, uid }) => [action, where, uid]),
      [["endShow", showId, ada.uid]],
    );
    await end(mod.admin);
    assert.equal((await mod.audit()).length, 1);
  });
});
