import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { isolated } from "../../demo/src/words/isolated.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { runningSuite } from "../support/suite.js";
import { openBrowser } from "./browser.js";
import { createShow, DemoPage, desk, phone } from "./demoPage.js";
import "./tellPagesOnFailure.js";

const title = "Open mic";

/**
 * Accessibility of each view: axe finds no violations in light or dark mode, on desktop or phone, and nothing is wider than a
 * small or zoomed screen.
 */
describe("the demo's views", () => {
  let endpoints: Endpoints;
  let browser: Browser;
  let ben: DemoPage;
  let gus: DemoPage;
  let opened: DemoPage[] = [];

  const open = async (options: Parameters<typeof DemoPage.open>[2] = {}) => {
    const page = await DemoPage.open(browser, endpoints, options);
    opened.push(page);
    return page;
  };

  before(async () => {
    endpoints = await runningSuite();
    browser = await openBrowser();
    ben = await open({ persona: "creator-ben" });
    gus = await open({ persona: "listener-gus", viewport: phone });
  });
  afterEach(async () => {
    const [, , ...others] = opened;
    opened = [ben, gus];
    await Promise.all(others.map((page) => page.close()));
  });
  after(() => browser.close());

  for (const [device, viewport] of [
    ["a phone", phone],
    ["a desk", desk],
  ] as const) {
    it(`the start page on ${device}`, async () => {
      const start = await open({ viewport });
      await start.seesHeading("Host a show as");
      await start.isAccessible("start");
      if (viewport === phone) await start.fitsSmallScreens("start");
      start.assertNoErrors();
    });

    it(`discovery, the account and a new show on ${device}`, async () => {
      const cleo = await open({ persona: "creator-cleo", viewport });
      await cleo.seesHeading("Coming up");
      await cleo.isAccessible("discover");
      if (viewport === phone) await cleo.fitsSmallScreens("discover");
      await cleo.page.getByRole("link", { name: "New show" }).click();
      await cleo.seesHeading("New show");
      await cleo.isAccessible("new show");
      if (viewport === phone) await cleo.fitsSmallScreens("new show");
      await cleo.page.getByRole("link", { name: /^Your account/ }).click();
      await cleo.seesHeading("About you");
      await cleo.isAccessible("account");
      if (viewport === phone) await cleo.fitsSmallScreens("account");
      cleo.assertNoErrors();
    });
  }

  it("a show before it goes live, and the playlist dialog", async () => {
    await createShow(ben, title);
    await ben.page.reload();
    await ben.seesHeading(title);
    await ben.click("Test microphone");
    await ben.page.waitForFunction(
      "document.querySelector('[role=meter]')?.getAttribute('aria-valuenow') > 0",
    );
    await ben.isAccessible("before the show");
    await ben.fitsSmallScreens("before the show");
    await ben.click("Choose a playlist");
    await ben.page.getByRole("dialog").getByRole("listitem").first().waitFor();
    await ben.isAccessible("playlists");
    await ben.fitsSmallScreens("playlists");
    await ben.page.keyboard.press("Escape");
  });

  it("a live show for its host and for a listener", async () => {
    await ben.click("Go live");
    await ben.sees("On stage");
    await gus.page.getByRole("link", { name: title, exact: true }).click();
    await gus.sees("On stage");
    await gus.isAccessible("listener's stage");
    await gus.click("Raise hand");
    await gus.isAccessible("asking to speak");
    await gus.fitsSmallScreens("asking to speak");
    await gus.click("Ask to speak");
    await gus.click("Chat");
    await gus.write("Good evening.");
    await ben.sees("Good evening.");
    await ben.isAccessible("host");
    await ben.page.setViewportSize(phone);
    for (const panel of ["Chat", "Music", "People", "Host", "Stage"]) {
      await ben.click(panel);
      await ben.isAccessible(`host's ${panel} on a phone`);
      await ben.fitsSmallScreens(`host's ${panel}`);
    }
    await ben.page.setViewportSize(desk);
    for (const panel of ["Chat", "Music", "People", "Stage"]) {
      await gus.click(panel);
      await gus.isAccessible(`listener's ${panel}`);
    }
  });

  it("a rejected request, and an invitation declined by keyboard", async () => {
    await ben.click("Decline Gus van der Meer");
    await gus.sees(/^Request declined. You can ask again in \d+ s\.$/);
    await gus.isAccessible("rejected");
    await ben.button(/^Gus van der Meer Listener$/).click();
    await ben.isAccessible("a person's dialog");
    await ben.fitsSmallScreens("a person's dialog");
    await ben.click("Invite to speak");
    await gus.sees("You're invited to speak.");
    await gus.isAccessible("invited");
    await gus.fitsSmallScreens("invited");
    await gus.button("Decline").focus();
    await gus.page.keyboard.press("Enter");
    await gus.seesNoMore("You're invited to speak.");
  });

  it("music for a listener without Premium, who sees it but hears nothing", async () => {
    await ben.click("Play music");
    await ben.sees("Now playing");
    await ben.isAccessible("host, music");
    await gus.sees(/Music needs Spotify Premium/);
    await gus.isAccessible("no Premium");
    await gus.fitsSmallScreens("no Premium");
    await ben.click("Back to talk");
    await ben.sees("Live talk");
  });

  it("slow mode with its countdown", async () => {
    // Check now: from here on, the browser logs each refused request, and this comment may come too
    // soon.
    gus.assertNoErrors();
    await gus.click("Chat");
    await gus.write("Slowly.");
    await ben.page.getByLabel("Slow mode").selectOption("30 seconds");
    await gus.sees(/one comment every 30 seconds/);
    await gus.button(/^Next comment in \d+ s\.$/).waitFor();
    await gus.isAccessible("slow mode");
    await ben.page.getByLabel("Slow mode").selectOption("Off");
    await gus.button("Send").waitFor();
    await gus.click("Stage");
  });

  it("the same in German, if the browser prefers it", async () => {
    const start = await open({ locale: "de-DE" });
    await start.seesHeading("Zuhören als");
    await start.isAccessible("start in German");
    const eve = await open({ persona: "listener-eve", locale: "de-AT", viewport: phone });
    assert.equal(await eve.page.evaluate("document.documentElement.lang"), "de");
    await eve.seesHeading("Live & demnächst");
    await eve.isAccessible("discovery in German");
    await eve.page.getByRole("link", { name: /^Dein Konto/ }).click();
    await eve.seesHeading("Über dich");
    await eve.isAccessible("the account in German");
    await eve.page.goBack();
    await eve.page.getByRole("link", { name: title, exact: true }).click();
    await eve.seesHeading("Auf der Bühne");
    await eve.button("Hand heben").waitFor();
    for (const panel of ["Chat", "Musik", "Leute", "Bühne"]) {
      await eve.click(panel);
      await eve.isAccessible(`${panel} in German`);
    }
    eve.assertNoErrors();
    await eve.click("Verlassen");
    await eve.seesHeading("Du hast die Show verlassen");
    const host = await open({ persona: "creator-ben", place: ben.place, locale: "de-DE" });
    await host.click("Show beenden");
    await host.button("Jetzt beenden").waitFor();
    await host.isAccessible("the question before the end in German");
    await host.click("Weitermachen");
    await host.isAccessible("host in German");
    await host.fitsSmallScreens("host in German");
  });

  it("a banned listener, and their attempt to return", async () => {
    const { place } = gus;
    await ben.button(/^Gus van der Meer Listener$/).click();
    await ben.confirm("Remove and ban");
    await gus.seesHeading("You were removed");
    await gus.isAccessible("removed");
    await gus.fitsSmallScreens("removed");
    const again = await open({ persona: "listener-gus", place, viewport: phone });
    await again.seesHeading("You can't join this show");
    await again.isAccessible("banned");
  });

  it("the end of a show, its summary, and a latecomer", async () => {
    const { place } = ben;
    const dan = await open({ persona: "listener-dan", place });
    const german = { place, locale: "de-DE", viewport: phone };
    const host = await open({ ...german, persona: "creator-ben" });
    await dan.sees("On stage");
    await dan.isAccessible("listener on a desk");
    await ben.click("End show");
    await ben.isAccessible("the question before the end");
    await ben.click("End now");
    await ben.seesHeading("Your show summary");
    await ben.sees("Plays in Ambient");
    await ben.isAccessible("summary");
    await ben.fitsSmallScreens("summary");
    await dan.seesHeading("Thanks for listening");
    await dan.isAccessible("thanks");
    await host.seesHeading("Deine Show im Rückblick");
    await host.isAccessible("summary in German");
    const late = await open({ persona: "listener-eve", place });
    await late.seesHeading(`${isolated(title)} has ended`);
    await late.isAccessible("over");
    const latecomer = await open({ ...german, persona: "listener-eve" });
    await latecomer.seesHeading(`${isolated(title)} ist zu Ende`);
    await latecomer.isAccessible("over in German");
  });

  it("a show that does not exist, and an unknown route", async () => {
    const dan = await open({ persona: "listener-dan", place: "#/show/no-such-show" });
    await dan.seesHeading("Show not found");
    await dan.isAccessible("not found");
    const lost = await open({ persona: "listener-dan", place: "#/nowhere" });
    await lost.seesHeading("Page not found");
    await lost.isAccessible("unknown page");
  });

  it("a sign-in that Spotify does not allow", async () => {
    const hal = await open({ persona: "listener-hal" });
    await hal.seesHeading("You're not signed in");
    await hal.sees(/development mode/);
    await hal.isAccessible("not allowed");
  });

  it("creator and listener side by side in one click", async () => {
    const both = await open({ viewport: desk });
    await both.page.getByRole("link", { name: /side by side/ }).click();
    const [creator, listener] = [
      both.page.frameLocator('iframe[title^="Creator"]'),
      both.page.frameLocator('iframe[title^="Listener"]'),
    ];
    await creator.getByText("On stage").waitFor();
    await listener.getByText("On stage").waitFor();
    await both.isAccessible("side by side");
    await both.click("Theme: system. Switch to light");
    for (const half of [creator, listener])
      await half.locator('html[data-theme="light"]').waitFor();
    await creator.getByRole("button", { name: "Unmute", exact: true }).click();
    await listener.getByRole("button", { name: /Ada Okafor Creator ?, speaking/ }).waitFor();
    const frame = both.page.frame({ url: /as=listener-/ });
    assert.equal(await frame?.evaluate('hearing.begins("voice", 30_000)'), true);
    await creator.getByRole("button", { name: "Chat" }).click();
    await creator.getByLabel("Your comment", { exact: true }).fill("Good evening, both of you.");
    await creator.getByRole("button", { name: "Send" }).click();
    await listener.getByRole("button", { name: "Chat" }).click();
    await listener.getByText("Good evening, both of you.", { exact: true }).waitFor();
    await creator.getByRole("button", { name: "End show" }).click();
    await creator.getByRole("button", { name: "End now" }).click();
    await listener.getByText("Thanks for listening").waitFor();
    await creator.getByRole("link", { name: "Start again" }).click();
    await listener.getByText("On stage").waitFor();
    await creator.getByRole("button", { name: "End show" }).click();
    await creator.getByRole("button", { name: "End now" }).click();
    await listener.getByText("Thanks for listening").waitFor();
    both.assertNoErrors();
  });

  it("logs no errors in the host's console", () => {
    ben.assertNoErrors();
  });
});
