import assert from "node:assert/strict";
import { AmbientError } from "../../client/src/errors/ambientError.js";
import { phoneOf, type Phone } from "../../local/clientApp/ambient.js";
import { setAdminClaim } from "../support/adminSide.js";
import { because } from "../support/refusal.js";
import { first } from "../support/subscribed.js";
import { runningSuite } from "../support/suite.js";
import type { Endpoints } from "../../local/suite/endpoints.js";

/** Reports, decisions, suspensions and appeals, as apps see them. */
describe("moderation through the client package", () => {
  let endpoints: Endpoints;
  let phones: Phone[];
  let adminUid: string | undefined;

  before(async () => {
    endpoints = await runningSuite();
    phones = [];
  });
  after(async () => {
    if (adminUid !== undefined) await setAdminClaim(endpoints, adminUid, false);
    await Promise.all(phones.map((phone) => phone.close()));
  });

  const open = async (persona: string) => {
    const phone = await phoneOf(endpoints, persona);
    phones.push(phone);
    return phone;
  };

  it("suspends the host of a show, who loses it, learns why and is back after the appeal", async () => {
    const [cleo, eve, beforeAdmin] = await Promise.all(
      ["creator-cleo", "listener-eve", "listener-fay"].map(open),
    );
    assert.ok(cleo && eve && beforeAdmin);
    adminUid = beforeAdmin.uid;
    await setAdminClaim(endpoints, adminUid, true);
    const { admin } = (await open("listener-fay")).ambient;
    await assert.rejects(eve.ambient.admin.reports(), because("NOT_ADMIN"));

    const showId = await cleo.ambient.shows.create({ title: "Get rich" });
    const cleos = await cleo.ambient.start(showId);
    const eves = await eve.ambient.join(showId);
    const reportId = await eve.ambient.report("Fraud", { uid: cleo.uid, category: "spam" });
    const { reports } = await admin.reports({ limit: 100 });
    const report = reports.find((each) => each.reportId === reportId);
    assert.deepEqual(
      [report?.about.kind, report?.about.uid, report?.category, report?.isUrgent],
      ["profile", cleo.uid, "spam", false],
    );
    const until = new Date(Date.now() + 3_600_000);
    const decided = await admin.resolve(reportId, "account_suspended", "Fraud (rule 7)", { until });
    assert.equal(decided.status, "resolved");

    for (const show of [cleos, eves]) {
      const presence = await first(show.presence, ({ kind }) => kind !== "present");
      assert.deepEqual(presence, { kind: "over", endReason: "ended_by_admin" });
    }
    await assert.rejects(cleo.ambient.join(showId), (error) => {
      because("ACCOUNT_SUSPENDED")(error);
      assert.ok(error instanceof AmbientError);
      assert.deepEqual(error.details, { until: until.getTime(), statement: "Fraud (rule 7)" });
      return true;
    });
    await assert.rejects(
      cleo.ambient.account.editProfile({ bio: "Hi" }),
      because("PERMISSION_DENIED"),
    );
    const hasOne = (notices: readonly unknown[]) => notices.length > 0;
    const [notice] = await first(cleo.ambient.account.notices(), hasOne);
    assert.deepEqual(
      [notice?.kind, notice?.decision, notice?.reason, notice?.until?.toMillis()],
      ["decision", "account_suspended", "Fraud (rule 7)", until.getTime()],
    );
    const [told] = await first(eve.ambient.account.notices(), hasOne);
    assert.deepEqual([told?.kind, told?.reportId], ["report_outcome", reportId]);
    await assert.rejects(
      eve.ambient.account.appeal(notice?.id ?? "", "Not mine"),
      because("REPORT_NOT_FOUND"),
    );

    await cleo.ambient.account.appeal(notice?.id ?? "", "It was satire");
    await admin.decideAppeal(reportId, "reversed", "It was satire");
    const [outcome] = await first(cleo.ambient.account.notices(), (notices) => notices.length > 1);
    assert.deepEqual([outcome?.kind, outcome?.decision], ["appeal_outcome", "no_violation"]);
    // The refresh tokens of before are revoked: the person signs in again.
    const back = await open("creator-cleo");
    await back.ambient.account.editProfile({ bio: "Back" });
    await back.ambient.account.editProfile({ bio: "" });
  });

  it("takes a show down, so that only its creator and admins can open it", async () => {
    const [ben, eve, fay] = await Promise.all(
      ["creator-ben", "listener-eve", "listener-fay"].map(open),
    );
    assert.ok(ben && eve && fay);
    const showId = await ben.ambient.shows.create({ title: "Stolen songs" });
    await ben.ambient.start(showId);
    const eves = await eve.ambient.join(showId);
    await eves.comments.send("This is not yours.");
    await fay.ambient.admin.takeDownShow(showId, "Copyright (rule 5)");
    await first(eves.presence, ({ kind }) => kind !== "present");
    const { items } = await first(eve.ambient.discover.live({ limit: 100 }), (live) =>
      live.items.every(({ id }) => id !== showId),
    );
    assert.ok(items.every(({ visibility }) => visibility === "public"));
    await assert.rejects(
      first(eve.ambient.shows.show(showId), () => true),
      because("PERMISSION_DENIED"),
    );
    const own = await first(ben.ambient.shows.show(showId), (show) => show?.status === "ended");
    assert.equal(own?.visibility, "taken_down");
    assert.equal((await first(fay.ambient.shows.show(showId), () => true))?.title, "Stolen songs");
    await assert.rejects(ben.ambient.admin.takeDownShow(showId, "Mine"), because("NOT_ADMIN"));
    await assert.rejects(ben.ambient.admin.setWordFilter(["copyright"]), because("NOT_ADMIN"));
    await fay.ambient.admin.setWordFilter(["zzyzx"]);
    try {
      const filtered = ben.ambient.account.editProfile({ bio: "Come to Zzyzx" });
      await assert.rejects(filtered, because("PERMISSION_DENIED"));
    } finally {
      await fay.ambient.admin.setWordFilter([]);
    }
  });
});
