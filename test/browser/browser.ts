import { chromium, type Browser, type Page } from "playwright-core";

const browsers = new Set<Browser>();

/** All open pages, in every browser that these tests opened. */
export function openPages(): Page[] {
  return [...browsers].flatMap((browser) => browser.contexts()).flatMap((it) => it.pages());
}

/**
 * Opens a Chromium. With `autoplay`, pages play sound without a user gesture; without it, they need
 * one, as in a normal browser. The test runner sets `AMBIENT_CHROMIUM` to its path.
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
      // On a machine whose only network is loopback, WebRTC finds no route without this.
      "--allow-loopback-in-peer-connection",
      "--disable-background-networking",
      "--disable-component-update",
      // A page whose files a test provides counts as one of the internet, which may not call this machine.
      "--disable-features=BlockInsecurePrivateNetworkRequests,LocalNetworkAccessChecks",
      "--disable-gpu",
      "--disable-quic",
      "--disable-sync",
      "--no-first-run",
      // A fake microphone that beeps, with the permission prompt already accepted.
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
    ],
  });
  browsers.add(browser);
  browser.on("disconnected", () => browsers.delete(browser));
  return browser;
}
