import { endEverythingByForce } from "./backgroundProcess.js";

/** One Ctrl-C arrives once from the terminal, and again from npm and from the bootstrap. */
const ECHO_MILLISECONDS = 1_000;

/**
 * Aborts at the first Ctrl-C (or its likes), so that everything can end in order. At the second,
 * everything ends by force, at once.
 */
export function interruption(onFirst: () => void): AbortSignal {
  const controller = new AbortController();
  let first: number | undefined;
  const interrupted = (): void => {
    const now = performance.now();
    if (first === undefined) {
      first = now;
      onFirst();
      controller.abort(new Interrupted());
    } else if (now - first > ECHO_MILLISECONDS) {
      endEverythingByForce();
      process.exit(130);
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, interrupted);
  // After a hang-up there is nobody to write to.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  return controller.signal;
}

export class Interrupted extends Error {
  override readonly name = "Interrupted";
}
