import type { Cancel } from "../clock/localClock.js";
import { field } from "../json.js";

/**
 * Calls the listener each time the app returns to the foreground, because the phone may have slept until then: what was
 * due in the meantime is done at once. Browsers detect this automatically; in React Native an app passes what `AppState`
 * reports.
 *
 * @example
 * ```ts
 * const onForeground: OnForeground = (listener) => {
 *   const subscription = AppState.addEventListener("change", (state) => {
 *     if (state === "active") listener();
 *   });
 *   return () => subscription.remove();
 * };
 * ```
 */
export type OnForeground = (listener: () => void) => Cancel;

/** A tab that is shown again, also from the back/forward cache. Elsewhere, nothing is known. */
export const browserForeground: OnForeground = (listener) => {
  const page: unknown = Reflect.get(globalThis, "document");
  if (!(page instanceof EventTarget)) return () => undefined;
  const look = () => {
    if (field(page, "visibilityState") === "visible") listener();
  };
  page.addEventListener("visibilitychange", look);
  return () => {
    page.removeEventListener("visibilitychange", look);
  };
};
