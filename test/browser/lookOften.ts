import { errors, type Locator, type Page } from "playwright-core";

/**
 * Playwright looks for an element every 500 ms, but every 100 ms if the timeout is shorter than 2.5 s. Most waits here are for
 * an answer that takes half a second.
 */
const SHORT_MS = 2_400;

let isOften = false;

/** Makes all later waits for elements look every 100 ms, and otherwise behave like before. */
export function lookOften(page: Page, patienceMs: number): void {
  if (isOften) return;
  isOften = true;
  const locators: unknown = Object.getPrototypeOf(page.locator("html"));
  if (typeof locators !== "object" || locators === null) return;
  const { waitFor, click } = page.locator("html");
  const wait = async (locator: Locator, options: Parameters<Locator["waitFor"]>[0]) => {
    const deadline = performance.now() + (options?.timeout ?? patienceMs);
    for (;;) {
      const timeout = Math.min(SHORT_MS, deadline - performance.now());
      if (timeout < SHORT_MS)
        return waitFor.call(locator, { ...options, timeout: Math.max(1, timeout) });
      try {
        return await waitFor.call(locator, { ...options, timeout });
      } catch (error) {
        if (!(error instanceof errors.TimeoutError)) throw error;
      }
    }
  };
  Object.assign(locators, {
    waitFor(this: Locator, options: Parameters<Locator["waitFor"]>[0]) {
      return wait(this, options);
    },
    async click(this: Locator, options: Parameters<Locator["click"]>[0]) {
      await wait(this, { timeout: options?.timeout ?? patienceMs });
      return click.call(this, options);
    },
  });
}
