import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { rewrite } from "../support/adminSide.js";
import { runningSuite } from "../support/suite.js";
import { openBrowser } from "./browser.js";
import { DemoPage, denied, phone } from "./demoPage.js";
import "./tellPagesOnFailure.js";

/** Markup in a title is text. */
const title = "Sèvres <i>session</i>";
/** More than a page, and less than two. */
const LONG = 25;
/** A search for two words looks through 60 shows at a time. */
const FOUND = 61;
const nobody = { displayName: { stringValue: "Nobody" }, photoUrl: { nullValue: null } };
const version = { stringValue: "1.0.0" };

/** Following, tags, search and a creator's page, by clicks, and each accessible. */
describe("discovery in the demo", () => {
  let endpoints: Endpoints;
  let browser: Browser;
  let cleo: DemoPage;
  let dan: DemoPage;
  /** Of Cleo's page. */
  let place: string;

  before(async () => {
    endpoints = await runningSuite();
    const values = ["folk", "jazz", "soul", "talk"].map((stringValue) => ({ stringValue }));
    await rewrite(endpoints, "config/client", {
      minVersions: { mapValue: { fields: { ios: version, android: version, web: version } } },
      features: { mapValue: {} },
      tags: { arrayValue: { values } },
    });
    await Promise.all(Array.from({ length: FOUND }, (_, index) => twilight(index)));
    browser = await openBrowser();
    cleo = await DemoPage.open(browser, endpoints, { persona: "creator-cleo", place: "#/new" });
    dan = await DemoPage.open(browser, endpoints, { persona: "listener-dan", viewport: phone });
  });
  after(async () => {
    await browser.close();
    await rewrite(endpoints, "config/client", { tags: undefined });
  });

  const heading = (page: DemoPage, name: string) =>
    page.page.getByRole("heading", { name, exact: true });
  const section = (page: DemoPage, name: string) =>
    page.page.getByRole("region", { name, exact: true });
  const twilight = (index: number) =>
    rewrite(endpoints, `showSearch/twilight-${index}`, {
      creatorUid: { stringValue: "spotify_nobody" },
      creator: { mapValue: { fields: nobody } },
      title: { stringValue: "Twilight" },
      status: { stringValue: "ended" },
      rank: { integerValue: "2" },
      at: { timestampValue: new Date(index).toISOString() },
      prefixes: { arrayValue: { values: [{ stringValue: "twilight" }] } },
    });
  const link = (page: DemoPage, name: string) => page.page.getByRole("link", { name, exact: true });

  it("lets a show have three tags, but not four", async () => {
    await cleo.seesHeading("New show");
    await cleo.page.getByLabel("Title").fill(title);
    for (const tag of ["jazz", "soul", "talk"]) await cleo.page.getByLabel(tag).check();
    assert.ok(await cleo.page.getByLabel("folk").isDisabled());
    await cleo.page.getByLabel("talk").uncheck();
    await cleo.isAccessible("tags of a new show");
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
    await cleo.page.getByLabel("Start time").fill(tomorrow);
    await cleo.click("Schedule show");
    await cleo.seesHeading(title);
    // The second click comes while the first is still being saved.
    const tag = (name: string, checked: boolean) =>
      cleo.page.getByRole("checkbox", { name, checked });
    await tag("soul", true).click();
    await tag("talk", false).click();
    await cleo.isAccessible("tags of an announced show");
    const again = await cleo.openTab(cleo.place);
    await again.page.getByRole("checkbox", { name: "talk", checked: true }).waitFor();
    await again.page.getByRole("checkbox", { name: "soul", checked: false }).waitFor();
    await again.page.evaluate(`
      navigator.clipboard.writeText = () => Promise.reject(new Error());
      navigator.share = async ({ url }) => { globalThis.shared = url };
    `);
    await again.click("Copy link");
    await again.page
      .getByRole("link", { name: `/s/${cleo.place.split("/").at(-1) ?? ""}` })
      .waitFor();
    await again.isAccessible("a link that was not copied");
    await again.click("Share");
    const id = cleo.place.split("/").at(-1) ?? "";
    await again.page.waitForFunction(`globalThis.shared?.endsWith("/s/${id}")`);
    await again.page.close();
  });

  it("finds the show by its tag, and under “Following” once a listener follows its creator", async () => {
    await link(dan, title).waitFor();
    assert.equal(await heading(dan, "Following").count(), 0);
    await dan.click("folk");
    await dan.sees("Nothing scheduled yet");
    await dan.click("jazz");
    await link(dan, title).waitFor();
    await dan.isAccessible("discovery by tag on a phone");
    await dan.click("jazz");
    const follow = section(dan, "Coming up").getByRole("button", { name: /^Follow Cléo/ });
    await follow.first().click();
    const following = section(dan, "Following");
    await following.getByRole("link", { name: title, exact: true }).waitFor();
    await following
      .getByRole("button", { name: /^Unfollow Cléo/ })
      .first()
      .waitFor();
    await dan.isAccessible("following on a phone");
  });

  it("finds the show and its creator by the beginnings of words", async () => {
    const search = dan.page.getByLabel("Search shows and creators");
    await search.fill("SEVR cle");
    const found = section(dan, "Shows").getByRole("link", { name: new RegExp(title.slice(7)) });
    await found.waitFor();
    assert.equal(await section(dan, "Creators").count(), 0, "nobody has that name");
    await section(dan, "Shows")
      .getByRole("button", { name: /^Unfollow Cléo/ })
      .waitFor();
    await dan.isAccessible("search on a phone");
    await search.fill("🎧");
    await dan.sees("No results for “🎧”");
    await dan.isAccessible("nothing found");
    await search.fill("twilight zebra");
    await dan.sees("No results yet for “twilight zebra”");
    await dan.isAccessible("a search that can go on");
    await dan.click("Keep searching: Shows");
    await dan.sees("No results for “twilight zebra”");
    await search.fill("cleo");
    await section(dan, "Creators").getByRole("link").first().click();
    await dan.seesHeading(/^Cléo/);
    place = dan.place;
  });

  it("loads long lists page by page", async () => {
    const titles = Array.from({ length: LONG }, (_, index) => `Evening ${index + 1}`);
    const at = (index: number) => new Date(Date.now() + (48 + index) * 3_600_000).toISOString();
    const show = (index: number, status: string) =>
      rewrite(endpoints, `shows/evening-${index}`, {
        creatorUid: { stringValue: "spotify_nobody" },
        creator: { mapValue: { fields: nobody } },
        title: { stringValue: titles[index] },
        visibility: { stringValue: "public" },
        status: { stringValue: status },
        scheduledFor: { timestampValue: at(index) },
        createdAt: { timestampValue: at(0) },
        updatedAt: { timestampValue: at(0) },
      });
    await Promise.all(titles.map((_, index) => show(index, "scheduled")));
    const gus = await DemoPage.open(browser, endpoints, { persona: "listener-gus" });
    const last = link(gus, `Evening ${LONG}`);
    await link(gus, "Evening 1").waitFor();
    assert.equal(await last.count(), 0);
    await gus.isAccessible("a list with more");
    await gus.click("More: Coming up");
    await last.waitFor();
    await gus.button("More: Coming up").waitFor({ state: "detached" });
    assert.equal(await link(gus, "Evening 1").count(), 1);
    await gus.page.getByLabel("Search shows and creators").fill("twilight");
    await section(gus, "Shows").getByRole("listitem").nth(19).waitFor();
    await gus.click("More: Shows");
    await section(gus, "Shows").getByRole("listitem").nth(39).waitFor();
    gus.assertNoErrors();
    await gus.close();
    await Promise.all(titles.map((_, index) => show(index, "cancelled")));
  });

  it("shows a creator's coming and past shows", async () => {
    await section(dan, "Coming up").getByRole("link", { name: title, exact: true }).waitFor();
    await dan.sees(/^1 follower$/);
    await dan.isAccessible("a creator on a phone");
    await dan.page.setViewportSize({ width: 1360, height: 860 });
    await dan.isAccessible("a creator on a desk");
    await dan.page.getByRole("link", { name: /^Your account/ }).click();
    await dan.button(/^Turn off notifications about Cléo/).click();
    await dan.button(/^Notify me about Cléo/).waitFor();
    await dan.isAccessible("people whom one follows");
    await cleo.page.getByRole("link", { name: /^Your account/ }).click();
    await section(cleo, "Your followers").getByRole("link").first().waitFor();
    await cleo.isAccessible("followers");
    await dan.button(/^Unfollow Cléo/).click();
    await dan.sees("You're not following anyone.");
  });

  it("says that a creator is missing or blocked", async () => {
    const lost = await dan.openTab("#/creator/spotify_nobody");
    await lost.seesHeading("Creator not found");
    await lost.isAccessible("nobody's page");
    await lost.page.close();
    const tab = await dan.openTab(place);
    await tab.click(/^Block Cléo/);
    await tab.seesHeading("You blocked this person");
    await tab.isAccessible("a blocked person's page");
    await tab.click("Unblock");
    await tab.seesHeading(/^Cléo/);
    await tab.click("Report");
    await tab.page.getByLabel("What's wrong?").fill("Pretends to be somebody else.");
    await tab.isAccessible("reporting a person");
    await tab.click("Send report");
    await tab.sees("Thanks. Our admins will look into it.");
    await tab.page.close();
  });

  it("loads followers again after a failure", async () => {
    const tab = await cleo.openTab("#/");
    await tab.seesHeading("Live & upcoming");
    await tab.page.route("**/listFollowers", (route) => route.fulfill(denied), { times: 1 });
    await tab.page.getByRole("link", { name: /^Your account/ }).click();
    await tab.click("Try again: Your followers");
    await tab.sees("No followers yet.");
    await tab.page.close();
  });

  it("lets the creator cancel the show", async () => {
    await cleo.page.goBack();
    await cleo.click("Cancel show");
    await cleo.click("Cancel now");
    await cleo.seesHeading(/was cancelled$/);
  });

  it("logs no errors", () => {
    for (const page of [cleo, dan]) page.assertNoErrors();
  });
});
