import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { z } from "zod";
import { isolated } from "../../demo/src/words/isolated.js";
import { phoneOf, type Phone } from "../../local/clientApp/ambient.js";
import type { Endpoints } from "../../local/suite/endpoints.js";
import { eventually } from "../../functions/test/support/eventually.js";
import { rewrite } from "../support/adminSide.js";
import { first } from "../support/subscribed.js";
import { runningSuite } from "../support/suite.js";
import { addComments } from "./addComments.js";
import { addSongRequests } from "./addSongRequests.js";
import { openBrowser } from "./browser.js";
import { countTargets } from "./countTargets.js";
import { createShow, DemoPage, desk, phone } from "./demoPage.js";
import { addEarlierArrivals } from "./earlierArrivals.js";
import "./tellPagesOnFailure.js";

const number = async ({ page }: DemoPage, expression: string) =>
  z.number().parse(await page.evaluate(expression));
const LIST = 'document.querySelector(".comments")';
const isAtTheEnd = ({ page }: DemoPage) =>
  page.waitForFunction(`${LIST}.scrollHeight - ${LIST}.scrollTop - ${LIST}.clientHeight < 2`);
const scrollTo = ({ page }: DemoPage, id: string) =>
  page.evaluate(`document.querySelector('[data-comment="${id}"]').scrollIntoView()`);
const scrollToTop = ({ page }: DemoPage) => page.evaluate(`${LIST}.scrollTop = 0`);
/** Where a comment stands in the list, in pixels. */
const topOf = (person: DemoPage, id: string) =>
  number(
    person,
    `document.querySelector('[data-comment="${id}"]').getBoundingClientRect().top - ${LIST}.getBoundingClientRect().top`,
  );

/** Comments, their authors, and what hosts do about them. */
describe("the demo's chat", () => {
  let endpoints: Endpoints;
  let browser: Browser;
  let ben: DemoPage;
  let dan: DemoPage;
  let gus: Phone;
  let showId: string;

  const texts = (count: number, text: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => text(index + 1));

  before(async () => {
    endpoints = await runningSuite();
    browser = await openBrowser();
    ben = await DemoPage.open(browser, endpoints, { persona: "creator-ben" });
    await createShow(ben, "Chatty");
    await ben.click("Go live");
    await ben.sees("On stage");
    showId = ben.place.split("/").at(-1) ?? "";
    dan = await DemoPage.open(browser, endpoints, {
      persona: "listener-dan",
      place: ben.place,
      viewport: phone,
    });
    await dan.sees("On stage");
    await dan.click("Chat");
    gus = await phoneOf(endpoints, "listener-gus");
  });
  after(async () => {
    await ben.click("End show");
    await ben.click("End now");
    await ben.seesHeading("Your show summary");
    await gus.close();
    await browser.close();
  });

  it("listens to 18 documents and queries, as a host and as a listener", async () => {
    for (const { page } of [ben, dan]) {
      const targets = countTargets(page);
      await page.reload();
      let [count, looks] = [0, 0];
      await eventually("a number of targets that stays the same", () => {
        looks = targets() === count ? looks + 1 : 0;
        count = targets();
        return Promise.resolve((count > 0 && looks > 20) || undefined);
      });
      assert.equal(count, 18);
    }
  });

  it("needs few Tab presses to reach the comment field", async () => {
    await addEarlierArrivals(endpoints, showId, 100);
    await addComments(
      endpoints,
      showId,
      texts(50, (index) => `Comment ${index}.`),
    );
    await addSongRequests(endpoints, showId, 12);
    for (const person of [ben, dan]) await person.sees("Comment 50.");
    await ben.button("Decline Song 12").waitFor();
    await dan.page.setViewportSize(desk);
    for (const [person, limit] of [
      [ben, 30],
      [dan, 25],
    ] as const) {
      await person.page.evaluate("document.querySelector('.brand').focus()");
      let stops = 1;
      for (; (await person.focus()) !== "Your comment"; stops += 1) {
        assert.ok(stops <= limit, `${stops} stops, and not yet in the field`);
        await person.page.keyboard.press("Tab");
      }
      // One more from the top, with the skip links.
      await person.page.evaluate("document.querySelector('#main').focus()");
      await person.tabTo("Skip to comment field");
      await person.page.keyboard.press("Enter");
      assert.equal(await person.focus(), "Your comment");
    }
    await dan.page.setViewportSize(phone);
    const menu = "Options for comment by Talkative";
    await ben.page.keyboard.press("Shift+Tab");
    assert.equal(await ben.focus(), menu);
    const focused = () =>
      ben.page.evaluate("document.activeElement.closest('[data-comment]').dataset.comment");
    assert.equal(await focused(), "added-49", "Tab reaches the newest comment");
    await ben.page.keyboard.press("ArrowUp");
    assert.equal(await focused(), "added-48");
    await ben.page.keyboard.press("Home");
    assert.equal(await focused(), "added-0");
    await ben.page.keyboard.press("End");
    assert.equal(await focused(), "added-49");
  });

  it("follows the newest comment, keeps a reader's place, and loads earlier ones above it", async () => {
    const tall = "A tall comment. ".repeat(25);
    for (let index = 0; index < 2; index += 1) {
      await addComments(endpoints, showId, [`${index} ${tall}`], `tall${index}-`);
      for (const person of [ben, dan]) {
        await person.page.locator(`[data-comment="tall${index}-0"]`).waitFor();
        await isAtTheEnd(person);
      }
    }
    // Reading: nothing moves, neither for new comments nor for those that they push out.
    for (const person of [ben, dan]) await scrollTo(person, "added-20");
    await dan.page.getByText(/^Earlier/).waitFor({ state: "attached" });
    const before = await Promise.all([ben, dan].map((person) => topOf(person, "added-20")));
    await addComments(
      endpoints,
      showId,
      texts(30, (index) => `Later ${index}.`),
      "later-",
    );
    for (const person of [ben, dan]) await person.button("30 new comments").waitFor();
    const after = await Promise.all([ben, dan].map((person) => topOf(person, "added-20")));
    for (const [index, top] of after.entries()) {
      assert.ok(
        Math.abs(top - (before[index] ?? NaN)) < 2,
        `moved from ${before[index]} to ${top}`,
      );
    }
    await dan.isAccessible("a pill for new comments");
    // Earlier ones load above the first row, which stays where it is.
    await scrollToTop(ben);
    const top = z
      .string()
      .parse(await ben.page.locator("[data-comment]").first().getAttribute("data-comment"));
    const firstTop = await topOf(ben, top);
    await ben.click("Earlier comments");
    await ben.page.locator('[data-comment="added-0"]').waitFor({ state: "attached" });
    assert.ok(Math.abs((await topOf(ben, top)) - firstTop) < 60);
    assert.notEqual(await ben.focus(), "");
    for (const person of [ben, dan]) {
      await person.click("30 new comments");
      await isAtTheEnd(person);
      assert.match(await person.focus(), /^Options for comment/);
      await person.page.waitForFunction(
        'document.querySelectorAll("[data-comment]").length === 50',
      );
    }
  });

  it("keeps the comment field in view, with a pin, a banner, a keyboard and at any size", async () => {
    await addComments(endpoints, showId, ["A pin that goes on and on. ".repeat(15)], "pin-");
    await ben.page.locator('[data-comment="pin-0"] [aria-haspopup]').click();
    await ben.page.getByRole("menuitem", { name: "Pin" }).click();
    await dan.page.getByRole("complementary", { name: "Pinned comment" }).waitFor();
    await dan.cutNetwork();
    await dan.sees("You're offline.");
    const problems: string[] = [];
    for (const [width, height] of [
      [390, 844],
      [390, 420],
      [320, 568],
      [680, 430],
      [1360, 860],
      [1024, 600],
    ] as const) {
      await dan.page.setViewportSize({ width, height });
      const field = await dan.page.getByLabel("Your comment", { exact: true }).boundingBox();
      const list = await dan.page.locator(".comments").boundingBox();
      const foot = await dan.page.locator(".show-foot").boundingBox();
      const size = `${width} × ${height}`;
      const end = foot?.y ?? height;
      if (!field || field.y + field.height > end) problems.push(`the field is covered at ${size}`);
      if (!list || list.height < 60) problems.push(`no room for comments at ${size}`);
    }
    await dan.page.setViewportSize(phone);
    const header = await dan.page.locator(".show-header").boundingBox();
    await dan.click("Stage");
    const wholeHeader = await dan.page.locator(".show-header").boundingBox();
    await dan.click("Chat");
    await dan.restoreNetwork();
    await dan.seesNoMore("You're offline.");
    dan.expectErrorsAgain();
    assert.deepEqual(problems, []);
    assert.ok((header?.height ?? Infinity) <= 60, "the header takes a line or two");
    assert.ok((wholeHeader?.height ?? Infinity) <= phone.height / 10, "even with all actions");
    await ben.click("Remove pin");
  });

  it("replies to a comment, and tells the person whom it addresses", async () => {
    const show = await gus.ambient.join(showId);
    const id = await show.comments.send("Which record is this?");
    const question = dan.page.locator(`[data-comment="${id}"]`);
    await question.getByRole("button").click();
    await dan.isAccessible("a comment's menu");
    await dan.page.keyboard.press("Enter");
    await dan.sees("Replying to");
    assert.equal(await dan.focus(), "Your comment");
    await dan.isAccessible("replying");
    await dan.page.keyboard.press("Escape");
    await dan.seesNoMore("Replying to");
    await question.getByRole("button").click();
    await dan.page.getByRole("menuitem", { name: "Reply" }).click();
    await dan.write("The second one.");
    const quote = dan.button(/In reply to Gus van der Meer/);
    await quote.waitFor();
    await dan.seesNoMore("Replying to");
    await quote.press("Enter");
    assert.equal(await dan.focus(), "Options for comment by Gus van der Meer");
    const [answer] = await first(show.comments.latest, ([newest]) => newest?.replyTo !== undefined);
    await show.comments.delete(id);
    await dan.click("Show original");
    await dan.sees("Original unavailable");
    assert.ok(answer);
    await show.comments.send("Thank you!", { replyTo: answer, mentions: [answer.authorUid] });
    await dan.sees("Replied to you");
    await dan.page.getByText("Gus van der Meer replied to you: Thank you!").waitFor();
  });

  it("suggests people to mention, works by keyboard, and makes links clickable", async () => {
    const field = ben.page.getByLabel("Your comment", { exact: true });
    await field.fill("Listen, @gus");
    const option = ben.page.getByRole("listbox", { name: "People to mention" }).getByRole("option");
    await option.first().waitFor();
    assert.deepEqual(await option.allInnerTexts(), ["Gus van der Meer"]);
    await ben.isAccessible("suggested people");
    await ben.page.keyboard.press("Backspace");
    await ben.page.keyboard.press("ArrowDown");
    await ben.page.keyboard.press("Enter");
    assert.equal(await field.inputValue(), "Listen, @Gus van der Meer ");
    await ben.page.keyboard.type("<b>https://example.com/a</b>.");
    await ben.click("Send");
    const row = dan.page.getByRole("listitem").filter({ hasText: "Listen," });
    await row.getByText("@Gus van der Meer").waitFor();
    await row.getByText("Host", { exact: true }).waitFor();
    const link = row.getByRole("link");
    assert.equal(await link.getAttribute("href"), "https://example.com/a");
    assert.equal(await link.getAttribute("rel"), "noopener noreferrer nofollow ugc");
    assert.equal(await row.locator("b").count(), 0);
    await dan.isAccessible("a mention and a link");
    await ben.onComment(undefined, "Pin");
    const pin = dan.page.getByRole("complementary", { name: "Pinned comment" });
    await pin.getByRole("button", { name: "Show more" }).click();
    await pin.getByRole("link", { name: "https://example.com/a" }).waitFor();
    await pin.getByText("@Gus van der Meer").waitFor();
    await pin.getByText("Host", { exact: true }).waitFor();
    await dan.isAccessible("a pinned link");
    await ben.click("Remove pin");
  });

  it("keeps a half-written comment while the person looks at another page", async () => {
    const field = dan.page.getByLabel("Your comment", { exact: true });
    await field.fill("Half a thought");
    await dan.page.getByRole("link", { name: /^Your account/ }).click();
    await dan.seesHeading("Your account");
    await dan.page.goBack();
    await dan.click("Chat");
    assert.equal(await field.inputValue(), "Half a thought");
    await field.fill("");
  });

  it("applies slow mode only to listeners, and says how long they wait", async () => {
    await dan.write("Slowly.");
    await ben.page.getByLabel("Slow mode").selectOption("30 seconds");
    await dan.sees("Slow mode: one comment every 30 seconds.");
    await dan.button(/^Next comment in \d+ s\.$/).waitFor();
    await ben.write("At once.");
    assert.equal(await ben.page.getByText(/one comment every/).count(), 0);
    await ben.button("Send").waitFor();
    await ben.page.getByLabel("Slow mode").selectOption("5 minutes");
    await dan.sees("Slow mode: one comment every 5 minutes.");
    await ben.page.getByLabel("Slow mode").selectOption("Off");
    await dan.button("Send").waitFor();
    const field = dan.page.getByLabel("Your comment", { exact: true });
    await field.fill("\u3164\u200B");
    assert.ok(await dan.button("Send").isDisabled(), "nothing of it can be seen");
    await field.fill("");
  });

  it("asks before a ban, and hides all comments of the person with their pin", async () => {
    const menu = ben.page
      .getByRole("listitem")
      .filter({ hasText: "Thank you!" })
      .getByRole("button", { name: /^Options/ });
    await menu.click();
    await ben.page.getByRole("menuitem", { name: "Pin" }).click();
    const pin = dan.page.getByRole("complementary", { name: "Pinned comment" });
    await pin.waitFor();
    await menu.click();
    await ben.page.getByRole("menuitem", { name: "View Gus van der Meer" }).click();
    await ben.button("Follow Gus van der Meer").waitFor();
    await ben.click("Remove and ban");
    await ben.seesHeading(`Ban ${isolated("Gus van der Meer")}?`);
    await ben.isAccessible("the question before a ban");
    await ben.page.getByRole("switch", { name: "Hide all their comments" }).click();
    await ben.click("Remove and ban");
    await dan.seesNoMore("Thank you!");
    await pin.waitFor({ state: "hidden" });
    await ben.sees("Hidden from listeners");
  });

  it("takes 350 comments, long words and names, right-to-left text and markup, on a narrow and a zoomed page", async () => {
    const bad = [
      "W".repeat(400),
      "<img src=x onerror=alert(1)><script>alert(2)</script>",
      "שלום לכולם, https://example.com/שיר!",
    ];
    const spam = texts(297, (index) => `Spam ${index}.`);
    const name = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschafers";
    await rewrite(endpoints, `shows/${showId}/participants/spotify_early0`, {
      displayName: { stringValue: name },
      role: { stringValue: "speaker" },
    });
    await addComments(endpoints, showId, [...spam, ...bad], "spam-", name);
    for (const person of [ben, dan]) {
      await person.sees("שלום לכולם,");
      await isAtTheEnd(person);
    }
    assert.equal(await dan.page.locator(".comment img, .comment script").count(), 0);
    const direction = await dan.page.evaluate(
      `getComputedStyle(document.querySelector('[data-comment="spam-299"] .comment-text')).direction`,
    );
    assert.equal(direction, "rtl");
    await dan.page.setViewportSize({ width: 320, height: 568 });
    await dan.isAccessible("bad input on 320 px");
    for (const panel of ["People", "Stage", "Chat"]) {
      await dan.click(panel);
      await dan.fitsSmallScreens(`a long name under ${panel}`);
    }
    await ben.page.setViewportSize({ width: 680, height: 430 });
    await ben.click("Chat");
    await ben.isAccessible("bad input at 200 %");
    await ben.page.setViewportSize(desk);
    const atEnd = await number(ben, 'document.querySelectorAll(".panel-comments *").length');
    for (let count = 100; count <= 350; count += 50) {
      await scrollToTop(ben);
      await ben.click("Earlier comments");
      await ben.page.waitForFunction(
        `document.querySelectorAll("[data-comment]").length >= ${count}`,
      );
    }
    const reading = await number(ben, 'document.querySelectorAll(".panel-comments *").length');
    assert.ok(atEnd < 650, `${atEnd} nodes`);
    assert.ok(reading < 4_200, `${reading} nodes`);
  });

  it("logs no errors in any console", () => {
    for (const person of [ben, dan]) person.assertNoErrors();
  });
});
