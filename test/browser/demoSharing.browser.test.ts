import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { runningSuite } from "../support/suite.js";
import { openBrowser } from "./browser.js";
import { createShow, DemoPage, phone } from "./demoPage.js";
import "./tellPagesOnFailure.js";

describe("a shared link", () => {
  let endpoints: Endpoints;
  let browser: Browser;

  before(async () => {
    endpoints = await runningSuite();
    browser = await openBrowser();
  });
  after(() => browser.close());

  it("is copied by a host, shows a stranger what is on, and opens the show", async () => {
    const ben = await DemoPage.open(browser, endpoints, { persona: "creator-ben" });
    await ben.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await createShow(ben, "Tea & <b>jazz</b>");
    await ben.click("Go live");
    await ben.sees("On stage");
    await ben.click("Share");
    await ben.button("Link copied").waitFor();
    const link = String(await ben.page.evaluate("navigator.clipboard.readText()"));
    assert.match(link, new RegExp(`^http://${endpoints.hosting}/s/[\\w-]+$`));

    const gus = await DemoPage.open(browser, endpoints, {
      persona: "listener-gus",
      viewport: phone,
    });
    await gus.page.goto(link);
    await gus.seesHeading("Tea & <b>jazz</b>");
    await gus.sees(/^Live now/);
    assert.equal(
      await gus.page.evaluate("document.querySelector('img').naturalWidth"),
      1_200,
      "the card is drawn",
    );
    await gus.isAccessible("shared link");
    const address = await gus.page
      .getByRole("link", { name: "Listen in Ambient" })
      .getAttribute("href");
    // In the local suite, the address names the persona.
    await gus.page.goto((address ?? "").replace("/#/", "/?as=listener-gus#/"));
    await gus.sees("On stage");
    await ben.click("End show");
    await ben.click("End it now");
    await gus.seesHeading("Thank you for listening");
    await gus.page.goto(link);
    // What the browser has kept may be half a minute old.
    await gus.page.reload();
    await gus.sees("Ended");
    for (const page of [ben, gus]) page.assertNoErrors();
  });
});
