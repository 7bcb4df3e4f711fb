import type { Browser } from "playwright-core";
import { phoneOf, type Phone } from "../../local/clientApp/ambient.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { makeAdmin } from "../support/adminSide.js";
import { runningSuite } from "../support/suite.js";
import { openBrowser } from "./browser.js";
import { DemoPage } from "./demoPage.js";
import "./tellPagesOnFailure.js";

const text = "Buy your followers from me.";

describe("moderation in the demo", () => {
  let endpoints: Endpoints;
  let browser: Browser;
  let phones: Phone[];
  let showId: string;

  before(async () => {
    endpoints = await runningSuite();
    browser = await openBrowser();
    const [cleo, fay] = await Promise.all([
      phoneOf(endpoints, "creator-cleo"),
      phoneOf(endpoints, "listener-fay"),
    ]);
    phones = [cleo, fay];
    showId = await cleo.ambient.shows.create({ title: "Night market" });
    await Promise.all([cleo.ambient.start(showId), makeAdmin(endpoints, fay.uid)]);
  });
  after(async () => {
    await Promise.all([browser.close(), ...phones.map((phone) => phone.close())]);
  });

  it("takes a report from a listener over a decision and an appeal to its close", async () => {
    const place = `#/show/${showId}`;
    const [dan, eve, fay] = await Promise.all([
      DemoPage.open(browser, endpoints, { persona: "listener-dan", place }),
      DemoPage.open(browser, endpoints, { persona: "listener-eve", place }),
      DemoPage.open(browser, endpoints, { persona: "listener-fay", place: "#/moderation" }),
    ]);
    await dan.write(text);
    await eve.click("Report the comment by Dan");
    await eve.page.getByLabel("Kind").selectOption("Spam");
    await eve.page.getByLabel("What is wrong?").fill("Advertises");
    await eve.click("Send the report");
    await eve.sees(/admins will look at it/);
    await eve.click("Done");

    await fay.page.getByLabel("Show").selectOption("Closed");
    await fay.page.getByLabel("Show").selectOption("Open");
    await fay.seesHeading("Report on a comment by Dan");
    await fay.sees(text);
    await fay.sees("Advertises");
    await fay.isAccessible("reports");
    await fay.page.getByLabel("Decision").selectOption("Hidden");
    await fay.page.getByLabel("Why?").fill("Advertising is against rule 4.");
    await fay.click("Decide");
    await fay.sees("There are no such reports");
    await eve.seesNoMore(text);

    for (const [person, title] of [
      [dan, "About your comment: Hidden"],
      [eve, "Your report on a comment: Hidden"],
    ] as const) {
      await person.page.getByRole("link", { name: /^Your account/ }).click();
      await person.sees(title);
      await person.sees("Advertising is against rule 4.");
    }
    await dan.click("Appeal");
    await dan.page.getByLabel("Why is the decision wrong?").fill("It was a joke.");
    await dan.isAccessible("an appeal");
    await dan.click("Send the appeal");
    await dan.sees(/Your appeal was sent/);

    await fay.page.getByLabel("Show").selectOption("Appealed");
    await fay.sees("It was a joke.");
    await fay.page.getByLabel("Why?").fill("We see it now.");
    await fay.click("Reverse the decision");
    await fay.page.getByLabel("Show").selectOption("Closed");
    await fay.sees("We see it now.");
    for (const person of [dan, eve]) {
      await person.sees("After an appeal, about a comment: No violation");
    }
    await eve.page.goBack();
    await eve.sees(text);
    for (const person of [dan, eve, fay]) person.assertNoErrors();
  });

  it("shows its page to admins alone", async () => {
    const gus = await DemoPage.open(browser, endpoints, {
      persona: "listener-gus",
      place: "#/moderation",
    });
    await gus.seesHeading("This page is for admins");
    await gus.isAccessible("moderation for others");
  });
});
