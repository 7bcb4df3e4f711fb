import { setSourceMapsSupport } from "node:module";

// Makes stack traces name the source instead of the bundle. Runs before anything that may throw is loaded.
setSourceMapsSupport(true);

/**
 * Loads a function's code once, when it is first called. An instance that serves only this function
 * starts at once: one that is kept warm must not make its first caller wait.
 */
export function loadOnce<Code>(name: string, load: () => Promise<Code>): () => Promise<Code> {
  let loading: Promise<Code> | undefined;
  const loadNow = (): Promise<Code> => (loading ??= load());
  // The name of the function that an instance serves, set by Cloud Functions and by its emulator.
  if (process.env.FUNCTION_TARGET === name) {
    // The caller gets the error.
    loadNow().catch(() => undefined);
  }
  return loadNow;
}
