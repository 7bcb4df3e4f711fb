import { chromium, type Browser, type Page } from "playwright-core";

const browsers = new Set<Browser>();

/** The pages that are open in any browser of these tests. */
export function openPages(): Page[] {
  return [...browsers].flatMap((browser) => browser.contexts()).flatMap((it) => it.pages());
}

/**
 * A Chromium in which pages send and receive sound without being asked or, as people have it, only once
 * they were touched; the runner says where it is.
 */
export async function openBrowser({ autoplay = true } = {}): Promise<Browser> {
  const executablePath = process.env.AMBIENT_CHROMIUM;
  if (!executablePath) {
    throw new Error("AMBIENT_CHROMIUM is not set: run this test with npm run test:browser");
  }
  const browser = await chromium.launch({
    executablePath,
    args: [
      `--autoplay-policy=${autoplay ? "no-user-gesture-required" : "document-user-activation-required"}`,
      // Where the machine has no network but itself, WebRTC finds no way otherwise.
      "--allow-loopback-in-peer-connection",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-gpu",
      "--disable-quic",
      "--disable-sync",
      "--no-first-run",
      // A microphone that beeps, and nobody who has to allow it.
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
    ],
  });
  browsers.add(browser);
  browser.on("disconnected", () => browsers.delete(browser));
  return browser;
}
