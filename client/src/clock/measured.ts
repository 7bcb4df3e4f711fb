import type { LocalClock } from "./localClock.js";
import type { ServerClock } from "./serverClock.js";

/** The server's time, as soon as it is measured; undefined if that takes longer than `ms`. */
export function measured(
  clock: ServerClock,
  local: Pick<LocalClock, "after">,
  ms: number,
): Promise<number | undefined> {
  return new Promise((resolve) => {
    const look = () => {
      const now = clock.now();
      if (now !== undefined) finish(now);
    };
    const unsubscribe = clock.subscribe(look);
    const release = clock.keep();
    const cancel = local.after(ms, () => {
      finish(undefined);
    });
    const finish = (now: number | undefined) => {
      unsubscribe();
      release();
      cancel();
      resolve(now);
    };
    look();
  });
}
