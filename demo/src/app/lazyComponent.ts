import type { ComponentType } from "preact";
import { lazy } from "preact/compat";

/** Late enough that a slow phone has shown its first page. */
const LOAD_OTHERS_AFTER_MS = 5_000;

const loaders: (() => Promise<unknown>)[] = [];

/** A component whose code loads on first use. It needs a `Suspense` around it. */
export function lazyComponent<Props>(load: () => Promise<ComponentType<Props>>) {
  loaders.push(load);
  return lazy(async () => ({ default: await load() }));
}

/** Loads the code of all lazy components, so that they open at once, and also offline. */
export function loadComponentsLater(): void {
  setTimeout(() => {
    // A component that fails to load now is loaded on first use.
    for (const load of loaders) load().catch(() => undefined);
  }, LOAD_OTHERS_AFTER_MS);
}
