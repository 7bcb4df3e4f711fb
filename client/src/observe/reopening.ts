import type { AmbientError } from "../errors/ambientError.js";
import type { Unsubscribe } from "../sdk/firebaseSdk.js";
import { createSource, type Source } from "./source.js";

/**
 * Subscribes to what `open` returns. If that fails, `recovery` (created for each opening) returns the error for
 * subscribers, or undefined to open the source again with `isReopened`. Subscribers keep the last value until the new
 * source has one.
 */
export function reopening<Value>(
  open: (isReopened: boolean) => Source<Value>,
  recovery: () => (error: AmbientError) => Promise<AmbientError | undefined>,
): Source<Value> {
  return createSource((next, fail) => {
    let isWanted = true;
    let stop: Unsubscribe | undefined;
    const listen = (isReopened: boolean) => {
      const recover = recovery();
      stop = open(isReopened).subscribe(next, (error) => {
        void recover(error).then((final) => {
          if (!isWanted) return;
          if (final) fail(final);
          else listen(true);
        });
      });
    };
    listen(false);
    return () => {
      isWanted = false;
      stop?.();
    };
  });
}
