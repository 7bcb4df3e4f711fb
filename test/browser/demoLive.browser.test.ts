import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { isolated } from "../../demo/src/words/isolated.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { runningSuite } from "../support/suite.js";
import { openBrowser } from "./browser.js";
import { createShow, DemoPage, desk, phone } from "./demoPage.js";
import "./tellPagesOnFailure.js";

/** The person's own microphone, what hosts do to them, what is new and what plays: on every page and every tab. */
describe("the sound and the notices of a show, on every view of the demo", () => {
  const title = "Night shift";
  let endpoints: Endpoints;
  let browser: Browser;
  let ben: DemoPage;
  let dan: DemoPage;

  const bar = ({ page }: DemoPage) => page.getByRole("region", { name: "Your current show" });
  const foot = ({ page }: DemoPage) => page.getByRole("region", { name: "Sound" });
  /** What a screen reader says about a tab. */
  const newsOn = ({ page }: DemoPage, tab: string, text: string) =>
    page.locator(`[aria-describedby=news-${tab}]:has(+ #news-${tab}:has-text("${text}"))`);
  /** Resolves once the level meter moves. */
  const isMeasured = ({ page }: DemoPage) =>
    page.waitForFunction(
      "document.querySelector('[role=meter]')?.getAttribute('aria-valuenow') > 0",
    );
  const leavePage = async (person: DemoPage) => {
    await person.dismissToasts();
    await person.page.getByRole("link", { name: "Ambient" }).click();
    await bar(person).waitFor();
  };
  const comeBack = async (person: DemoPage) => {
    await bar(person).getByRole("link", { name: "Back to the show" }).click();
    await person.button("Chat").waitFor();
  };
  const act = async (action: string, role: string) => {
    await ben.click("Stage");
    await ben.click("People");
    await ben.page
      .getByRole("button", { name: new RegExp(`^Dan.* ${role}`) })
      .last()
      .click();
    await ben.page.getByRole("dialog").getByRole("button", { name: action, exact: true }).click();
  };

  before(async () => {
    endpoints = await runningSuite();
    browser = await openBrowser();
    ben = await DemoPage.open(browser, endpoints, { persona: "creator-ben" });
    await createShow(ben, title);
    await ben.click("Go live");
    await ben.sees("On stage");
    await ben.page.setViewportSize(phone);
    dan = await DemoPage.open(browser, endpoints, {
      persona: "listener-dan",
      place: ben.place,
      viewport: phone,
    });
    await dan.sees("On stage");
  });
  after(() => browser.close());

  it("tests a microphone before the stage, and remembers the choice", async () => {
    const dialog = dan.page.getByRole("dialog");
    const microphones = dialog.getByLabel("Microphone", { exact: true });
    await dan.click("Sound settings");
    await dan.takeMicrophone("NotAllowedError");
    await dan.click("Test microphone");
    await dialog.getByText("Your microphone is blocked.").waitFor();
    await dan.giveMicrophone();
    await dan.page.evaluate(`
      globalThis.tracks = [];
      const { getUserMedia } = MediaDevices.prototype;
      MediaDevices.prototype.getUserMedia = async function () {
        const stream = await getUserMedia.call(this);
        tracks.push(...stream.getTracks());
        return stream;
      };
    `);
    await dan.click("Test microphone");
    await isMeasured(dan);
    const second = await microphones.locator("option").nth(1).innerText();
    await microphones.selectOption(second);
    await dan.page.waitForFunction("tracks.length === 2");
    await isMeasured(dan);
    await dan.isAccessible("testing a microphone");
    await dan.page.keyboard.press("Escape");
    await dan.page.waitForFunction("tracks.every(({ readyState }) => readyState === 'ended')");
    await dan.click("Sound settings");
    assert.equal(await microphones.locator("option:checked").innerText(), second);
    await dan.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });

  it("counts new comments on a tab until the host looks, and raised hands until the host answers", async () => {
    await dan.click("Chat");
    await dan.write("Good evening.");
    await newsOn(ben, "comments", "1 new comment").waitFor();
    assert.equal(await newsOn(dan, "comments", "new").count(), 0, "their own comment");
    await leavePage(ben);
    await dan.click("Stage");
    await dan.click("Raise hand");
    await dan.click("Ask to speak");
    await bar(ben).getByText("1 new comment").waitFor();
    await bar(ben).getByText("1 raised hand").waitFor();
    await ben.isAccessible("news on another page");
    await comeBack(ben);
    await newsOn(ben, "comments", "1 new comment").waitFor();
    await newsOn(ben, "host", "1 raised hand").waitFor();
    await ben.isAccessible("badges");
    await ben.click("Chat");
    await newsOn(ben, "comments", "new").waitFor({ state: "detached" });
    await ben.click("Host");
    await ben.button("Accept Dan").waitFor();
    await newsOn(ben, "host", "1 raised hand").waitFor();
  });

  it("tells people on another page that a host accepted them, and lets them unmute there", async () => {
    await leavePage(dan);
    await ben.click("Accept Dan");
    await newsOn(ben, "host", "raised").waitFor({ state: "detached" });
    await dan.sees("You're on stage. Unmute to be heard.");
    await dan.click("Unmute microphone");
    await bar(dan).getByText("You're live").waitFor();
    await dan.isAccessible("live on another page");
    await ben.hears("voice");
  });

  it("shows a live microphone on every tab, with a button to mute it", async () => {
    await comeBack(dan);
    for (const tab of ["Chat", "Music", "People", "Stage"]) {
      await dan.click(tab);
      await foot(dan).getByText("You're live").waitFor();
      await dan.button("Mute microphone").waitFor();
    }
    await dan.page.setViewportSize(desk);
    await foot(dan).getByText("You're live").waitFor();
    await dan.page.setViewportSize(phone);
  });

  it("shows a host's live microphone on every tab and page, with a button to mute it", async () => {
    await ben.click("Unmute microphone");
    await ben.click("Chat");
    await foot(ben).getByText("You're live").waitFor();
    await leavePage(ben);
    await bar(ben).getByText("You're live").waitFor();
    const bensTile = (state: string) => dan.button(new RegExp(`^Ben.* Creator ?, ${state}$`));
    await bensTile("speaking").waitFor();
    await ben.click("Mute microphone");
    await bar(ben).getByText("You're muted").waitFor();
    await bensTile("muted").waitFor();
    await comeBack(ben);
  });

  it("tells a speaker on another page that a host muted them", async () => {
    await leavePage(dan);
    await act("Mute", "Speaker");
    await dan.sees("A host muted you. You can unmute yourself.");
    await bar(dan).getByText("A host muted you").waitFor();
    await comeBack(dan);
    await dan.click("Chat");
    await foot(dan).getByText("A host muted you").waitFor();
  });

  it("shows a speaker as muted or speaking, never as both, also after the host's reload", async () => {
    await ben.click("Stage");
    await ben.page.reload();
    const dansTile = (state: string) => ben.button(new RegExp(`^Dan.* Speaker ?, ${state}$`));
    await dansTile("muted").waitFor();
    await dan.click("Unmute microphone");
    await foot(dan).getByText("You're live").waitFor();
    await dansTile("speaking").waitFor();
    await ben.page.reload();
    await dansTile("speaking").waitFor();
  });

  it("during music shows the track on every view and nobody as speaking", async () => {
    const speakingTo = ({ page }: DemoPage) => page.locator('.person-tile[data-speaking="true"]');
    await speakingTo(ben).waitFor();
    await speakingTo(dan).waitFor({ state: "attached" });
    await ben.click("Play music");
    await foot(dan).getByText("Your mic is on after the music").waitFor();
    const track = dan.page.getByRole("region", { name: "Current track" });
    await track.getByRole("link", { name: /^Music from Spotify/ }).waitFor();
    await dan.isAccessible("music on the chat tab");
    for (const tab of ["Music", "People", "Stage", "Chat"]) {
      await dan.click(tab);
      await track.waitFor();
    }
    for (const person of [ben, dan]) await speakingTo(person).waitFor({ state: "detached" });
    await dan.page.setViewportSize({ width: 320, height: 640 });
    await dan.isAccessible("music on a small phone");
    await dan.page.setViewportSize(phone);
    await leavePage(dan);
    await track.waitFor();
    await bar(dan).getByText("Your mic is on after the music").waitFor();
    await ben.click("Unmute");
    await ben.sees("Your mic is on after the music");
    await ben.click("Mute");
    await ben.click("Back to talk");
    await bar(dan).getByText("You're live").waitFor();
  });

  it("keeps people muted who mute themselves during music", async () => {
    await ben.click("Play music");
    await bar(dan).getByText("Your mic is on after the music").waitFor();
    await dan.click("Mute microphone");
    await bar(dan).getByText("You're muted").waitFor();
    await ben.click("Back to talk");
    await Promise.all([ben.hearsNo("voice"), dan.hearsNo("voice")]);
    await ben.sees("You're muted");
    await dan.click("Unmute microphone");
    await bar(dan).getByText("You're live").waitFor();
  });

  it("sets the volume, and the microphone by its level", async () => {
    await comeBack(dan);
    await dan.click("Chat");
    await dan.click("Sound settings");
    const dialog = dan.page.getByRole("dialog");
    await dialog.getByLabel("Voice volume").fill("40");
    const microphones = dialog.getByLabel("Microphone", { exact: true });
    const second = microphones.locator("option").nth(1);
    await second.waitFor({ state: "attached" });
    await microphones.selectOption(await second.innerText());
    await isMeasured(dan);
    await dan.isAccessible("sound settings");
    const inDialog = (name: string) => dialog.getByRole("button", { name, exact: true });
    await inDialog("Mute microphone").click();
    await inDialog("Test microphone").click();
    await isMeasured(dan);
    await inDialog("Unmute microphone").click();
    await inDialog("Mute microphone").click();
    // The test has ended, and nothing listens.
    await inDialog("Test microphone").waitFor();
    await dan.page.keyboard.press("Escape");
    assert.equal(await dan.focus(), "Sound settings");
    await dan.page.waitForFunction("history.state === null");
    await dan.page.reload();
    await dan.button("Chat").and(dan.page.locator("[aria-current=true]")).waitFor();
    await dan.click("Sound settings");
    assert.equal(await dialog.getByLabel("Voice volume").inputValue(), "40");
    assert.equal(await dialog.getByLabel("Music volume").inputValue(), "100");
    await dialog.getByLabel("Voice volume").fill("100");
    await dan.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });

  it("invites people on another page, who answer there, and says who is back in the audience", async () => {
    await leavePage(dan);
    await act("Move to audience", "Speaker");
    await dan.sees("You're back in the audience.");
    await dan.click("Sound settings");
    await act("Invite to speak", "Listener");
    // Outside the open dialog, nobody could answer or hear of it.
    const dialog = dan.page.getByRole("dialog");
    const invitation = dialog.getByRole("status").filter({ hasText: "You're invited to speak." });
    await invitation.waitFor();
    await dan.isAccessible("an invitation over a dialog on another page");
    await invitation.getByRole("button", { name: "Accept" }).click();
    const onStage = dan.page.getByRole("status").getByText("You're on stage. Unmute to be heard.");
    await dialog.and(dan.page.locator(":has([role=status]:has-text('on stage'))")).waitFor();
    await dialog.getByRole("button", { name: "Unmute microphone" }).waitFor();
    await dan.page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await onStage.waitFor();
    await dan.button("Unmute microphone").waitFor();
  });

  it("continues in the remaining tab once the other one is closed", async () => {
    await comeBack(dan);
    await ben.click("Stage");
    await ben.click("Unmute");
    await dan.hears("voice");
    const second = await dan.openTab(dan.place);
    await dan.sees("Audio is playing in another tab or on another device.");
    await second.hears("voice");
    await foot(dan).getByText("Your mic is elsewhere").waitFor();
    await leavePage(dan);
    await bar(dan).getByText("Your mic is elsewhere").waitFor();
    await bar(dan).getByRole("button", { name: "Listen here" }).waitFor();
    await dan.isAccessible("audio elsewhere, on another page");
    await second.page.close();
    await bar(dan).getByText("You're muted").waitFor();
    await dan.hears("voice");
    await dan.seesNoMore("Audio is playing in another tab or on another device.");
  });

  it("says on another page that the microphone is blocked, and that a host removed them", async () => {
    await leavePage(dan);
    await dan.takeMicrophone("NotAllowedError");
    await dan.click("Unmute microphone");
    await bar(dan).getByText("Your microphone is blocked").waitFor();
    await act("Remove", "Speaker");
    const confirmation = ben.page.getByRole("dialog", { name: `Remove ${isolated("Dan")}?` });
    await confirmation.getByRole("button", { name: "Remove", exact: true }).click();
    await bar(dan)
      .getByText(`A host removed you from “${isolated(title)}”`)
      .waitFor();
    await dan.isAccessible("removed");
    await bar(dan).getByRole("button", { name: "OK" }).click();
    await dan.page.getByRole("link", { name: title, exact: true }).click();
    await dan.button("Chat").waitFor();
    await leavePage(dan);
    await act("Remove and ban", "Listener");
    await ben.page
      .getByRole("dialog", { name: /^Ban / })
      .getByRole("button", { name: "Remove and ban", exact: true })
      .click();
    await bar(dan)
      .getByText(`A host removed you from “${isolated(title)}”`)
      .waitFor();
    await bar(dan).getByRole("link", { name: /^See / }).click();
    await dan.seesHeading("You were removed");
  });

  it("logs no errors in any console", async () => {
    await ben.page.setViewportSize(desk);
    await ben.click("End show");
    await ben.click("End now");
    await ben.seesHeading("Your show summary");
    for (const person of [ben, dan]) person.assertNoErrors();
  });
});
