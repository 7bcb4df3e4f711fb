import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { isolated } from "../../demo/src/words/isolated.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { runningSuite } from "../support/suite.js";
import { openBrowser } from "./browser.js";
import { createShow, DemoPage, phone } from "./demoPage.js";
import "./tellPagesOnFailure.js";

/** Participants who browse elsewhere stay in their show and hear it in exactly one tab. */
describe("staying in a show while browsing the demo", () => {
  const title = "Slow train";
  let endpoints: Endpoints;
  let browser: Browser;
  let ben: DemoPage;
  let cleo: DemoPage;
  let dan: DemoPage;

  const bar = ({ page }: DemoPage) => page.getByRole("region", { name: "Your current show" });
  const goToDiscover = async (person: DemoPage) => {
    await person.dismissToasts();
    await person.page.getByRole("link", { name: "Ambient" }).click();
    await person.seesHeading("Live & upcoming");
  };
  const comeBack = async (person: DemoPage) => {
    await bar(person).getByRole("link", { name: "Back to the show" }).click();
    await person.sees("On stage");
  };

  /** Changes what the listener's player reports, as only a real Spotify would. */
  const reportsInstead = ({ page }: DemoPage, report: string) =>
    page.evaluate(`
      globalThis.answer ??= Promise.resolve;
      Promise.resolve = function (report) {
        return answer.call(this, report?.errorMs === undefined ? report : ${report});
      };
    `);

  before(async () => {
    endpoints = await runningSuite();
    browser = await openBrowser();
    const open = (persona: string, viewport?: typeof phone) =>
      DemoPage.open(browser, endpoints, { persona, ...(viewport && { viewport }) });
    ben = await open("creator-ben");
    cleo = await open("creator-cleo");
    dan = await open("listener-dan", phone);
    await createShow(ben, title);
    await ben.click("Go live");
    await ben.sees("On stage");
    await createShow(cleo, "Night bus");
    await cleo.click("Go live");
    await cleo.sees("On stage");
  });
  after(() => browser.close());

  it("joins once when someone navigates away and back before the join completes", async () => {
    const joining = await dan.hold("**/joinShow");
    await dan.page.getByRole("link", { name: title, exact: true }).click();
    await dan.page.getByRole("status", { name: "Joining the show…" }).waitFor();
    const { place } = dan;
    await goToDiscover(dan);
    await dan.page.goto(new URL(place, dan.page.url()).href);
    await dan.page.getByRole("status", { name: "Joining the show…" }).waitFor();
    await (await joining.route).continue();
    await dan.sees("On stage");
    await ben.sees("1 tuned in");
  });

  it("keeps the creator on air and the hand raised, with sound on every page", async () => {
    await ben.click("Unmute");
    await dan.hears("voice");
    await dan.click("Raise hand");
    await dan.click("Ask to speak");
    await dan.sees("Your hand is up.");
    await Promise.all([dan, ben].map(goToDiscover));
    await bar(dan)
      .getByText(`You're in “${isolated(title)}”`)
      .waitFor();
    assert.equal(await bar(ben).getByRole("button", { name: "Leave" }).count(), 0);
    await dan.hears("voice");
    await dan.page.getByRole("link", { name: /^Your account/ }).click();
    await dan.seesHeading("About you");
    await dan.hears("voice");
    await Promise.all([dan, ben].map(comeBack));
    await bar(dan).waitFor({ state: "detached" });
    await dan.sees("Your hand is up.");
    await ben.click("Accept Dan");
    await dan.button("Unmute").waitFor();
  });

  it("plays the music on every page", async () => {
    await ben.click("Play music");
    await dan.hears("music");
    await goToDiscover(dan);
    await dan.hears("music");
    await ben.click("Back to talk");
    await dan.hearsNo("music");
    await comeBack(dan);
    await dan.button("Leave stage").waitFor();
  });

  it("says why a listener's Spotify is silent, and offers what helps", async () => {
    await reportsInstead(dan, "{ ...report, paused: true }");
    await ben.click("Play music");
    await dan.sees("You paused the music");
    await dan.isAccessible("music that the listener paused");
    await reportsInstead(dan, "report");
    await dan.click("Resume music");
    await dan.hears("music");
    await ben.click("Back to talk");
    await dan.button("Resume music").waitFor({ state: "detached" });
    await reportsInstead(dan, "null");
    await ben.click("Play music");
    const open = dan.page.getByRole("link", { name: "Open Spotify" });
    assert.equal(await open.getAttribute("href"), "https://open.spotify.com/");
    await dan.isAccessible("no device");
    await reportsInstead(dan, "report");
    const banner = dan.page.locator(".banners");
    await banner.getByRole("button", { name: "Choose a device" }).click();
    await dan.page.getByRole("button", { name: /^Phone/ }).click();
    await open.waitFor({ state: "detached" });
    await dan.hears("music");
    await ben.click("Back to talk");
    await dan.button("Leave stage").waitFor();
  });

  it("asks creators to confirm before they leave their own live show for another", async () => {
    await goToDiscover(cleo);
    await cleo.page.getByRole("link", { name: title, exact: true }).click();
    await cleo.seesHeading("You're live");
    await cleo.isAccessible("on air already");
    await cleo.page.getByRole("link", { name: "Stay in my show" }).click();
    await cleo.button("End show").waitFor();
    await ben.sees("1 tuned in");
    await goToDiscover(cleo);
    await cleo.page.getByRole("link", { name: title, exact: true }).click();
    await cleo.click("Leave and join this one");
    await cleo.button("Raise hand").waitFor();
    await goToDiscover(cleo);
    const ownShows = cleo.page.getByRole("region", { name: "Your shows" });
    await ownShows.getByRole("link", { name: "Night bus" }).click();
    await cleo.button("End show").waitFor();
  });

  it("tells a host with Spotify Free that they can't hear the music, and mentions no tone", async () => {
    await cleo.click("Play music");
    await cleo.sees(/^Music needs Spotify Premium/);
    await cleo.sees("Now playing");
    assert.equal(await cleo.page.getByText(/generated tone/).count(), 0);
    await cleo.click("Back to talk");
    await cleo.button("Play music").waitFor();
  });

  it("has a bar that the keyboard can reach and that covers no content", async () => {
    await goToDiscover(dan);
    await dan.isAccessible("the bar on a phone");
    const isCovered = await dan.page.evaluate(`(() => {
      scrollTo(0, document.documentElement.scrollHeight);
      const { bottom } = document.querySelector("main").getBoundingClientRect();
      return bottom > document.querySelector(".show-bar").getBoundingClientRect().top + 1;
    })()`);
    assert.equal(isCovered, false, "the bar covers the end of the page");
    await dan.tabTo("Leave");
    await dan.page.keyboard.press("Shift+Tab");
    assert.equal(await dan.focus(), "Back to the show");
    await dan.page.keyboard.press("Enter");
    await dan.sees("On stage");
  });

  it("leaves one show completely before it joins the next", async () => {
    await goToDiscover(dan);
    const leaving = await dan.hold("**/leaveShow");
    await dan.page.getByRole("link", { name: "Night bus" }).click();
    const leaveRoute = await leaving.route;
    await dan.page.goBack();
    await dan.page.getByRole("link", { name: title, exact: true }).click();
    await dan.page.getByRole("status", { name: "Joining the show…" }).waitFor();
    await leaveRoute.continue();
    await dan.button("Raise hand").waitFor();
    await ben.button(/^Dan Listener$/).waitFor();
    await ben.write("Still with us, Dan?");
    await dan.click("Chat");
    await dan.sees("Still with us, Dan?");
    await dan.click("Stage");
  });

  it("leaves the show from the bar", async () => {
    await goToDiscover(dan);
    await bar(dan).getByRole("button", { name: "Leave" }).click();
    await bar(dan).waitFor({ state: "detached" });
    await dan.hearsNo("voice");
    await ben.sees("No audience right now");
  });

  it("plays voices and music in one tab only", async () => {
    await ben.click("Play music");
    await dan.page.getByRole("link", { name: title, exact: true }).click();
    await dan.hears("music");
    const second = await dan.openTab(dan.place);
    await dan.sees("Audio is playing in another tab or on another device.");
    await Promise.all([dan.hearsNo("music"), second.hears("music")]);
    const track = dan.page.getByRole("region", { name: "Current track" });
    await track.getByRole("link", { name: /^Music from Spotify/ }).waitFor();
    await dan.click("Music");
    await dan.sees("You hear the music in your other tab or on your other device.");
    await dan.isAccessible("music in another tab");
    await dan.click("Listen here");
    await second.sees("Audio is playing in another tab or on another device.");
    await Promise.all([dan.hears("music"), second.hearsNo("music")]);
    // A reloaded tab takes the sound as a new one does, whichever tab had it.
    for (let times = 0; times < 2; times += 1) {
      await second.page.reload();
      await dan.sees("Audio is playing in another tab or on another device.");
      await Promise.all([dan.hearsNo("music"), second.hears("music")]);
    }
    second.assertNoErrors();
    await second.page.close();
  });

  it("lets a host control the music from a tab without the sound", async () => {
    const second = await ben.openTab(ben.place);
    await ben.button("Listen here").waitFor();
    await ben.click("Pause");
    await second.sees(/ · paused$/);
    await ben.click("Resume");
    await second.button("Pause").waitFor();
    await ben.movesOn();
    await ben.page.getByLabel("Track position").press("Home");
    await second.hears("music");
    await second.page.close();
  });

  it("says in the bar that the show has ended", async () => {
    await goToDiscover(dan);
    await ben.click("End show");
    await ben.click("End now");
    await bar(dan)
      .getByText(`“${isolated(title)}” has ended`)
      .waitFor();
    await dan.hearsNo("music");
    await bar(dan).getByRole("link", { name: "See details" }).click();
    await dan.seesHeading("Thanks for listening");
    await goToDiscover(dan);
    await bar(dan).waitFor({ state: "detached" });
  });

  it("logs no errors in any console", () => {
    for (const person of [ben, cleo, dan]) person.assertNoErrors();
  });
});
