import { openPages } from "./browser.js";

/** A test that fails tells what each page showed then. */
afterEach(async function () {
  const error = this.currentTest?.err;
  if (!error || this.currentTest?.state !== "failed") return;
  for (const page of openPages()) {
    const shown = await page.locator("body").ariaSnapshot({ timeout: 1_000 }).catch(String);
    error.stack = `${error.stack ?? error.message}\n\n${page.url()}\n${shown}`;
  }
});
