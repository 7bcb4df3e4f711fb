import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { isolated } from "../../demo/src/words/isolated.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { personas } from "../../local/spotify/personas.js";
import { rewrite } from "../support/adminSide.js";
import { runningSuite } from "../support/suite.js";
import { openBrowser } from "./browser.js";
import { createShow, DemoPage, denied, forge, phone } from "./demoPage.js";
import "./tellPagesOnFailure.js";

/** Identifies the participants query by its limit. */
const PEOPLE = "limit%22%3A101";
const FEED = "feed%2Flatest";

/** What people are told when something fails, and how they continue. */
describe("errors and recovery in the demo", () => {
  const title = "Rainy day";
  let endpoints: Endpoints;
  let browser: Browser;
  let ben: DemoPage;
  let dan: DemoPage;
  let place: string;

  const open = (persona?: string, viewport?: typeof phone) =>
    DemoPage.open(browser, endpoints, {
      ...(persona && { persona }),
      ...(viewport && { viewport }),
    });

  before(async () => {
    endpoints = await runningSuite();
    browser = await openBrowser();
    ben = await open("creator-ben");
    dan = await open("listener-dan", phone);
    await createShow(ben, title);
    ({ place } = ben);
  });
  after(() => browser.close());

  it("goes live once, although the server's answer is lost", async () => {
    const { lost } = await ben.loseAnswer("**/startShow");
    await ben.click("Go live");
    await lost;
    await ben.sees("On stage");
  });

  it("says that the suite is not running, and continues once it is", async () => {
    await dan.page.route("**/endpoints.json", (route) => route.abort());
    await dan.page.reload();
    await dan.seesHeading("The local suite isn't running");
    await dan.isAccessible("no suite");
    await dan.page.unroute("**/endpoints.json");
    await dan.click("Try again");
    await dan.seesHeading("Live & upcoming");
  });

  it("shows a loading state until the music state is known", async () => {
    const waiting = await dan.hold("**/Listen/channel**", "playlist%2Fcurrent");
    await dan.page.getByRole("link", { name: title, exact: true }).click();
    const route = await waiting.route;
    await dan.page.getByRole("region", { name: "Music" }).getByRole("status").waitFor();
    await dan.seesNoMore("Live talk");
    await dan.isAccessible("loading a show");
    await route.continue();
    await dan.sees("Live talk");
    await leave();
  });

  it("opens a page whose code did not load once the network is back", async () => {
    const code = "**/assets/ShowPage-*";
    await dan.page.route(code, (route) => route.abort());
    await dan.page.reload();
    await dan.seesHeading("Live & upcoming");
    await dan.page.evaluate(
      "Object.defineProperty(navigator, 'onLine', { value: false, configurable: true })",
    );
    const failed = dan.page.waitForEvent("requestfailed", (it) => it.url().includes("ShowPage"));
    await dan.page.getByRole("link", { name: title, exact: true }).click();
    await failed;
    await dan.page.getByRole("status", { name: "Loading…" }).waitFor();
    await dan.page.unroute(code);
    await dan.page.evaluate("delete navigator.onLine; dispatchEvent(new Event('online'))");
    await dan.sees("On stage");
    await leave();
  });

  it("says that participants or the count cannot be read, and stays usable", async () => {
    const people = await dan.hold("**/Listen/channel**", PEOPLE);
    await dan.page.getByRole("link", { name: title, exact: true }).click();
    await dan.click("People");
    // No rule allows an unknown collection.
    await forge(await people.route, (part) =>
      part.includes(PEOPLE) ? part.replace("participants", "strangers") : part,
    );
    await dan.page.getByRole("alert").getByText("You can't do this here.").waitFor();
    await dan.isAccessible("no people");
    await leave();
    const eve = await open("listener-eve", phone);
    const count = await eve.hold("**/Listen/channel**", FEED);
    await eve.page.getByRole("link", { name: title, exact: true }).click();
    const route = await count.route;
    await eve.sees("Counting…");
    await forge(route, (part) => part.replace(FEED, "strangers%2Flatest"));
    await eve.sees("We can't show how many people are tuned in.");
    await eve.isAccessible("no count");
    await eve.click("Leave");
    await eve.seesHeading("You left the show");
    await eve.close();
  });

  it("shows that it is joining, reports a failure and lets the listener retry", async () => {
    const joining = await dan.hold("**/joinShow");
    await dan.page.getByRole("link", { name: title, exact: true }).click();
    await dan.page.getByRole("status", { name: "Joining the show…" }).waitFor();
    await dan.isAccessible("joining");
    // The client repeats a call whose answer is lost, once.
    const repeated = await dan.hold("**/joinShow");
    await (await joining.route).abort();
    await (await repeated.route).abort();
    await dan.seesHeading("You're offline");
    const again = await dan.hold("**/joinShow");
    await dan.click("Try again");
    await (await again.route).fulfill(denied);
    await dan.seesHeading("This page can't be opened");
    await dan.isAccessible("a show that does not open");
    await dan.click("Try again");
    await dan.sees("On stage");
  });

  it("shows “not found” for an impossible show id", async () => {
    for (const address of ["#/show/%", "#/show/a%2Fb", "#/show/"]) {
      await dan.page.goto(new URL(address, dan.page.url()).href);
      await dan.seesHeading("Page not found");
    }
  });

  it("offers a way out when a view throws", async () => {
    await dan.page.evaluate(`
      const { trim } = String.prototype;
      globalThis.mend = () => { String.prototype.trim = trim };
      String.prototype.trim = () => { throw new Error("broken") };
    `);
    await dan.page.getByRole("link", { name: /^Your account/ }).click();
    await dan.seesHeading("Something went wrong");
    await dan.page.evaluate("mend()");
    await dan.isAccessible("broken");
    await dan.page.getByRole("link", { name: "Browse shows" }).click();
    await dan.seesHeading("Live & upcoming");
  });

  it("keeps a live microphone's button when the view of the show throws", async () => {
    const bar = ben.page.getByRole("region", { name: "Your current show" });
    await ben.page.evaluate(`
      const { toSorted } = Array.prototype;
      globalThis.mend = () => { Array.prototype.toSorted = toSorted };
      Array.prototype.toSorted = () => { throw new Error("broken") };
    `);
    await ben.click("Unmute");
    await ben.seesHeading("Something went wrong");
    await bar.getByText("You're live").waitFor();
    await ben.isAccessible("a broken show");
    await ben.click("Mute microphone");
    await bar.getByText("You're muted").waitFor();
    await ben.page.evaluate("mend()");
    await ben.page.getByRole("link", { name: "Browse shows" }).click();
    await bar.getByRole("link", { name: "Back to the show" }).click();
    await ben.sees("On stage");
    await bar.waitFor({ state: "detached" });
  });

  it("says why a sign-in failed", async () => {
    const nobody = await open();
    for (const query of ["error=access_denied&state=s", "code=c&state=of-another-page", ""]) {
      await nobody.page.goto(new URL(`/callback?${query}`, nobody.page.url()).href);
      await nobody.seesHeading("You're not signed in");
    }
    await nobody.isAccessible("no sign-in");
    await nobody.click("Back to start");
    await nobody.seesHeading("Host a show as");
    nobody.assertNoErrors();
  });

  it("signs out in every tab", async () => {
    const fay = await open();
    await fay.click("Continue with Spotify");
    await fay.page.getByRole("link", { name: "Agree as Fay" }).click();
    await fay.seesHeading("Live & upcoming");
    const tab = await fay.context.newPage();
    await tab.goto(new URL(place, fay.page.url()).href);
    await tab.getByText("On stage").waitFor();
    await fay.page.getByRole("link", { name: /^Your account/ }).click();
    await fay.click("Sign out");
    await fay.seesHeading("Host a show as");
    await tab.getByRole("heading", { name: "Host a show as" }).waitFor();
    await fay.context.close();
  });

  it("asks for a tap when the browser blocks autoplay", async () => {
    const quiet = await openBrowser({ autoplay: false });
    await ben.click("Unmute");
    const signedIn = await DemoPage.open(quiet, endpoints, {
      persona: "listener-gus",
      viewport: phone,
    });
    const gus = await signedIn.openUntouched(place);
    await gus.sees("Tap to listen");
    await gus.isAccessible("sound blocked");
    await gus.hearsNo("voice");
    await gus.click("Listen");
    await gus.hears("voice");
    await gus.seesNoMore("Tap to listen");
    gus.assertNoErrors();
    await quiet.close();
    await ben.click("Mute");
  });

  it("tells a host about a refused write, and restores what was there", async () => {
    const refused = ben.page.getByRole("alert").getByText("You can't do this here.");
    const pinned = ben.page.getByRole("complementary", { name: "Pinned comment" });
    await ben.write("Welcome, all.");
    await ben.onComment(undefined, "Pin");
    await pinned.getByText("Welcome, all.").waitFor();
    const unpinning = await ben.hold("**/documents:commit**", "pinnedCommentId");
    await ben.click("Remove pin");
    await forge(await unpinning.route, (body) =>
      body.replace('"nullValue":"NULL_VALUE"', '"stringValue":"no-such-comment"'),
    );
    await pinned.filter({ has: refused }).waitFor();
    await pinned.getByText("Welcome, all.").waitFor();
    await ben.click("Dismiss");
    await ben.click("Remove pin");
    await pinned.waitFor({ state: "hidden" });

    await ben.click("Play music");
    await ben.click("Pause");
    const slider = ben.page.getByLabel("Track position");
    await ben.sees(/ · paused$/);
    const before = await slider.inputValue();
    const seeking = await ben.hold("**/documents:commit**", "positionMs");
    await slider.press("End");
    assert.notEqual(await slider.inputValue(), before);
    await forge(await seeking.route, (body) => body.replace('"by":', '"for":'));
    await refused.waitFor();
    assert.equal(await slider.inputValue(), before);
    await ben.click("Dismiss");
    await ben.click("Back to talk");
    await ben.button("Play music").waitFor();
  });

  it("hides “Raise hand” from invited participants and speakers, who begin muted each time", async () => {
    await dan.page.getByRole("link", { name: title, exact: true }).click();
    const raise = dan.button("Raise hand");
    await raise.waitFor();
    for (let times = 0; times < 2; times += 1) {
      await ben.button(/^Dan Listener$/).click();
      await ben.click("Invite to speak");
      await dan.sees("You're invited to speak.");
      await raise.waitFor({ state: "hidden" });
      await dan.sees("Answer your invitation above.");
      await dan.click("Accept");
      await dan.button("Unmute").waitFor();
      assert.equal(await raise.count(), 0);
      await ben.hearsNo("voice");
      await dan.click("Unmute");
      await ben.hears("voice");
      await dan.click("Leave stage");
      await raise.waitFor();
    }
  });

  it("says that a person is reconnecting, and offers hosts useful actions in the meantime", async () => {
    const persona = personas.find(({ id }) => id === "listener-dan");
    const participant = `shows/${place.split("/").at(-1)}/participants/spotify_${persona?.accountId}`;
    const dialog = ben.page.getByRole("dialog");
    await ben.button(/^Dan Listener$/).click();
    const joining = await dan.hold("**/joinShow");
    const inviting = await ben.hold("**/setRole");
    await ben.click("Invite to speak");
    const invitation = await inviting.route;
    await rewrite(endpoints, participant, { state: { stringValue: "lost" } });
    const rejoin = await joining.route;
    await dialog.getByText("Reconnecting…").waitFor();
    await invitation.continue();
    await dialog.getByText("They aren't in the show right now.").waitFor();
    await dialog.getByRole("button", { name: "Remove", exact: true }).waitFor();
    await ben.isAccessible("a person who is reconnecting");
    await rejoin.continue();
    await ben.click("Invite to speak");
    await dan.sees("You're invited to speak.");
    await dan.click("Decline");
    await dan.button("Raise hand").waitFor();
    await leave();
  });

  it("raises a hand once, although the server's answer is lost", async () => {
    await dan.page.getByRole("link", { name: title, exact: true }).click();
    const { lost } = await dan.loseAnswer("**/documents:commit**", "speakRequests");
    await dan.click("Raise hand");
    await dan.click("Ask to speak");
    await lost;
    await dan.sees("Your hand is up.");
    await ben.page.getByRole("region", { name: "Requests 1" }).waitFor();
    assert.equal(await dan.page.getByRole("alert").count(), 0);
  });

  it("refuses actions without a network, says so, and keeps what was typed", async () => {
    const { requests } = controls();
    await Promise.all([ben, dan].map((person) => person.cutNetwork()));
    await Promise.all([ben, dan].map((person) => person.sees("You're offline.")));
    await dan.isAccessible("offline");
    const field = dan.page.getByLabel("Your comment", { exact: true });
    await dan.click("Chat");
    await field.fill("Can you hear me?");
    assert.ok(await dan.button("Send").isDisabled(), "nobody can send a comment");
    await ben.click("Accept Dan");
    await requests.getByRole("alert").getByText("You're offline").waitFor();
    await Promise.all([ben, dan].map((person) => person.restoreNetwork()));
    await Promise.all([ben, dan].map((person) => person.seesNoMore("You're offline.")));
    await ben.button("Accept Dan").waitFor();
    assert.equal(await field.inputValue(), "Can you hear me?");
    await leave();
  });

  it("keeps what a host types during a save", async () => {
    const { newTitle } = controls();
    const saving = await ben.hold("**/documents:commit**", "Early title");
    await newTitle.fill("Early title");
    await ben.click("Save");
    const route = await saving.route;
    await newTitle.fill(title);
    await route.continue();
    await ben.seesHeading("Early title");
    assert.equal(await newTitle.inputValue(), title);
    await ben.click("Save");
    await ben.seesHeading(title);
  });

  it("switches a setting at once, and back before the first change is saved", async () => {
    const songs = (checked: boolean) =>
      controls().settings.getByRole("switch", { name: "Song requests", checked });
    const saving = await ben.hold("**/documents:commit**", "songRequestsOpen");
    await songs(true).click();
    const route = await saving.route;
    await songs(false).click();
    await songs(true).waitFor();
    const saved = ben.page.waitForResponse(
      (it) =>
        it.request() !== route.request() &&
        it.request().postData()?.includes("songRequestsOpen") === true,
    );
    await route.continue();
    await saved;
    await songs(true).waitFor();
    await ben.page.reload();
    await songs(true).waitFor();
  });

  it("plays sound on only one of three devices, and leaves on all of them", async () => {
    await dan.page.getByRole("link", { name: title, exact: true }).click();
    await ben.button(/^Dan Listener$/).click();
    await ben.click("Invite to speak");
    await dan.click("Accept");
    await dan.button("Leave stage").waitFor();
    const [second, third] = [await device("listener-dan"), await device("listener-dan")];
    const elsewhere = "Audio is playing in another tab or on another device.";
    for (const other of [dan, second]) {
      await other.sees(elsewhere);
      await other.sees("Your mic is elsewhere");
      assert.ok(await other.button("Unmute").isDisabled());
    }
    assert.equal(await third.page.getByText(elsewhere).count(), 0);
    await third.click("Unmute");
    await ben.hears("voice");
    const moving = await dan.hold("**/refreshAudio");
    await dan.click("Listen here");
    await dan.sees("Reconnecting audio…");
    await dan.click("Unmute");
    await dan.sees("Connecting your mic…");
    await dan.isAccessible("reconnecting audio");
    await (await moving.route).continue();
    await dan.sees("You're live");
    await dan.seesNoMore("Reconnecting audio…");
    await third.sees(elsewhere);
    await dan.click("Mute");
    await ben.hearsNo("voice");
    await second.click("Leave stage");
    for (const each of [dan, second, third]) await each.button("Raise hand").waitFor();
    await third.click("Leave");
    for (const each of [dan, second, third]) await each.seesHeading("You left the show");
    await Promise.all([second.close(), third.close()]);
    await dan.page.getByRole("link", { name: "Ambient" }).click();
  });

  it("says that the sound was lost, and reconnects on request", async () => {
    await dan.page.getByRole("link", { name: title, exact: true }).click();
    await ben.click("Play music");
    await dan.click("Mute music");
    const second = await dan.openTab(dan.place);
    await dan.sees("Audio is playing in another tab or on another device.");
    const fetching = await dan.hold("**/refreshAudio");
    await dan.click("Listen here");
    await (await fetching.route).fulfill(denied);
    await dan.sees("The live audio isn't available.");
    await dan.isAccessible("audio lost");
    await second.page.close();
    await dan.click("Try again");
    await dan.button("Unmute music").waitFor();
    await dan.hearsNo("music");
    await ben.click("Unmute");
    await ben.click("Back to talk");
    await dan.hears("voice");
    await dan.seesNoMore("The live audio isn't available.");
    await ben.click("Mute");
    await leave();
  });

  it("works by keyboard alone, and announces what hosts do", async () => {
    const { page } = dan;
    const status = page.getByRole("status");
    await page.getByRole("link", { name: title, exact: true }).waitFor();
    await page.keyboard.press("Tab");
    await dan.tabTo("Skip to content");
    await page.keyboard.press("Enter");
    await dan.tabTo(/Rainy day/);
    await page.keyboard.press("Enter");
    await dan.sees("On stage");
    assert.equal(await dan.focus(), title);
    assert.equal(await page.title(), `${title} · Ambient`);
    await dan.tabTo("Raise hand");
    await page.keyboard.press("Enter");
    assert.match(await dan.focus(), /^What would you like to say/);
    await page.keyboard.type("Hello from the keys");
    await page.keyboard.press("Enter");
    await dan.sees("Your hand is up.");
    assert.equal(await dan.focus(), "Lower hand");
    await ben.click("Accept Dan");
    await status.getByText("You're on stage.").waitFor();
    assert.equal(await dan.focus(), "Unmute");
    await ben.click("Play music");
    await status.getByText("Music is playing. Microphones are off.").waitFor();
    await ben.click("Back to talk");
    await status.getByText("Talk is back on.").waitFor();
    await dan.tabTo("Leave stage");
    await page.keyboard.press("Enter");
    await status.getByText("You're back in the audience.").waitFor();
    // Within 10 s of the last request, the same button shows the remaining wait.
    assert.match(await dan.focus(), /^(Raise hand|You can ask again in \d+ s\.)$/);
  });

  it("animates nothing with reduced motion", async () => {
    const running = () => dan.page.evaluate("document.getAnimations().length");
    assert.equal(await running(), 0);
    await dan.page.emulateMedia({ reducedMotion: "no-preference" });
    await dan.page.waitForFunction("document.getAnimations().length > 0");
    await dan.page.emulateMedia({ reducedMotion: "reduce" });
  });

  it("ends the show on every device, even while someone is joining", async () => {
    const eve = await open("listener-eve", phone);
    const joining = await eve.hold("**/joinShow");
    await eve.page.getByRole("link", { name: title, exact: true }).click();
    await eve.page.getByRole("status", { name: "Joining the show…" }).waitFor();
    const second = await device("creator-ben");
    const { lost } = await second.loseAnswer("**/endShow");
    await second.click("End show");
    await second.click("End now");
    await lost;
    for (const device of [ben, second]) await device.seesHeading("Your show summary");
    await (await joining.route).continue();
    await eve.seesHeading(`${isolated(title)} has ended`);
    await eve.isAccessible("ended while joining");
  });

  /** Opens the show on one more device of somebody who is there. */
  async function device(persona: string): Promise<DemoPage> {
    const page = await DemoPage.open(browser, endpoints, { persona, place, viewport: phone });
    await page.sees("On stage");
    return page;
  }

  function controls() {
    return {
      settings: ben.page.getByRole("region", { name: "Settings" }),
      requests: ben.page.getByRole("region", { name: /^Requests/ }),
      newTitle: ben.page
        .getByRole("form", { name: "Title and description" })
        .getByLabel("Title", { exact: true }),
    };
  }

  /**
   * Leaves the show. Opening another page is not enough: the participant would stay in the show.
   */
  async function leave(): Promise<void> {
    // A toast may cover the buttons for ten seconds.
    await dan.dismissToasts();
    await dan.click("Leave");
    await dan.seesHeading("You left the show");
    await dan.goTo("#/");
    await dan.seesHeading("Live & upcoming");
  }
});
