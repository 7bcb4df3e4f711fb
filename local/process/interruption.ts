import { endEverythingByForce } from "./backgroundProcess.js";

/** One Ctrl-C arrives several times: from the terminal, from npm and from the bootstrap. */
const ECHO_MILLISECONDS = 1_000;

/**
 * Aborts at the first Ctrl-C or similar signal, so that everything ends in order. The second one
 * kills everything at once.
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
  // After a hang-up, the output is gone.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  return controller.signal;
}

export class Interrupted extends Error {
  override readonly name = "Interrupted";
}
