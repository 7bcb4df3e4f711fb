import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { isolated } from "../../demo/src/words/isolated.js";
import type { Show } from "../../client/src/show/show.js";
import { phoneOf, type Phone } from "../../local/clientApp/ambient.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { setAdminClaim } from "../support/adminSide.js";
import { first } from "../support/subscribed.js";
import { runningSuite } from "../support/suite.js";
import { openBrowser } from "./browser.js";
import { DemoPage } from "./demoPage.js";
import "./tellPagesOnFailure.js";

const text = "Buy your followers from me.";

describe("moderation in the demo", () => {
  let endpoints: Endpoints;
  let browser: Browser;
  let phones: Phone[];
  let show: Show;
  let adminUid: string;

  before(async () => {
    endpoints = await runningSuite();
    browser = await openBrowser();
    const [cleo, fay] = await Promise.all([
      phoneOf(endpoints, "creator-cleo"),
      phoneOf(endpoints, "listener-fay"),
    ]);
    phones = [cleo, fay];
    adminUid = fay.uid;
    await setAdminClaim(endpoints, adminUid, true);
    show = await cleo.ambient.start(await cleo.ambient.shows.create({ title: "Night market" }));
  });
  after(async () => {
    // Cleo hosts in other tests, too.
    await show.end();
    await setAdminClaim(endpoints, adminUid, false);
    await Promise.all([browser.close(), ...phones.map((phone) => phone.close())]);
  });

  it("takes a listener's report through a decision and an appeal to closure", async () => {
    const place = `#/show/${show.id}`;
    const [dan, eve, fay] = await Promise.all([
      DemoPage.open(browser, endpoints, { persona: "listener-dan", place }),
      DemoPage.open(browser, endpoints, { persona: "listener-eve", place }),
      DemoPage.open(browser, endpoints, { persona: "listener-fay", place: "#/moderation" }),
    ]);
    await dan.write(text);
    await eve.onComment("Dan", "Report");
    await eve.page.getByLabel("Category").selectOption("Spam");
    await eve.page.getByLabel("What's wrong?").fill("Advertises");
    await eve.click("Send report");
    await eve.sees(/admins will look into it/);
    await eve.click("Done");

    await fay.page.getByLabel("Status").selectOption("Closed");
    await fay.page.getByLabel("Status").selectOption("Open");
    const report = fay.page.getByRole("article", { name: `${isolated("Dan")}'s reported comment` });
    await report.getByText(text).waitFor();
    await report.getByText("Advertises").waitFor();
    await fay.isAccessible("reports");
    await report.getByLabel("Decision").selectOption("Content hidden");
    await report.getByLabel("Reason").fill("Advertising is against rule 4.");
    await report.getByRole("button", { name: "Decide" }).click();
    await report.waitFor({ state: "hidden" });
    await eve.seesNoMore(text);

    await eve.click("Report show");
    await eve.page.getByLabel("What's wrong?").fill("Sells followers");
    await eve.click("Send report");
    await eve.click("Done");
    await fay.page.getByLabel("Status").selectOption("Closed");
    await fay.page.getByLabel("Status").selectOption("Open");
    const reported = fay.page.getByRole("article", { name: /'s reported show$/ });
    await reported.getByText("Night market").waitFor();
    await reported.getByLabel("Decision").selectOption("No violation");
    await reported.getByLabel("Reason").fill("Nobody sells anything.");
    await reported.getByRole("button", { name: "Decide" }).click();
    await reported.waitFor({ state: "hidden" });

    for (const [person, title] of [
      [dan, "Your comment: Content hidden"],
      [eve, "Your report (comment): Content hidden"],
    ] as const) {
      await person.page.getByRole("link", { name: /^Your account/ }).click();
      await person.sees(title);
      await person.sees("Advertising is against rule 4.");
    }
    await dan.click("Appeal");
    await dan.page.getByLabel("Why is the decision wrong?").fill("It was a joke.");
    await dan.isAccessible("an appeal");
    await dan.click("Send appeal");
    await dan.sees(/Your appeal was sent/);

    await fay.page.getByLabel("Status").selectOption("Appealed");
    await report.getByText("It was a joke.").waitFor();
    await report.getByLabel("Reason").fill("We see it now.");
    await report.getByRole("button", { name: "Reverse decision" }).click();
    await report.waitFor({ state: "hidden" });
    await fay.page.getByLabel("Status").selectOption("Closed");
    await fay.sees("We see it now.");
    for (const person of [dan, eve]) {
      await person.sees("Appeal decided (comment): No violation");
    }
    await eve.page.goBack();
    await eve.sees(text);
    for (const person of [dan, eve, fay]) person.assertNoErrors();
  });

  it("decides a report again when an appeal shows that something was wrong", async () => {
    const [eve, fay] = await Promise.all([
      phoneOf(endpoints, "listener-eve"),
      phoneOf(endpoints, "listener-fay"),
    ]);
    phones.push(eve, fay);
    const reportId = await eve.ambient.report("A scam", { uid: phones[0]?.uid ?? "" });
    await fay.ambient.admin.resolve(reportId, "no_violation", "Nothing is wrong.");
    const notices = await first(eve.ambient.account.notices(), (all) =>
      all.some((notice) => notice.reportId === reportId),
    );
    const notice = notices.find((each) => each.reportId === reportId);
    await eve.ambient.account.appeal(notice?.id ?? "", "Look at the links again.");
    const desk = await DemoPage.open(browser, endpoints, {
      persona: "listener-fay",
      place: "#/moderation",
    });
    await desk.page.getByLabel("Status").selectOption("Appealed");
    const report = desk.page.getByRole("article").filter({ hasText: "Look at the links again." });
    await desk.isAccessible("an appeal to decide anew");
    await report.getByLabel("Decision").selectOption("Warning");
    await report.getByLabel("Reason").fill("The links are a scam (rule 4).");
    await report.getByRole("button", { name: "Reverse decision" }).click();
    await report.waitFor({ state: "hidden" });
    const [latest] = await first(
      eve.ambient.account.notices(),
      ([each]) => each?.decision === "warning_given",
    );
    assert.equal(latest?.kind, "report_outcome");
    desk.assertNoErrors();
  });

  it("tells a suspended person why they cannot sign in", async () => {
    const [gus, fay] = await Promise.all([
      phoneOf(endpoints, "listener-gus"),
      phoneOf(endpoints, "listener-fay"),
    ]);
    phones.push(gus, fay);
    await fay.ambient.admin.suspend(gus.uid, null, "Threats are against rule 1.");
    const out = await DemoPage.open(browser, endpoints, { persona: "listener-gus" });
    await out.seesHeading("You're not signed in");
    await out.sees("Threats are against rule 1.");
    await out.sees("The suspension is permanent.");
    await out.isAccessible("suspended");
    await fay.ambient.admin.liftSuspension(gus.uid, "A mistake");
    await out.click("Try again with Spotify");
    await out.seesHeading("Live & upcoming");
  });

  it("shows its page only to admins", async () => {
    const gus = await DemoPage.open(browser, endpoints, {
      persona: "listener-gus",
      place: "#/moderation",
    });
    await gus.seesHeading("This page is for admins");
    await gus.isAccessible("moderation for others");
  });
});
