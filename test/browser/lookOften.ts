import { errors, type Locator, type Page } from "playwright-core";

/**
 * Playwright looks for an element every 500 ms, but every 100 ms if the timeout is shorter than 2.5 s. Most waits here are for
 * an answer that takes half a second.
 */
const SHORT_MS = 2_400;

type WaitOptions = Parameters<Locator["waitFor"]>[0];
type ClickOptions = Parameters<Locator["click"]>[0];

let isOften = false;

/** Makes all locators look for their elements every 100 ms, for as long as the patience or a call's own timeout lasts. */
export function lookOften(page: Page, patienceMs: number): void {
  if (isOften) return;
  isOften = true;
  const locators: object = Reflect.getPrototypeOf(page.locator("html")) ?? {};
  const original = (method: "waitFor" | "click") => {
    const found: unknown = Reflect.get(locators, method);
    if (typeof found !== "function") throw new Error(`Playwright's locators have no ${method}`);
    return async (locator: Locator, options: unknown): Promise<void> => {
      await Reflect.apply(found, locator, [options]);
    };
  };
  const [wait, click] = [original("waitFor"), original("click")];
  const waitOften = async (locator: Locator, options: WaitOptions): Promise<void> => {
    const deadline = performance.now() + (options?.timeout ?? patienceMs);
    for (;;) {
      const remaining = Math.max(1, deadline - performance.now());
      try {
        await wait(locator, { ...options, timeout: Math.min(SHORT_MS, remaining) });
        return;
      } catch (error) {
        if (!(error instanceof errors.TimeoutError) || remaining <= SHORT_MS) throw error;
      }
    }
  };
  Object.assign(locators, {
    waitFor(this: Locator, options: WaitOptions) {
      return waitOften(this, options);
    },
    async click(this: Locator, options: ClickOptions) {
      await waitOften(this, { timeout: options?.timeout ?? patienceMs });
      await click(this, options);
    },
  });
}
