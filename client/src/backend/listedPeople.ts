import type { LocalClock } from "../clock/localClock.js";
import { shared } from "../observe/shared.js";
import { subscribable, type Subscribable } from "../observe/subscribable.js";

/** Offline, Firestore may not know that the document is absent. Lists wait at most this long (ms). */
const PATIENCE_MS = 2_000;

/** The uids that one of the signed-in person's documents lists. All lists of shows share one listener. */
export function listedPeople(
  uids: Subscribable<readonly string[]>,
  local: Pick<LocalClock, "after">,
): Subscribable<ReadonlySet<string>> {
  return shared(
    subscribable<ReadonlySet<string>>((next, fail) => {
      const cancel = local.after(PATIENCE_MS, () => {
        next(new Set());
      });
      const stop = uids.subscribe((found) => {
        cancel();
        next(new Set(found));
      }, fail);
      return () => {
        cancel();
        stop();
      };
    }),
  );
}
