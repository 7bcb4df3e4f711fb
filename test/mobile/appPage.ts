import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page, Route } from "playwright-core";
import { z } from "zod";
import type { Endpoints } from "../../local/suite/endpoints.js";

export const phone = { width: 390, height: 844 };

/** On two cores, a function's first call can take many seconds. */
const PATIENCE_MS = 30_000;

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".png": "image/png",
  ".json": "application/json",
};

const voiceScript = fileURLToPath(import.meta.resolve("../browser/page/voice.js"));
const axeScript = readFile(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const violations = z.array(
  z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }),
);

/** The app's web build on one person's phone. No server is needed: its files answer at the redirect URI's origin. */
export class AppPage {
  readonly page: Page;
  readonly #origin: string;

  private constructor(page: Page, origin: string) {
    this.page = page;
    this.#origin = origin;
  }

  static async open(
    browser: Browser,
    build: string,
    endpoints: Endpoints,
    { path = "/", colorScheme = "light" }: { path?: string; colorScheme?: "light" | "dark" } = {},
  ): Promise<AppPage> {
    const context = await browser.newContext({
      viewport: phone,
      colorScheme,
      reducedMotion: "reduce",
      deviceScaleFactor: 2,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    await context.addInitScript({ path: voiceScript });
    const { origin } = new URL(endpoints.redirectUri);
    await serve(context, origin, build, endpoints);
    const app = new AppPage(await context.newPage(), origin);
    await app.goTo(path);
    return app;
  }

  async goTo(path: string): Promise<void> {
    await this.page.goto(`${this.#origin}${path}`);
  }

  /** Signs in on Spotify's page, which opens in a second window. */
  async signIn(name: string): Promise<void> {
    const opened = this.page.waitForEvent("popup");
    await this.press("Continue with Spotify");
    const consent = await opened;
    await consent.getByRole("link", { name }).first().click();
    await this.page.getByRole("tab", { name: "Discover" }).waitFor();
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole("button", { name }).click();
  }

  async openTab(name: string): Promise<void> {
    await this.page.getByRole("tab", { name }).click();
  }

  async write(label: string, text: string): Promise<void> {
    await this.page.getByRole("textbox", { name: label }).fill(text);
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor();
  }

  /** Scrolls down, as far as the list goes each time, until the text is there. */
  async scrollTo(text: string): Promise<void> {
    await this.page.waitForFunction(`
      [...document.querySelectorAll("[role=main]")].some((main) => {
        main.scrollTop = main.scrollHeight;
        return main.textContent.includes(${JSON.stringify(text)});
      })`);
    await this.page.getByText(text).scrollIntoViewIfNeeded();
  }

  /** Doubles the text, as the system's setting for text does on a phone, for as long as `look` runs. */
  async withLargeText<Seen>(look: () => Promise<Seen>): Promise<Seen> {
    await this.page.evaluate(scaleText(2));
    const seen = await look();
    await this.page.evaluate(scaleText(0.5));
    return seen;
  }

  /** The texts that reach beyond the edge of the screen. */
  async textsCutOff(): Promise<readonly string[]> {
    const found = await this.page.evaluate(`
      [...document.querySelectorAll("[dir=auto]")]
        .filter((element) => element.getBoundingClientRect().right > window.innerWidth)
        .map((element) => element.textContent)`);
    return z.array(z.string()).parse(found);
  }

  /** What axe-core finds on the screen. */
  async accessibilityProblems(): Promise<readonly string[]> {
    await this.page.evaluate(await axeScript);
    const found: unknown = await this.page.evaluate(
      `axe.run({ runOnly: ["wcag2a", "wcag2aa"] }).then(({ violations }) => violations)`,
    );
    return violations
      .parse(found)
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  }
}

async function serve(
  context: BrowserContext,
  origin: string,
  build: string,
  endpoints: Endpoints,
): Promise<void> {
  const file = async (path: string) => {
    // Each path without a file is a screen of the app.
    const name = extname(path) === "" ? "index.html" : path;
    const body = await readFile(join(build, name)).catch(() => undefined);
    return { body, contentType: types[extname(name)] ?? "application/octet-stream" };
  };
  await context.route(`${origin}/**`, async (route: Route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/endpoints.json") {
      await route.fulfill({ json: endpoints });
      return;
    }
    const { body, contentType } = await file(pathname);
    await route.fulfill(body ? { body, contentType } : { status: 404 });
  });
  // Playwright does not pass a redirect's target to `route`, so Spotify's page goes there by itself.
  await context.route(`http://${endpoints.spotify}/authorize*`, async (route: Route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    const { location } = response.headers();
    if (location === undefined) await route.fulfill({ response });
    else await route.fulfill({ contentType: "text/html", body: goingTo(location) });
  });
}

const goingTo = (address: string) =>
  `<!doctype html><title>Spotify</title><script>location.replace(${JSON.stringify(address)})</script>`;

/** React Native Web keeps the styles of its text in rules; text that must not scale has inline styles. */
const scaleText = (by: number) => `
  for (const { cssRules } of document.styleSheets) {
    for (const { style } of cssRules) {
      for (const name of ["font-size", "line-height"]) {
        const size = parseFloat(style?.getPropertyValue(name));
        if (style?.getPropertyValue(name).endsWith("px")) style.setProperty(name, size * ${by} + "px");
      }
    }
  }`;
