import type { ComponentType } from "preact";
import { lazy } from "preact/compat";

/** Long after a slow phone has shown the first page. */
const LOAD_OTHERS_AFTER_MS = 5_000;

const loaders: (() => Promise<unknown>)[] = [];

/** A page whose code loads when it is opened first. It needs a `Suspense` around it. */
export function lazyPage<Props>(load: () => Promise<ComponentType<Props>>) {
  loaders.push(load);
  return lazy(async () => ({ default: await load() }));
}

/** Loads the code of all pages, so that they open at once, and also offline. */
export function loadPagesLater(): void {
  setTimeout(() => {
    // A page that fails to load now is loaded when it is opened.
    for (const load of loaders) load().catch(() => undefined);
  }, LOAD_OTHERS_AFTER_MS);
}
