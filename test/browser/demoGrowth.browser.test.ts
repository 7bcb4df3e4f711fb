import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { isolated } from "../../demo/src/words/isolated.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { offerSupport } from "../support/offerSupport.js";
import { runningSuite } from "../support/suite.js";
import { openBrowser } from "./browser.js";
import { choosePlaylist, DemoPage, desk, phone } from "./demoPage.js";
import "./tellPagesOnFailure.js";

/** Markup in a title is text, in the link's page, too. */
const title = "Tea & <b>jazz</b>";

/** The whole loop by clicks: each step needs what the one before it left. */
describe("how a creator grows and earns, in the demo", () => {
  let endpoints: Endpoints;
  let browser: Browser;
  let ben: DemoPage;
  let gus: DemoPage;
  let place: string;
  let link: string;

  before(async () => {
    endpoints = await runningSuite();
    browser = await openBrowser();
    await offerSupport(endpoints);
    [ben, gus] = await Promise.all([
      DemoPage.open(browser, endpoints, { persona: "creator-ben", place: "#/account" }),
      DemoPage.open(browser, endpoints, { persona: "listener-gus", viewport: phone }),
    ]);
    await ben.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  });
  after(async () => {
    await offerSupport(endpoints, false);
    await browser.close();
  });

  const notifications = (unread: string) =>
    gus.page.getByRole("link", { name: `Notifications${unread}`, exact: true });

  /** Leaves a dialog with the browser's Back, which stays on the page. */
  const goesBack = async (person: DemoPage) => {
    const { place: before } = person;
    const dialog = person.page.getByRole("dialog");
    await dialog.waitFor();
    await person.page.goBack();
    await dialog.waitFor({ state: "detached" });
    assert.equal(person.place, before);
  };

  it("a creator connects Stripe, names a support page and announces a show", async () => {
    await ben.click("Set up payments");
    await ben.seesHeading("Get paid with Stripe");
    await ben.click("Give Stripe everything");
    await ben.sees(/^Listeners can support you\.$/);
    await ben.page.getByLabel("Your support page").fill("https://ben.example/coffee");
    await ben.click("Save");
    await ben.isAccessible("a creator's account");
    await ben.page.getByRole("link", { name: "Ambient" }).first().click();
    await ben.page.getByRole("link", { name: "New show" }).click();
    await ben.page.getByLabel("Title").fill(title);
    const inTwoHours = new Date(Date.now() + 7_200_000 - new Date().getTimezoneOffset() * 60_000);
    await ben.page.getByLabel("Start time").fill(inTwoHours.toISOString().slice(0, 16));
    await ben.click("Schedule show");
    await ben.seesHeading(title);
    await choosePlaylist(ben);
    ({ place } = ben);
  });

  it("a listener follows the creator and asks for a reminder", async () => {
    const comingUp = gus.page.getByRole("region", { name: "Coming up", exact: true });
    await comingUp.getByRole("button", { name: /^Follow Ben/ }).click();
    const following = gus.page.getByRole("region", { name: "Following", exact: true });
    await following.getByRole("link", { name: title, exact: true }).click();
    await gus.click("Remind me");
    await gus.button("Cancel reminder").waitFor();
    await gus.isAccessible("coming up");
    await notifications("").click();
    await gus.seesHeading(/^Notifications$/);
    await gus.page.getByRole("switch", { name: "Quiet hours" }).click();
    await gus.page.getByLabel("From").fill("00:00");
    await gus.page.getByLabel("Until").fill("00:00");
    await gus.isAccessible("no notifications");
  });

  it("a notification says that the show is live, opens it, and waits in the inbox", async () => {
    await ben.click("Go live");
    await ben.sees("On stage");
    const toast = gus.page.getByRole("link", { name: `is live ${title}` });
    await toast.waitFor();
    await notifications(", 1 unread").waitFor();
    await gus.sees(`is live: ${isolated(title)}`);
    await gus.isAccessible("a notification");
    await toast.click();
    await gus.sees("On stage");
    assert.equal(gus.place, place);
    await notifications(", 1 unread").click();
    await gus.button(/^Unfollow Ben/).waitFor();
    await gus.isAccessible("notifications");
    await gus.click("Mark all as read");
    await notifications("").waitFor();
    await gus.page.getByRole("switch", { name: "Show notifications" }).click();
    await gus.page.getByRole("switch", { name: "Quiet hours" }).waitFor({ state: "hidden" });
  });

  it("the shared link shows a stranger what is on, and opens the show", async () => {
    await ben.click("Copy link");
    await ben.sees("Link copied");
    link = String(await ben.page.evaluate("navigator.clipboard.readText()"));
    assert.match(link, new RegExp(`^http://${endpoints.hosting}/s/[\\w-]+$`));
    await gus.page.goto(link);
    await gus.seesHeading(title);
    await gus.sees(/^Live now/);
    const width = await gus.page.evaluate("document.querySelector('img').naturalWidth");
    assert.equal(width, 1_200, "the card is drawn");
    await gus.isAccessible("a shared link");
    const open = gus.page.getByRole("link", { name: "Listen in Ambient" });
    await open.click();
    await gus.sees("On stage");
    assert.equal(gus.place, place);
  });

  it("the documentation is served next to the demo", async () => {
    const answer = await fetch(`http://${endpoints.hosting}/docs`, { redirect: "manual" });
    assert.equal(answer.headers.get("location"), "/docs/");
  });

  it("support becomes a highlighted message", async () => {
    await gus.page.setViewportSize(desk);
    await gus.click("Support");
    await gus.sees("ben.example/coffee");
    await goesBack(gus);
    await gus.click("Support");
    await gus.page.getByText("€5.00").click();
    await gus.page.getByLabel("Message (optional)").fill("For the strings");
    await gus.isAccessible("giving support");
    await gus.page.setViewportSize(phone);
    await gus.isAccessible("giving support on a phone");
    await gus.click("Continue with €5.00");
    const opened = gus.context.waitForEvent("page");
    await gus.page.getByRole("link", { name: "Pay with Stripe (new tab)" }).click();
    const stripe = await opened;
    await stripe.getByRole("button", { name: "Pay", exact: true }).click();
    await stripe.getByRole("heading", { name: "Thank you" }).waitFor();
    await stripe.getByText("Your payment of €5.00 arrived.").waitFor();
    await stripe.close();
    await gus.sees(/Thank you! .Ben.* received .€5.00.\./);
    await gus.isAccessible("after the payment");
    await gus.click("Close");
    await gus.click("Chat");
    await gus.sees("Supported with €5.00");
    await gus.sees("For the strings");
    await gus.isAccessible("a highlighted message");
    await ben.sees("Supported with €5.00");
    await ben.isAccessible("a highlighted message for its host");
  });

  it("offers no support while music plays", async () => {
    await gus.click("Stage");
    await gus.click("More about this show");
    const support = gus.page.getByRole("menuitem", { name: "Support" });
    await support.waitFor();
    await gus.isAccessible("a phone's menu of the show");
    await ben.click("Play music");
    await support.waitFor({ state: "detached" });
    await ben.click("Back to talk");
    await support.waitFor();
  });

  it("the summary shows the support, which the creator can refund", async () => {
    await ben.click("End show");
    await ben.click("End now");
    await ben.sees("Support (1 payment)");
    await ben.sees("€5.00");
    await gus.seesHeading("Thanks for listening");
    await gus.button("Support").waitFor();
    await gus.isAccessible("the ended show");
    await ben.page.getByRole("link", { name: /^Your account/ }).click();
    await ben.click(/^Refund .€5.00. from .Gus/);
    await goesBack(ben);
    await ben.click(/^Refund .€5.00. from .Gus/);
    await ben.click("Refund now");
    await ben.sees(/refunded/);
    await ben.isAccessible("support received");
    await gus.page.getByRole("link", { name: /^Your account/ }).click();
    await gus.click(/^Unfollow Ben/);
    await gus.page.goto(link);
    // The browser may use its own copy of the page for half a minute.
    await gus.page.reload();
    await gus.sees("Ended");
  });

  it("logs no errors", () => {
    for (const person of [ben, gus]) person.assertNoErrors();
  });
});
