import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Locator, Page, Route } from "playwright-core";
import { z } from "zod";
import type { Endpoints } from "../../local/suite/endpoints.js";

export const desk = { width: 1360, height: 860 };
export const phone = { width: 390, height: 844 };

/** A function's answer to a caller without permission. */
export const denied = {
  status: 403,
  headers: { "access-control-allow-origin": "*" },
  json: { error: { code: 403, status: "PERMISSION_DENIED", message: "Denied." } },
};

/** On two cores, a function's first call can take many seconds. */
const PATIENCE_MS = 30_000;
/** Long enough that a network gap does not count as silence. */
const SILENCE_MS = 1_000;

const EXPECTED = [
  // A transaction collided with another write and Firestore's client retries it: ABORTED, or FAILED_PRECONDITION.
  // The browser logs each such response.
  /(409 \(Conflict\)|400 \(Bad Request\)).*\/documents:commit/,
  // Firestore's client closes a stream that the emulator has already closed.
  /400 \(Bad Request\).*Firestore\/(Listen|Write)\/channel.*TYPE=terminate/,
];
const pageScripts = ["hearing.js", "random.js", "voice.js"].map((name) =>
  fileURLToPath(import.meta.resolve(`./page/${name}`)),
);
const axeScript = readFile(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");

const violations = z.array(
  z.object({
    id: z.string(),
    nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
  }),
);

/** More Tab presses than any view has focusable elements. */
const MAX_STEPS = 80;

type Sound = "voice" | "music";

/** The host's slider counts in milliseconds, the listener's progress bar in seconds. */
const POSITION_S = `(({ ariaValueNow, value }) => Number(ariaValueNow ?? value / 1000))(
  document.querySelector('[aria-label="Track position"]'),
)`;

export interface DemoOptions {
  /** Omit to open the start page signed out. */
  readonly persona?: string;
  readonly place?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: "light" | "dark";
  readonly locale?: string;
}

/** The demo in its own browser context, as one person sees it. */
export class DemoPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly #errors: string[] = [];
  /** Opens the page as the person, in the address and without the place. */
  readonly #home: string;
  #isCut = false;

  private constructor(page: Page, home: string) {
    this.page = page;
    this.#home = home;
    this.context = page.context();
    page.on("pageerror", (error) => this.#errors.push(error.message));
    page.on("console", (message) => {
      if (message.type() !== "error" || this.#isCut) return;
      const error = `${message.text()} (${message.location().url})`;
      if (!EXPECTED.some((pattern) => pattern.test(error))) this.#errors.push(error);
    });
  }

  /** Opens the demo. With a persona, the page signs itself in through the local Spotify. */
  static async open(
    browser: Browser,
    { hosting }: Endpoints,
    {
      persona,
      place = "#/",
      viewport = desk,
      colorScheme = "light",
      locale = "en-US",
    }: DemoOptions = {},
  ): Promise<DemoPage> {
    assert.ok(hosting, "the suite serves the demo");
    const context = await browser.newContext({
      viewport,
      colorScheme,
      locale,
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(PATIENCE_MS);
    for (const path of pageScripts) await context.addInitScript({ path });
    const as = persona === undefined ? "" : `?as=${persona}`;
    const demo = new DemoPage(await context.newPage(), `http://${hosting}/${as}`);
    await demo.page.goto(demo.#home + place);
    await demo.page.getByRole("heading", { level: 1 }).waitFor();
    return demo;
  }

  /** The current hash route, to open in another page. */
  get place(): string {
    return new URL(this.page.url()).hash;
  }

  /** Goes to another page, as a link does. */
  async goTo(place: string): Promise<void> {
    await this.page.evaluate(`location.hash = ${JSON.stringify(place)}`);
  }

  /** Opens another tab for the same person. */
  async openTab(place: string): Promise<DemoPage> {
    const tab = new DemoPage(await this.context.newPage(), this.#home);
    await tab.page.goto(this.#home + place);
    return tab;
  }

  /**
   * Opens another tab for the same person in which sound still waits for a user gesture.
   * Playwright's calls count as a user gesture, so this makes none until the browser has refused to
   * play.
   */
  async openUntouched(place: string): Promise<DemoPage> {
    const tab = new DemoPage(await this.context.newPage(), this.#home);
    await tab.page.addInitScript(`
      const { play } = HTMLMediaElement.prototype;
      HTMLMediaElement.prototype.play = function () {
        const playing = play.call(this);
        playing.catch(() => console.debug("refused to play"));
        return playing;
      };
    `);
    const refused = tab.page.waitForEvent("console", (it) => it.text() === "refused to play");
    await tab.page.goto(this.#home + place);
    await refused;
    return tab;
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name, exact: typeof name === "string" });
  }

  async click(name: string | RegExp): Promise<void> {
    await this.button(name).click();
  }

  /** Resolves once the text is visible. */
  async sees(text: string | RegExp): Promise<void> {
    await this.#visible(text).waitFor();
  }

  async seesHeading(name: string | RegExp): Promise<void> {
    await this.page.getByRole("heading", { name }).waitFor();
  }

  async seesNoMore(text: string | RegExp): Promise<void> {
    await this.#visible(text).waitFor({ state: "hidden" });
  }

  /** Leaves out what only screen readers say: announcements stay in the page for some seconds. */
  #visible(text: string | RegExp): Locator {
    const shown = this.page.locator(":not(.visually-hidden, .visually-hidden *)");
    return this.page.getByText(text).and(shown).filter({ visible: true }).first();
  }

  /** The accessible name of the focused element, or an empty string if nothing has focus. */
  async focus(): Promise<string> {
    const name = await this.page.evaluate(`(({ ariaLabel, innerText, labels, tagName }) =>
      tagName === "BODY" ? "" : (ariaLabel ?? labels?.[0]?.innerText ?? innerText).trim()
    )(document.activeElement)`);
    return z.string().parse(name);
  }

  /** Presses Tab until the named element has focus. */
  async tabTo(name: string | RegExp): Promise<void> {
    const seen: string[] = [];
    for (let steps = 0; steps < MAX_STEPS; steps += 1) {
      await this.page.keyboard.press("Tab");
      const focus = await this.focus();
      if (typeof name === "string" ? focus === name : name.test(focus)) return;
      seen.push(focus);
    }
    assert.fail(`${String(name)} is not among ${seen.join(", ")}`);
  }

  /** Dismisses the messages over the top bar, as somebody in a hurry would. */
  async dismissToasts(): Promise<void> {
    // All at once: a message that disappears by itself cannot be clicked.
    await this.page.evaluate(`
      for (const button of document.querySelectorAll(".toast button")) button.click();
    `);
  }

  async write(comment: string): Promise<void> {
    await this.page.getByLabel("Your comment", { exact: true }).fill(comment);
    await this.click("Send");
  }

  /** Chooses an action from the menu of the only comment with this author; undefined is the person. */
  async onComment(author: string | undefined, action: string): Promise<void> {
    const menu =
      author === undefined ? "Options for your comment" : `Options for comment by ${author}`;
    await this.click(menu);
    await this.page.getByRole("menuitem", { name: action, exact: true }).click();
  }

  /** Chooses a harsh action in a person's dialog, and confirms it. */
  async confirm(action: string): Promise<void> {
    const choice = this.page.getByRole("dialog").getByRole("button", { name: action, exact: true });
    await choice.click();
    await this.button("Cancel").waitFor();
    await choice.click();
  }

  /** Resolves once the page plays the sound. */
  async hears(sound: Sound): Promise<void> {
    const isHeard = await this.page.evaluate(`hearing.begins("${sound}", ${PATIENCE_MS})`);
    assert.ok(isHeard, `no ${sound} was heard`);
  }

  /** Resolves once the sound has been silent for `SILENCE_MS`. */
  async hearsNo(sound: Sound): Promise<void> {
    const isSilent = await this.page.evaluate(
      `hearing.ceases("${sound}", ${SILENCE_MS}, ${PATIENCE_MS})`,
    );
    assert.ok(isSilent, `${sound} did not stop`);
  }

  /** Makes every later microphone request fail: blocked or not found. */
  async takeMicrophone(reason: "NotAllowedError" | "NotFoundError"): Promise<void> {
    await this.page.evaluate(
      `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "${reason}"))`,
    );
  }

  async giveMicrophone(): Promise<void> {
    await this.page.evaluate("delete navigator.mediaDevices.getUserMedia");
  }

  /** Holds the next request to `url` whose body contains `word`, until the test continues it. */
  async hold(url: string, word = ""): Promise<{ readonly route: Promise<Route> }> {
    const { promise, resolve } = Promise.withResolvers<Route>();
    let isHeld = false;
    await this.page.route(url, (route) => {
      if (isHeld || !(route.request().postData() ?? "").includes(word)) return route.fallback();
      isHeld = true;
      resolve(route);
      return undefined;
    });
    return { route: promise };
  }

  /**
   * Loses the answer to the next request to `url` whose body contains `word`: the server has received the request.
   * The result resolves once the answer is lost.
   */
  async loseAnswer(url: string, word = ""): Promise<{ readonly lost: Promise<void> }> {
    const { route: held } = await this.hold(url, word);
    const lose = async () => {
      const route = await held;
      await route.fetch();
      await route.abort();
    };
    return { lost: lose() };
  }

  /** The position of the playing track, as the page shows it. */
  async positionSeconds(): Promise<number> {
    return z.number().parse(await this.page.evaluate(POSITION_S));
  }

  /** Resolves once the displayed position has advanced. */
  async movesOn(): Promise<void> {
    await this.page.getByLabel("Track position").waitFor();
    const from = await this.positionSeconds();
    await this.page.waitForFunction(`${POSITION_S} > ${from}`);
  }

  async cutNetwork(): Promise<void> {
    this.#isCut = true;
    await this.context.setOffline(true);
  }

  async restoreNetwork(): Promise<void> {
    await this.context.setOffline(false);
  }

  /**
   * Call this after the page has recovered: while offline, the browser logs every failed request.
   */
  expectErrorsAgain(): void {
    this.#isCut = false;
  }

  /** Asserts no axe violations in light and dark mode, no horizontal overflow, and no motion, which the tests' browser reduces. */
  async isAccessible(view: string): Promise<void> {
    assert.equal(await this.page.evaluate("document.getAnimations().length"), 0, view);
    // Not as a script of the page, which a content security policy may forbid.
    if (!(await this.page.evaluate("'axe' in window"))) await this.page.evaluate(await axeScript);
    for (const [colorScheme, rules] of [
      ["light", {}],
      // The schemes differ in their colours alone.
      ["dark", { runOnly: ["color-contrast"] }],
    ] as const) {
      await this.page.emulateMedia({ colorScheme });
      const options = JSON.stringify({
        iframes: false,
        preload: false,
        resultTypes: ["violations"],
        ...rules,
      });
      const found = violations.parse(
        await this.page.evaluate(
          `axe.run(document, ${options}).then(({ violations }) => violations)`,
        ),
      );
      const lines = found.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary = "" }) => `${id}: ${html}\n  ${failureSummary}`),
      );
      assert.deepEqual(lines, [], `${view}, ${colorScheme}`);
    }
    await this.#fits(view);
  }

  /** Asserts no horizontal overflow on a screen of 320 px, and on a desk at 200 %. */
  async fitsSmallScreens(view: string): Promise<void> {
    const before = this.page.viewportSize();
    for (const size of [
      { width: 320, height: 568 },
      { width: desk.width / 2, height: desk.height / 2 },
    ]) {
      await this.page.setViewportSize(size);
      await this.#fits(`${view} at ${size.width} px`);
    }
    if (before) await this.page.setViewportSize(before);
  }

  async #fits(view: string): Promise<void> {
    const overflow = await this.page.evaluate(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    );
    assert.equal(overflow, 0, `${view} is wider than the screen`);
  }

  assertNoErrors(): void {
    assert.deepEqual(this.#errors, []);
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}

/** Continues a held Firestore request with changed content, which the rules refuse. */
export async function forge(route: Route, forged: (part: string) => string): Promise<void> {
  const parts = (route.request().postData() ?? "").split("&");
  await route.continue({ postData: parts.map(forged).join("&") });
}

/**
 * Creates a show with a playlist by clicking, and leaves the creator on the page with the “Go live”
 * button.
 */
export async function createShow(creator: DemoPage, title: string): Promise<void> {
  const { page } = creator;
  await page.getByRole("link", { name: "New show" }).click();
  await page.getByLabel("Title").fill(title);
  await creator.click("Create show");
  await creator.seesHeading(title);
  await choosePlaylist(creator);
}

/** Takes the first of the creator's playlists that has tracks. */
export async function choosePlaylist(creator: DemoPage): Promise<void> {
  await creator.click("Choose a playlist");
  await creator.page
    .getByRole("dialog")
    .getByRole("button", { name: /[1-9]\d* tracks?$/ })
    .first()
    .click();
  await creator.sees(/, \d+ tracks?$/);
}
