import { AmbientError } from "./ambientError.js";

/**
 * Options of a long-running call.
 *
 * @example
 * ```ts
 * const typing = new AbortController();
 * const options: Abortable = { signal: typing.signal };
 * ```
 */
export interface Abortable {
  /** Ends the call with `ABORTED`. Requests already sent may still take effect. */
  readonly signal?: AbortSignal;
}

/** Between the steps of a call. */
export function throwIfAborted({ signal }: Abortable): void {
  if (signal?.aborted) throw new AmbientError("ABORTED", { cause: signal.reason });
}

/** Rejects as soon as the signal is aborted, without waiting for the work. */
export async function abortable<Result>(
  options: Abortable,
  work: () => Promise<Result>,
): Promise<Result> {
  throwIfAborted(options);
  const { signal } = options;
  if (!signal) return work();
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(new AmbientError("ABORTED", { cause: signal.reason }));
    };
    signal.addEventListener("abort", abort);
    void work()
      .then(resolve, reject)
      .finally(() => {
        signal.removeEventListener("abort", abort);
      });
  });
}
