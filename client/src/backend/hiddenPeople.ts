import type { HiddenDocument } from "../../../functions/src/contract/blocks.js";
import type { LocalClock } from "../clock/localClock.js";
import { shared } from "../observe/shared.js";
import { subscribable, type Subscribable } from "../observe/subscribable.js";

/** Offline, Firestore may not know that the document is absent. Lists wait at most this long (ms). */
const PATIENCE_MS = 2_000;

/** The uids of the people whom a block hides from the signed-in person. All lists share one listener. */
export function hiddenPeople(
  hidden: Subscribable<HiddenDocument | undefined>,
  local: Pick<LocalClock, "after">,
): Subscribable<ReadonlySet<string>> {
  return shared(
    subscribable<ReadonlySet<string>>((next, fail) => {
      const cancel = local.after(PATIENCE_MS, () => {
        next(new Set());
      });
      const stop = hidden.subscribe((found) => {
        cancel();
        next(new Set(found?.uids));
      }, fail);
      return () => {
        cancel();
        stop();
      };
    }),
  );
}
