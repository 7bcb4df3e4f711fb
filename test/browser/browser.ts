import { chromium, type Browser } from "playwright-core";

/** A Chromium in which pages send and receive sound without being asked; the runner says where it is. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.AMBIENT_CHROMIUM;
  if (!executablePath) {
    throw new Error("AMBIENT_CHROMIUM is not set: run this test with npm run test:browser");
  }
  return chromium.launch({
    executablePath,
    args: [
      "--autoplay-policy=no-user-gesture-required",
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
}
