import { openPages } from "./browser.js";

/** When a test fails, appends what each open page showed to the error. */
afterEach(async function () {
  const error = this.currentTest?.err;
  if (!error || this.currentTest?.state !== "failed") return;
  for (const page of openPages()) {
    const shown = await page.locator("body").ariaSnapshot({ timeout: 1_000 }).catch(String);
    error.stack = `${error.stack ?? error.message}\n\n${page.url()}\n${shown}`;
  }
});
