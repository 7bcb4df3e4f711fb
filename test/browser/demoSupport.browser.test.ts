import type { Browser } from "playwright-core";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { offerSupport } from "../support/offerSupport.js";
import { runningSuite } from "../support/suite.js";
import { openBrowser } from "./browser.js";
import { createShow, DemoPage, phone } from "./demoPage.js";
import "./tellPagesOnFailure.js";

const title = "Street corner";

describe("support in the demo", () => {
  let endpoints: Endpoints;
  let browser: Browser;

  before(async () => {
    endpoints = await runningSuite();
    browser = await openBrowser();
    await offerSupport(endpoints);
  });
  after(async () => {
    await offerSupport(endpoints, false);
    await browser.close();
  });

  it("goes from a creator's account at Stripe to a highlighted message, a refund and the summary", async () => {
    const [ben, gus] = await Promise.all([
      DemoPage.open(browser, endpoints, { persona: "creator-ben", place: "#/account" }),
      DemoPage.open(browser, endpoints, { persona: "listener-gus" }),
    ]);
    await ben.click("Set up payments");
    await ben.seesHeading("Get paid with Stripe");
    await ben.click("Give Stripe everything");
    await ben.sees(/^Listeners can support you\.$/);
    await ben.page.getByLabel("Your own support page").fill("https://ben.example/coffee");
    await ben.click("Save");
    await ben.isAccessible("a creator's account");
    await ben.page.getByRole("link", { name: "Ambient" }).first().click();
    await createShow(ben, title);
    await ben.click("Go live");
    await ben.sees("On stage");

    await gus.page.getByRole("link", { name: title }).click();
    await gus.sees("On stage");
    await gus.click("Support");
    await gus.sees("ben.example/coffee");
    await gus.page.getByText("€5.00").click();
    await gus.page.getByLabel("A message (optional)").fill("For the strings");
    await gus.isAccessible("giving support");
    await gus.page.setViewportSize(phone);
    await gus.isAccessible("giving support on a phone");
    await gus.click("Continue with €5.00");
    const opened = gus.context.waitForEvent("page");
    await gus.page.getByRole("link", { name: "Pay at Stripe (new tab)" }).click();
    const stripe = await opened;
    await stripe.getByRole("button", { name: "Pay", exact: true }).click();
    await stripe.getByRole("heading", { name: "Thank you" }).waitFor();
    await stripe.getByText("Your €5.00 arrived.").waitFor();
    await stripe.close();
    await gus.sees(/Thank you! Ben.* received €5.00\./);
    await gus.isAccessible("after the payment");
    await gus.click("Close");
    await gus.click("Chat");
    await gus.sees("Supported with €5.00");
    await gus.sees("For the strings");
    await gus.isAccessible("a highlighted message");
    await ben.sees("Supported with €5.00");
    await ben.isAccessible("a highlighted message for its host");

    // While music plays, there is nothing to buy.
    await ben.click("Play music");
    await gus.button("Support").waitFor({ state: "hidden" });
    await ben.click("Back to talk");
    await gus.button("Support").waitFor();

    await ben.click("End show");
    await ben.click("End it now");
    await ben.sees("Support (1 payment)");
    await ben.sees("€5.00");
    await gus.seesHeading("Thank you for listening");
    await gus.button("Support").waitFor();
    await gus.isAccessible("the ended show");

    await ben.page.getByRole("link", { name: /^Your account/ }).click();
    await ben.click(/^Refund €5.00 from Gus/);
    await ben.sees(/refunded/);
    await ben.isAccessible("support received");
    for (const person of [ben, gus]) person.assertNoErrors();
  });
});
