import type { LocalClock } from "./localClock.js";

/** Rejects if the work takes longer than `ms`. Its later result is ignored. */
export function withTimeout<Result>(
  clock: Pick<LocalClock, "after">,
  ms: number,
  work: Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => {
      reject(new Error(`no answer within ${ms} ms`));
    });
    work.then(resolve, reject).finally(cancel);
  });
}
