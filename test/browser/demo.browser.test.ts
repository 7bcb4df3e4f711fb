import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { runningSuite } from "../support/suite.js";
import { openBrowser } from "./browser.js";
import { createShow, DemoPage, phone } from "./demoPage.js";
import "./tellPagesOnFailure.js";

/** A whole evening by clicks: a creator at his desk, one who comes on stage, and one with a phone. */
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

  it("begins: the creator makes a show and goes live, and two find it and join", async () => {
    await createShow(ben, title);
    await ben.click("Go live");
    await ben.sees("On stage");
    for (const listener of [dan, fay]) {
      await listener.page.getByRole("link", { name: title }).click();
      await listener.sees("On stage");
    }
    await ben.sees("2 listeners");
  });

  it("carries a comment to everybody, which the creator pins", async () => {
    await dan.write("This one takes me back.");
    await ben.sees("This one takes me back.");
    await ben.click("Pin the comment of Dan");
    await fay.click("Chat");
    await fay.page.getByRole("complementary", { name: "Pinned comment" }).waitFor();
    await fay.click("Stage");
  });

  it("lets the creator be heard", async () => {
    await fay.hearsNo("voice");
    await ben.click("Turn the microphone on");
    await Promise.all([fay.hears("voice"), dan.hears("voice")]);
    await fay.button(/Ben Lindqvist Creator ?, speaking/).waitFor();
    // “Mute myself, pressed” would say that one is muted.
    assert.equal(await ben.button("Mute myself").getAttribute("aria-pressed"), null);
  });

  it("brings one on stage who raised his hand", async () => {
    await dan.click("Raise your hand");
    await dan.page.getByLabel("What would you like to say?").fill("I was there!");
    await dan.click("Ask to speak");
    await dan.sees("Your hand is up.");
    await ben.sees("I was there!");
    await ben.click("Accept Dan");
    await fay.button(/Dan Speaker ?, muted/).waitFor();
    await ben.click("Mute myself");
    await ben.hearsNo("voice");
    assert.equal(await dan.button("Raise your hand").count(), 0);
    await dan.click("Turn the microphone on");
    await Promise.all([ben.hears("voice"), fay.hears("voice")]);
    await ben.click("Turn the microphone on");
  });

  it("goes from talk to music: no voice, and a tone in step", async () => {
    await ben.click("Play music");
    await Promise.all(everyone().map((person) => person.sees("Now playing")));
    await Promise.all(everyone().map((person) => person.hears("music")));
    await Promise.all([fay.hearsNo("voice"), dan.hearsNo("voice"), ben.hearsNo("voice")]);
    await Promise.all(everyone().map((person) => person.movesOn()));
    const positions = await Promise.all(everyone().map((person) => person.positionSeconds()));
    const apart = Math.max(...positions) - Math.min(...positions);
    assert.ok(apart <= 2, `the pages show ${positions.join(", ")} s`);
    await dan.click("Mute the music for me");
    assert.equal(await dan.button("Hear the music").getAttribute("aria-pressed"), null);
    await dan.hearsNo("music");
    await dan.click("Hear the music");
    await ben.click("Next track");
    await ben.click("Pause");
    await Promise.all(everyone().map((person) => person.sees(/paused/)));
    await Promise.all(everyone().map((person) => person.hearsNo("music")));
    await ben.click("Play on");
    await fay.hears("music");
  });

  it("loses one who has no network, and has him back with it", async () => {
    await fay.cutNetwork();
    await fay.sees("You are offline.");
    await ben.write("Can you hear this, Fay?");
    await fay.restoreNetwork();
    await fay.seesNoMore("You are offline.");
    await fay.click("Chat");
    await fay.sees("Can you hear this, Fay?");
    await fay.click("Stage");
    fay.expectErrorsAgain();
  });

  it("goes back to talk: no tone, and the voices again", async () => {
    await ben.click("Back to talk");
    await Promise.all(everyone().map((person) => person.hearsNo("music")));
    await Promise.all([fay.hears("voice"), dan.hears("voice"), ben.hears("voice")]);
  });

  it("puts one out, who hears and sees nothing more", async () => {
    await ben.page
      .getByRole("region", { name: /^People/ })
      .getByRole("button", { name: /^Dan Speaker$/ })
      .click();
    await ben.page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
    await dan.seesHeading("You were removed");
    await dan.hearsNo("voice");
  });

  it("ends, with figures for the creator and thanks for the others", async () => {
    await ben.click("End show");
    await ben.click("End it now");
    await ben.seesHeading("That was your show");
    await ben.sees("Plays in Ambient");
    await fay.seesHeading("Thank you for listening");
  });

  it("leaves nothing in any console", () => {
    for (const person of everyone()) person.assertNoErrors();
  });
});
