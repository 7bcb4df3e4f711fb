import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { runningSuite } from "../support/suite.js";
import { openBrowser } from "./browser.js";
import { createShow, DemoPage, phone } from "./demoPage.js";
import "./tellPagesOnFailure.js";

/**
 * A whole evening by clicks: a creator on a desktop, a listener who becomes a speaker, and a
 * listener on a phone.
 */
describe("an evening in the demo", () => {
  const title = "Late shift";
  let browser: Browser;
  let ben: DemoPage;
  let dan: DemoPage;
  let fay: DemoPage;

  before(async () => {
    const endpoints = await runningSuite();
    browser = await openBrowser();
    const open = (persona: string, viewport?: typeof phone) =>
      DemoPage.open(browser, endpoints, { persona, ...(viewport && { viewport }) });
    ben = await open("creator-ben");
    dan = await open("listener-dan");
    fay = await open("listener-fay", phone);
  });
  after(() => browser.close());

  const everyone = () => [ben, dan, fay];

  it("lets the creator go live and two listeners find and join the show", async () => {
    await createShow(ben, title);
    await ben.click("Go live");
    await ben.sees("On stage");
    for (const listener of [dan, fay]) {
      await listener.page.getByRole("link", { name: title, exact: true }).click();
      await listener.sees("On stage");
    }
    await ben.sees("2 tuned in");
  });

  it("shows a comment to everyone, and the creator pins it", async () => {
    await dan.write("This one takes me back.");
    await ben.sees("This one takes me back.");
    await ben.onComment("Dan", "Pin");
    await fay.click("Chat");
    await fay.page.getByRole("complementary", { name: "Pinned comment" }).waitFor();
    await fay.click("Stage");
  });

  it("plays the creator's voice to the listeners", async () => {
    await fay.hearsNo("voice");
    await ben.click("Unmute");
    await Promise.all([fay.hears("voice"), dan.hears("voice")]);
    await fay.button(/Ben Lindqvist Creator ?, speaking/).waitFor();
    // With aria-pressed, a screen reader would announce “Mute, pressed”, as if already
    // muted.
    assert.equal(await ben.button("Mute").getAttribute("aria-pressed"), null);
  });

  it("brings a listener with a raised hand on stage", async () => {
    await dan.click("Raise hand");
    await dan.page.getByLabel("What would you like to say?").fill("I was there!");
    await dan.click("Ask to speak");
    await dan.sees("Your hand is up.");
    await ben.sees("I was there!");
    await ben.click("Accept Dan");
    await fay.button(/Dan Speaker ?, muted/).waitFor();
    await ben.click("Mute");
    await ben.hearsNo("voice");
    assert.equal(await dan.button("Raise hand").count(), 0);
    await dan.click("Unmute");
    await Promise.all([ben.hears("voice"), fay.hears("voice")]);
    await ben.click("Unmute");
  });

  it("switches from talk to music, in sync and without voices", async () => {
    await ben.click("Play music");
    await Promise.all(everyone().map((person) => person.sees("Now playing")));
    await Promise.all(everyone().map((person) => person.hears("music")));
    await Promise.all([fay.hearsNo("voice"), dan.hearsNo("voice"), ben.hearsNo("voice")]);
    await Promise.all(everyone().map((person) => person.movesOn()));
    const positions = await Promise.all(everyone().map((person) => person.positionSeconds()));
    const apart = Math.max(...positions) - Math.min(...positions);
    assert.ok(apart <= 2, `the pages show ${positions.join(", ")} s`);
    await dan.click("Mute music");
    assert.equal(await dan.button("Unmute music").getAttribute("aria-pressed"), null);
    await dan.hearsNo("music");
    await dan.click("Unmute music");
    await ben.click("Next track");
    await ben.click("Pause");
    await Promise.all(everyone().map((person) => person.sees(/paused/)));
    await Promise.all(everyone().map((person) => person.hearsNo("music")));
    await ben.click("Resume");
    await fay.hears("music");
  });

  it("shows a listener that they are offline, and catches up when the network returns", async () => {
    await fay.cutNetwork();
    await fay.sees("You're offline. Showing the last update. We'll reconnect automatically.");
    await ben.write("Can you hear this, Fay?");
    await fay.restoreNetwork();
    await fay.seesNoMore("You're offline.");
    await fay.click("Chat");
    await fay.sees("Can you hear this, Fay?");
    await fay.click("Stage");
    fay.expectErrorsAgain();
  });

  it("switches back to talk, with voices and without music", async () => {
    await ben.click("Back to talk");
    await Promise.all(everyone().map((person) => person.hearsNo("music")));
    await Promise.all([fay.hears("voice"), dan.hears("voice"), ben.hears("voice")]);
  });

  it("cuts off a removed participant from the show and its sound", async () => {
    await ben.page
      .getByRole("region", { name: /^People/ })
      .getByRole("button", { name: /^Dan Speaker$/ })
      .click();
    await ben.confirm("Remove");
    await dan.seesHeading("You were removed");
    await dan.hearsNo("voice");
  });

  it("ends with figures for the creator and thanks for the listeners", async () => {
    await ben.click("End show");
    await ben.click("End now");
    await ben.seesHeading("Your show summary");
    await ben.sees("Plays in Ambient");
    await fay.seesHeading("Thanks for listening");
  });

  it("logs no errors in any console", () => {
    for (const person of everyone()) person.assertNoErrors();
  });
});
