import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { runningSuite } from "../support/suite.js";
import { openBrowser } from "./browser.js";
import { DemoPage, phone } from "./demoPage.js";
import "./tellPagesOnFailure.js";

describe("notifications in the demo", () => {
  const title = "Moonlight mix";
  let endpoints: Endpoints;
  let browser: Browser;

  before(async () => {
    endpoints = await runningSuite();
    browser = await openBrowser();
  });
  after(() => browser.close());

  it("tell a person on another page that a show is live, open it, and wait in the inbox", async () => {
    const cleo = await DemoPage.open(browser, endpoints, {
      persona: "creator-cleo",
      place: "#/new",
    });
    await cleo.page.getByLabel("Title").fill(title);
    const inTwoHours = new Date(Date.now() + 7_200_000 - new Date().getTimezoneOffset() * 60_000);
    await cleo.page.getByLabel("Announce it for").fill(inTwoHours.toISOString().slice(0, 16));
    await cleo.click("Announce the show");
    await cleo.seesHeading(title);
    const { place } = cleo;

    const gus = await DemoPage.open(browser, endpoints, {
      persona: "listener-gus",
      place,
      viewport: phone,
    });
    await gus.click("Remind me");
    await gus.button("Don't remind me").waitFor();
    await gus.isAccessible("coming up");
    await gus.page.getByRole("link", { name: /^Notifications/ }).click();
    await gus.seesHeading("Notifications");
    await gus.page.getByRole("switch", { name: "Quiet hours" }).click();
    await gus.page.getByLabel("From").fill("00:00");
    await gus.page.getByLabel("Until").fill("00:00");
    await gus.isAccessible("no notifications");

    await cleo.click("Go live");
    await cleo.sees("On stage");
    const toast = gus.page.getByRole("link", { name: / is live Moonlight mix$/ });
    await toast.waitFor();
    await gus.page.getByRole("link", { name: "Notifications, 1 unread" }).waitFor();
    await gus.sees(/ is live: Moonlight mix/);
    await gus.isAccessible("a notification");
    await toast.click();
    await gus.sees("On stage");
    assert.equal(gus.place, place);
    await gus.page.getByRole("link", { name: /^Notifications/ }).click();
    await gus.click("Mark all as read");
    await gus.page.getByRole("link", { name: "Notifications", exact: true }).waitFor();

    await gus.page.getByRole("switch", { name: "Show notifications" }).click();
    await gus.page.getByRole("switch", { name: "Quiet hours" }).waitFor({ state: "hidden" });
    await cleo.click("End show");
    await cleo.click("End it now");
    await cleo.seesHeading("That was your show");
    for (const page of [cleo, gus]) page.assertNoErrors();
  });
});
