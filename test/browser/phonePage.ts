import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext } from "playwright-core";
import { z } from "zod";
import { keyOf, type AudioAccess } from "../../local/audioClient/access.js";
import { listen } from "../../local/http/listen.js";

const PATIENCE_MS = 10_000;
/** A pause of this length counts as silence. */
const SILENCE_MS = 500;

const script = "text/javascript";
const files: Readonly<Record<string, { path: string; type: string }>> = {
  "/": { path: fileURLToPath(import.meta.resolve("./page/index.html")), type: "text/html" },
  "/phone.js": { path: fileURLToPath(import.meta.resolve("./page/phone.js")), type: script },
  "/livekit-client.mjs": {
    path: fileURLToPath(import.meta.resolve("livekit-client")),
    type: script,
  },
};

/** Serves the page that stands in for an app. */
export function servePhone() {
  return listen({
    name: "The test page's server",
    host: "127.0.0.1",
    port: 0,
    async serve(message: IncomingMessage, response: ServerResponse) {
      const file = files[message.url ?? ""];
      if (!file) {
        response.writeHead(404).end();
        return;
      }
      const content = await readFile(file.path);
      response.writeHead(200, { "content-type": `${file.type}; charset=utf-8` }).end(content);
    },
  });
}

/**
 * One person's phone: its own page with livekit-client, which measures the sound it really plays.
 */
export interface Phone {
  connect(access: AudioAccess): Promise<string>;
  /** Publishes a tone. Returns `refused` if livekit-client or LiveKit does not allow it. */
  speak(frequencyHz: number): Promise<"speaking" | "refused">;
  /** Resolves once the page plays sound from `uid`. */
  hears(uid: string): Promise<void>;
  /** Resolves once `uid` has been heard and then silent for half a second. */
  hearsNoMore(uid: string): Promise<void>;
  /** The current RMS level of `uid`. */
  level(uid: string): Promise<number>;
  /** Resolves once LiveKit has told the page whether it may publish. */
  mayPublish(expected: boolean): Promise<void>;
  close(): Promise<void>;
}

export async function openPhone(browser: Browser, url: string): Promise<Phone> {
  const context: BrowserContext = await browser.newContext();
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(url);
  await page.waitForFunction("globalThis.phone !== undefined", undefined, { timeout: PATIENCE_MS });

  const ask = async <Schema extends z.ZodType>(
    schema: Schema,
    method: string,
    ...args: readonly unknown[]
  ): Promise<z.output<Schema>> =>
    schema.parse(await page.evaluate(`phone.${method}(...${JSON.stringify(args)})`));
  const waitUntil = async (condition: string) => {
    await page
      .waitForFunction(condition, undefined, { timeout: PATIENCE_MS, polling: 20 })
      .catch((cause: unknown) => {
        throw new Error(`${condition} did not become true; ${errors.join("; ")}`, { cause });
      });
  };
  return {
    async connect(access) {
      const key = keyOf(access);
      return ask(z.string(), "connect", key.url, key.token);
    },
    async speak(frequencyHz) {
      const answer = await ask(z.string(), "speak", frequencyHz);
      return answer === "speaking" ? "speaking" : "refused";
    },
    hears: (uid) => waitUntil(`phone.hears(${JSON.stringify(uid)})`),
    hearsNoMore: (uid) => waitUntil(`phone.silentMs(${JSON.stringify(uid)}) > ${SILENCE_MS}`),
    level: (uid) => ask(z.number(), "level", uid),
    mayPublish: (expected) => waitUntil(`phone.mayPublish() === ${expected}`),
    async close() {
      await context.close();
    },
  };
}
