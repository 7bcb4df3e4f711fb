import assert from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { rolldown } from "rolldown";
import { z } from "zod";
import { buildClient, clientDirectory } from "../../client/release/buildClient.js";
import { authorizeAt } from "../../local/clientApp/signIn.js";
import { listen } from "../../local/http/listen.js";
import type { Endpoints } from "../../local/suite/endpoints.js";

const PATIENCE_MS = 15_000;

const state = z.object({
  early: z.string(),
  sound: z.string(),
  microphone: z.string(),
  network: z.string(),
  presence: z.string(),
  voices: z.array(z.string()),
  /** The uids, sorted and joined, so that `is` compares the whole list. */
  microphonesOn: z.string(),
  isHeard: z.boolean(),
});

/** Serves a page with the client package, bundled as an app would bundle it. */
export async function serveClient() {
  await buildClient();
  const bundle = await rolldown({
    input: fileURLToPath(new URL("./page/client.js", import.meta.url)),
    platform: "browser",
    resolve: {
      alias: {
        "@ambient/client/audio": join(clientDirectory, "dist/audio.js"),
        "@ambient/client": join(clientDirectory, "dist/index.js"),
      },
    },
  });
  const { output } = await bundle.generate({ format: "esm" });
  await bundle.close();
  const files = new Map(
    output.map((file) => [
      `/${file.fileName}`,
      file.type === "chunk" ? file.code : String(file.source),
    ]),
  );
  const page =
    '<!doctype html><title>Ambient</title><script type="module" src="/client.js"></script>';
  return listen({
    name: "The client page's server",
    host: "127.0.0.1",
    port: 0,
    serve(message: IncomingMessage, response: ServerResponse) {
      const path = message.url ?? "/";
      const content = path === "/" ? page : files.get(path);
      response
        .writeHead(content === undefined ? 404 : 200, {
          "content-type": `${path === "/" ? "text/html" : "text/javascript"}; charset=utf-8`,
        })
        .end(content);
      return Promise.resolve();
    },
  });
}

async function openPage(context: BrowserContext, url: string, endpoints: Endpoints, early = "") {
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(url);
  await page.waitForFunction("globalThis.client !== undefined");
  await page.evaluate(`client.open(${JSON.stringify(endpoints)}); ${early}`);
  return { page, errors };
}

export class ClientPage {
  readonly uid: string;
  readonly context: BrowserContext;
  readonly #page: Page;
  readonly #errors: readonly string[];

  private constructor(uid: string, page: Page, errors: readonly string[]) {
    this.uid = uid;
    this.context = page.context();
    this.#page = page;
    this.#errors = errors;
  }

  /** Opens a page in its own browser context, which behaves like a separate device. */
  static async open(
    browser: Browser,
    url: string,
    endpoints: Endpoints,
    persona: string,
  ): Promise<ClientPage> {
    const { page, errors } = await openPage(await browser.newContext(), url, endpoints);
    const request = JSON.stringify(await authorizeAt(endpoints, persona));
    const uid = z.string().parse(await page.evaluate(`client.signIn(${request})`));
    return new ClientPage(uid, page, errors);
  }

  /**
   * Opens another tab in the same browser, where the person is already signed in. `early` runs
   * before the page has restored the sign-in.
   */
  async openTab(endpoints: Endpoints, early = ""): Promise<ClientPage> {
    const { page, errors } = await openPage(this.context, this.#page.url(), endpoints, early);
    await page.waitForFunction("client.ambient.account.uid.current");
    return new ClientPage(this.uid, page, errors);
  }

  /** Resolves once the local cache is cleared, whichever tab signed out. */
  async signOut(): Promise<void> {
    await this.#ask("client.signOut()");
  }

  /** The names of Firestore's databases in the browser's local storage that hold anything. */
  async caches(): Promise<readonly string[]> {
    return z.array(z.string()).parse(await this.#ask("client.caches()"));
  }

  async closeTab(): Promise<void> {
    await this.#page.close();
  }

  async create(title: string): Promise<string> {
    return z.string().parse(await this.#ask(`client.create(${JSON.stringify(title)})`));
  }

  async enter(how: "join" | "start", showId: string): Promise<void> {
    await this.#ask(`client.enter("${how}", ${JSON.stringify(showId)})`);
  }

  /** Calls an operation on a part of the show, or on its sound. */
  async do(part: string, operation: string, ...args: readonly unknown[]): Promise<void> {
    const list = [part, operation, ...args].map((arg) => JSON.stringify(arg)).join(", ");
    await this.#ask(`(async () => { await client.do(${list}); })()`);
  }

  async fails(reason: string, part: string, operation: string): Promise<void> {
    const work = `Promise.resolve(client.do("${part}", "${operation}"))`;
    const found = await this.#ask(`${work}.then(() => "no reason", (error) => error.reason)`);
    assert.equal(found, reason);
  }

  async refuseMicrophone(isRefused: boolean): Promise<void> {
    await this.#ask(`client.microphoneIsRefused = ${isRefused}`);
  }

  async is(expected: Partial<z.infer<typeof state>>): Promise<void> {
    const matches = `((seen) =>
      Object.entries(${JSON.stringify(expected)}).every(
        ([name, value]) => JSON.stringify(seen[name]) === JSON.stringify(value),
      ))(client.state())`;
    await this.#page
      .waitForFunction(matches, undefined, { timeout: PATIENCE_MS, polling: 50 })
      .catch(async (cause: unknown) => {
        assert.deepEqual(this.#errors, []);
        const seen = state.parse(await this.#ask("client.state()"));
        throw new Error(`${JSON.stringify(seen)} is not ${JSON.stringify(expected)}`, { cause });
      });
    assert.deepEqual(this.#errors, []);
  }

  close(): Promise<void> {
    return this.context.close();
  }

  #ask(expression: string): Promise<unknown> {
    return this.#page.evaluate(expression);
  }
}
