import type { ComponentType } from "preact";
import { lazy } from "preact/compat";

/** Late enough that a slow phone has shown its first page. */
const LOAD_OTHERS_AFTER_MS = 5_000;

const loaders: (() => Promise<unknown>)[] = [];

/** A component whose code loads on first use. It needs a `Suspense` around it. */
export function lazyComponent<Props>(load: () => Promise<ComponentType<Props>>) {
  loaders.push(load);
  return lazy(async () => ({ default: await whenOnline(load) }));
}

/** Code that a lost network keeps from loading arrives once the network is back. Until then, the page says both. */
async function whenOnline<Code>(load: () => Promise<Code>): Promise<Code> {
  for (;;) {
    try {
      return await load();
    } catch (error) {
      if (navigator.onLine) throw error;
      await new Promise((resolve) => {
        addEventListener("online", resolve, { once: true });
      });
    }
  }
}

/** Loads the code of all lazy components, so that they open at once, and also offline. */
export function loadComponentsLater(): void {
  setTimeout(() => {
    // A component that fails to load now is loaded on first use.
    for (const load of loaders) load().catch(() => undefined);
  }, LOAD_OTHERS_AFTER_MS);
}
