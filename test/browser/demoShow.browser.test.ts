import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { isolated } from "../../demo/src/words/isolated.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { phoneOf } from "../../local/clientApp/ambient.js";
import { runningSuite } from "../support/suite.js";
import { openBrowser } from "./browser.js";
import { addComments } from "./addComments.js";
import { createShow, DemoPage, desk, phone } from "./demoPage.js";
import { addEarlierArrivals } from "./earlierArrivals.js";
import "./tellPagesOnFailure.js";

const tracksOf = ({ page }: DemoPage) =>
  page.getByRole("region", { name: "Playlist" }).locator(".track-name");
const trackNames = (person: DemoPage) => tracksOf(person).allInnerTexts();

/** What a host can do by clicking, and what a listener sees of it. */
describe("hosting a show in the demo", () => {
  let endpoints: Endpoints;
  let browser: Browser;
  let ben: DemoPage;
  let dan: DemoPage;

  before(async () => {
    endpoints = await runningSuite();
    browser = await openBrowser();
    ben = await DemoPage.open(browser, endpoints, { persona: "creator-ben" });
    dan = await DemoPage.open(browser, endpoints, { persona: "listener-dan" });
  });
  after(() => browser.close());

  it("announces a show, lets others see it coming up, and cancels it", async () => {
    const title = "Rooftop session";
    await ben.page.getByRole("link", { name: "New show" }).click();
    await ben.page.getByLabel("Title").fill(title);
    assert.ok(await ben.button("Create show").isEnabled());
    await ben.page.getByLabel("Start time").fill("2036-05-01T20:00");
    await ben.click("Schedule show");
    await ben.sees(/^Scheduled for /);
    const comingUp = dan.page.getByRole("region", { name: "Coming up" });
    await comingUp.getByRole("link", { name: title, exact: true }).click();
    await dan.seesHeading(title);
    await dan.sees(/May 1, .*8:00/);
    await dan.click("Follow Ben Lindqvist");
    const unfollow = dan.button("Unfollow Ben Lindqvist");
    await unfollow.waitFor();
    assert.equal(await unfollow.getAttribute("aria-pressed"), null);
    await unfollow.click();
    await dan.button("Follow Ben Lindqvist").waitFor();
    await ben.page.getByLabel("New start time").fill("2020-05-02T21:30");
    await ben.click("Schedule");
    assert.equal(
      await ben.focus(),
      "New start time",
      "the browser focuses the field with the past date",
    );
    await ben.page.getByLabel("New start time").fill("2036-05-02T21:30");
    await ben.click("Schedule");
    await dan.sees(/May 2, .*9:30/);
    // Offline, each action says so where it was chosen.
    await ben.page.getByLabel("New start time").fill("2036-05-03T21:30");
    await ben.cutNetwork();
    await ben.click("Schedule");
    await ben.page.getByRole("form", { name: "When" }).getByRole("alert").waitFor();
    await ben.click("Cancel show");
    await ben.click("Cancel now");
    await ben.page.getByRole("dialog").getByRole("alert").waitFor();
    await ben.restoreNetwork();
    await ben.click("Keep it");
    await dan.sees(/May 2, .*9:30/);
    await ben.click("Cancel show");
    await ben.sees("Everyone who set a reminder will be notified.");
    await ben.isAccessible("cancelling a show");
    await ben.click("Cancel now");
    await dan.seesHeading(`${isolated(title)} was cancelled`);
    await dan.page.getByRole("link", { name: "Browse shows" }).click();
    await dan.sees("Nothing scheduled yet");
    await ben.page.getByRole("link", { name: "Ambient" }).click();
  });

  it("shows no moderation controls to listeners", async () => {
    await createShow(ben, "Requests");
    await ben.click("Go live");
    await dan.page.getByRole("link", { name: "Requests" }).click();
    await dan.sees("On stage");
    await dan.write("Play something fast.");
    await ben.sees("Play something fast.");
    await ben.write("In a minute.");
    const choices = async (person: DemoPage, menu: string) => {
      await person.click(menu);
      const items = person.page.getByRole("menuitem");
      await items.first().waitFor();
      const names = await items.allInnerTexts();
      await person.page.keyboard.press("Escape");
      assert.equal(await person.focus(), menu, "the focus returns to the menu's button");
      return names;
    };
    assert.deepEqual(await choices(dan, "Options for comment by Ben Lindqvist"), [
      "Reply",
      "View Ben Lindqvist",
      "Report",
    ]);
    assert.deepEqual(await choices(dan, "Options for your comment"), ["Reply", "Delete"]);
    assert.equal(await dan.button("Banned people").count(), 0);
    assert.deepEqual(await choices(ben, "Options for comment by Dan"), [
      "Reply",
      "Pin",
      "Hide from listeners",
      "View Dan",
      "Report",
    ]);
    assert.deepEqual(await choices(ben, "Options for your comment"), [
      "Reply",
      "Pin",
      "Hide from listeners",
      "Delete",
    ]);
  });

  it("reports a blocked or missing microphone, and works once there is one", async () => {
    await ben.takeMicrophone("NotAllowedError");
    await ben.click("Unmute");
    await ben.sees("Your microphone is blocked. Please allow it in your settings.");
    await ben.isAccessible("microphone refused");
    await ben.takeMicrophone("NotFoundError");
    await ben.click("Try again");
    const banner = ben.page.getByRole("status").filter({ has: ben.button("Try again") });
    await banner.getByText("No microphone was found.").waitFor();
    await dan.hearsNo("voice");
    await ben.giveMicrophone();
    await ben.click("Try again");
    await dan.hears("voice");
    await ben.button("Try again").waitFor({ state: "hidden" });
  });

  it("counts reactions by click and by keyboard for everyone", async () => {
    const counts = (person: DemoPage, name: string) => person.button(name).waitFor();
    await dan.click("0 claps");
    await counts(dan, "1 clap");
    await dan.button("0 hearts").focus();
    await dan.page.keyboard.press("Enter");
    await dan.page.keyboard.press("Enter");
    await counts(dan, "2 hearts");
    await dan.isAccessible("reactions");
    for (const name of ["1 clap", "2 hearts", "0 wow reactions"]) await counts(ben, name);
    // Later digests must not count a reaction twice.
    for (const name of ["1 clap", "2 hearts"]) await counts(dan, name);
    await dan.page.setViewportSize(phone);
    const overflow = await dan.page.evaluate(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    );
    assert.equal(overflow, 0);
    await dan.page.setViewportSize(desk);
  });

  it("hides a comment from listeners and shows it again", async () => {
    const text = "Play something fast.";
    await ben.onComment("Dan", "Hide from listeners");
    await dan.seesNoMore(text);
    await ben.sees("Hidden from listeners");
    await ben.sees(text);
    await ben.onComment("Dan", "Show to listeners");
    await dan.sees(text);
  });

  it("filters the creator's words out of comments", async () => {
    const filter = ben.page.getByRole("region", { name: "Filtered words" });
    const words = filter.getByLabel("Words, separated by commas");
    await words.fill("follow for follow, scam");
    await ben.click("Save words");
    await ben.button("Save words").and(ben.page.locator(":disabled")).waitFor();
    await ben.isAccessible("filtered words");
    // Eve's console logs the refusal.
    const eve = await DemoPage.open(browser, endpoints, {
      persona: "listener-eve",
      place: ben.place,
    });
    await eve.sees("On stage");
    await eve.write("F0llow for F0llow!");
    await eve.sees("This show doesn't allow some of these words.");
    const nameless = ben.button("Listener Listener");
    await nameless.waitFor();
    await eve.click("Leave");
    await nameless.waitFor({ state: "hidden" });
    await eve.close();
    await words.fill("");
    await ben.click("Save words");
    await ben.button("Save words").and(ben.page.locator(":disabled")).waitFor();
  });

  it("pins and unpins a comment", async () => {
    const pinned = dan.page.getByRole("complementary", { name: "Pinned comment" });
    await ben.onComment("Dan", "Pin");
    await pinned.getByText("Play something fast.").waitFor();
    await ben.click("Remove pin");
    await pinned.waitFor({ state: "hidden" });
  });

  it("bans the author from a comment's menu and lifts the ban", async () => {
    const gus = await DemoPage.open(browser, endpoints, {
      persona: "listener-gus",
      place: ben.place,
    });
    const dialog = ben.page.getByRole("dialog");
    await gus.sees("On stage");
    await gus.write("Boo!");
    await ben.onComment("Gus van der Meer", "View Gus van der Meer");
    await dialog.getByText("Listener", { exact: true }).waitFor();
    await ben.isAccessible("the author of a comment");
    await ben.confirm("Remove and ban");
    await gus.seesHeading("You were removed");
    await gus.page.reload();
    await gus.seesHeading("You can't join this show");
    await ben.onComment("Gus van der Meer", "View Gus van der Meer");
    await dialog.getByText("No longer here").waitFor();
    await ben.click("Close");
    await ben.click("Banned people");
    await dialog.getByText("Gus van der Meer", { exact: true }).waitFor();
    await ben.isAccessible("bans");
    // The ban list stays open when its panel is hidden on a narrow screen.
    await ben.page.setViewportSize(phone);
    await ben.button("Lift ban on Gus van der Meer").waitFor();
    await ben.page.setViewportSize(desk);
    await ben.click("Lift ban on Gus van der Meer");
    await dialog.getByText("Nobody is banned").waitFor();
    await ben.isAccessible("no bans");
    await ben.click("Close");
    await gus.page.reload();
    await gus.sees("On stage");
    await gus.onComment(undefined, "Delete");
    await ben.seesNoMore("Boo!");
    await gus.click("Leave");
    await ben.button("Gus van der Meer Listener").waitFor({ state: "hidden" });
    await gus.close();
  });

  it("keeps text that is typed while a comment is being sent", async () => {
    const field = dan.page.getByLabel("Your comment", { exact: true });
    const sending = await dan.hold("**/documents:commit**", "first thought");
    await dan.write("A first thought.");
    const route = await sending.route;
    await field.fill("And a second one.");
    await route.continue();
    await ben.sees("A first thought.");
    await dan.button("Send").and(dan.page.locator(":not([aria-busy])")).waitFor();
    assert.equal(await field.inputValue(), "And a second one.");
    await field.fill("");
    const sent = dan.page.getByRole("listitem").filter({ hasText: "A first thought." });
    await sent.getByRole("button", { name: "Options for your comment" }).click();
    await dan.page.getByRole("menuitem", { name: "Delete" }).click();
    await ben.seesNoMore("A first thought.");
  });

  it("loads earlier comments, and hides and shows them there too", async () => {
    const gus = await phoneOf(endpoints, "listener-gus");
    const show = await gus.ambient.join(ben.place.split("/").at(-1) ?? "");
    await addComments(
      endpoints,
      show.id,
      Array.from({ length: 50 }, (_, index) => `And ${index + 1}.`),
    );
    const first = "Play something fast.";
    for (const person of [ben, dan]) {
      await person.seesNoMore(first);
      await person.click("Earlier comments");
      await person.sees(first);
    }
    await show.comments.send("And one more.");
    for (const person of [ben, dan]) {
      await person.sees("And one more.");
      for (const text of ["And 1.", first]) await person.sees(text);
    }
    await ben.onComment("Dan", "Hide from listeners");
    await ben.sees("Hidden from listeners");
    await ben.onComment("Dan", "Show to listeners");
    await ben.seesNoMore("Hidden from listeners");
    await dan.onComment(undefined, "Delete");
    await dan.seesNoMore(first);
    await show.leave();
    await gus.close();
  });

  it("sends a report with a reason to the admins", async () => {
    await dan.onComment("Ben Lindqvist", "Report");
    assert.ok(await dan.button("Send report").isDisabled());
    await dan.page.getByLabel("What's wrong?").fill("He said so an hour ago.");
    await dan.click("Send report");
    await dan.sees("Thanks. Our admins will look into it.");
    await dan.click("Done");
    await dan.page.getByRole("dialog").waitFor({ state: "hidden" });
  });

  it("blocks the author of a comment, and lifts the block on the account page", async () => {
    const gus = await phoneOf(endpoints, "listener-gus");
    const show = await gus.ambient.join(ben.place.split("/").at(-1) ?? "");
    await show.comments.send("Buy my tape.");
    await dan.onComment("Gus van der Meer", "Report");
    await dan.click("Block Gus van der Meer");
    await dan.seesNoMore("Buy my tape.");
    await ben.sees("Buy my tape.");
    await dan.page.getByRole("link", { name: /^Your account/ }).click();
    await dan.click("Unblock Gus van der Meer");
    await dan.sees("You haven't blocked anyone.");
    await dan.page.goBack();
    await dan.sees("Buy my tape.");
    await show.leave();
    await gus.close();
  });

  it("reorders the playlist, adds a track and removes one", async () => {
    const before = await trackNames(dan);
    const [first = "", second = "", ...others] = before;
    assert.ok(await ben.button(`Move ${first} up`).isDisabled());
    await ben.click(`Move ${second} up`);
    await ben.click(`Remove ${first}`);
    await dan.page.waitForFunction(
      `![...document.querySelectorAll(".tracks .track-name")].some((name) => name.innerText === ${JSON.stringify(first)})`,
    );
    assert.deepEqual(await trackNames(dan), [second, ...others]);
    await ben.page.getByLabel("Search for a track to add").fill("no such song anywhere");
    await ben.click("Search");
    await ben.sees("No results");
    await ben.page.getByLabel("Search for a track to add").fill(first);
    await ben.click("Search");
    await ben.click(`Add ${first}`);
    await tracksOf(dan).getByText(first, { exact: true }).waitFor();
    assert.deepEqual(await trackNames(dan), [second, ...others, first]);
  });

  it("moves a track by keyboard faster than the server answers", async () => {
    const [first = "", second = "", third = ""] = await trackNames(ben);
    const down = ben.button(`Move ${first} down`);
    await down.press("Enter");
    await down.press("Enter");
    assert.deepEqual((await trackNames(ben)).slice(0, 3), [second, third, first]);
    assert.equal(await ben.focus(), `Move ${first} down`);
    await dan.page.waitForFunction(
      `document.querySelectorAll(".tracks .track-name")[2].innerText === ${JSON.stringify(first)}`,
    );
    assert.deepEqual((await trackNames(dan)).slice(0, 3), [second, third, first]);
    const up = ben.button(`Move ${first} up`);
    await up.press("Enter");
    assert.equal(await ben.focus(), `Move ${first} up`);
    assert.deepEqual((await trackNames(ben)).slice(0, 3), [second, first, third]);
    await up.press("Enter");
    assert.deepEqual((await trackNames(ben)).slice(0, 3), [first, second, third]);
    assert.equal(
      await ben.focus(),
      "Playlist",
      "the focus goes to the playlist when the button becomes disabled",
    );
    await ben.button(`Remove ${second}`).press("Enter");
    await tracksOf(dan).getByText(second, { exact: true }).waitFor({ state: "hidden" });
    assert.equal(
      await ben.focus(),
      "Playlist",
      "the focus goes to the playlist when the track is removed",
    );
  });

  it("continues with the next track after talk", async () => {
    const [first = "", second = ""] = await trackNames(dan);
    const playing = dan.page.getByRole("region", { name: "Now playing" });
    await ben.click("Play music");
    await playing.getByText(first).waitFor();
    await ben.click("Back to talk");
    await ben.click("Play music");
    await playing.getByText(second).waitFor();
    await ben.click("Back to talk");
    await ben.button("Play music").waitFor();
  });

  it("shows the audience over time, even after a reload", async () => {
    const steps = async () => {
      const line = await ben.page.locator(".chart-line").getAttribute("d");
      return line?.match(/V/g)?.length ?? 0;
    };
    const before = await steps();
    assert.ok(before > 1, "the chart shows at least Dan's arrival");
    await ben.page.reload();
    await ben.sees("On stage");
    assert.ok((await steps()) >= before);
    await ben.sees(/^now, peak \d+$/);
  });

  it("lets the host act on a listener beyond the first hundred", async () => {
    await addEarlierArrivals(endpoints, ben.place.split("/").at(-1) ?? "", 100);
    const people = ben.page.getByRole("region", { name: "People 100+" });
    await people.getByText("Showing the first 100 of 102 people").waitFor();
    assert.equal(await people.getByRole("listitem").count(), 100);
    await dan.click("Raise hand");
    await dan.click("Ask to speak");
    await ben.page.getByRole("status").getByText("Dan would like to speak.").waitFor();
    await ben.click("Accept Dan");
    await ben.button(/^Dan Speaker/).click();
    const dialog = ben.page.getByRole("dialog");
    for (const name of ["Mute", "Make cohost", "Remove", "Remove and ban"]) {
      await dialog.getByRole("button", { name, exact: true }).waitFor();
    }
    await ben.click("Close");
  });

  it("shows the summary of an ended show after a reload", async () => {
    await ben.click("End show");
    await ben.click("End now");
    await ben.seesHeading("Your show summary");
    await ben.page.reload();
    await ben.seesHeading("Your show summary");
    await ben.sees("Plays in Ambient");
    await dan.page.reload();
    await dan.seesHeading(`${isolated("Requests")} has ended`);
    assert.equal(await dan.page.getByText("Plays in Ambient").count(), 0);
  });

  it("draws the summary's audience, and compares it with earlier shows, also in a spreadsheet", async () => {
    await ben.page.getByRole("img", { name: /^Tuned in over .*: peak \d+/ }).waitFor();
    await ben.sees("Minutes listened");
    const table = ben.page.getByRole("region", { name: "Your last shows" }).getByRole("table");
    const [row] = await table.locator('tr[aria-current="true"]').all();
    assert.match((await row?.innerText()) ?? "", /^Requests/);
    const downloading = ben.page.waitForEvent("download");
    await ben.click("Download CSV");
    const download = await downloading;
    assert.equal(download.suggestedFilename(), "ambient-shows.csv");
    const csv = await readFile(await download.path(), "utf8");
    assert.match(csv, /^\uFEFFshow,title,started,/);
    assert.match(csv, /\r\n[\w-]+,Requests,/);
    await ben.isAccessible("summary with a setlist");
  });

  it("lets a listener save the setlist to their own Spotify, once", async () => {
    const setlist = dan.page.getByRole("region", { name: "Setlist" });
    assert.ok((await setlist.getByRole("listitem").count()) >= 2);
    await dan.isAccessible("setlist");
    await dan.click("Save to Spotify");
    await setlist.getByText("Saved as a private playlist.").waitFor();
    await dan.page.reload();
    await dan.click("Save to Spotify");
    await setlist.getByText("Already in your Spotify.").waitFor();
    const link = setlist.getByRole("link", { name: "OPEN SPOTIFY" });
    assert.match(
      (await link.getAttribute("href")) ?? "",
      /^https:\/\/open\.spotify\.com\/playlist\//,
    );
    // The creator learns how many people did so, but not who they are.
    await ben.page
      .getByText("Saved to Spotify")
      .locator("..")
      .getByText("1", { exact: true })
      .waitFor();
  });

  it("logs no errors in any console", () => {
    for (const person of [ben, dan]) person.assertNoErrors();
  });
});
