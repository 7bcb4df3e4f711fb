import type { Cancel, LocalClock } from "../clock/localClock.js";
import { createSource, type Source } from "../observe/source.js";

/**
 * `offline`: the server does not answer, and the last known values are shown.
 *
 * @example
 * ```ts
 * ambient.connection.subscribe((connection: Connection) => setBanner(connection === "offline"));
 * ```
 */
export type Connection = "online" | "offline";

/** A server that has not answered a listener for this long counts as offline. */
const ANSWER_MS = 3_000;

/** Judged by where a document's snapshots come from. The cache answers first; the server has `ANSWER_MS` to follow. */
export function connectionBy(
  isFromCache: Source<boolean>,
  local: Pick<LocalClock, "after">,
): Source<Connection> {
  return createSource((next, fail) => {
    let isKnown = false;
    let cancel: Cancel = () => undefined;
    const tell = (connection: Connection) => {
      isKnown = true;
      next(connection);
    };
    const stop = isFromCache.subscribe((fromCache) => {
      cancel();
      if (!fromCache) tell("online");
      else if (isKnown) tell("offline");
      else {
        cancel = local.after(ANSWER_MS, () => {
          tell("offline");
        });
      }
    }, fail);
    return () => {
      cancel();
      stop();
    };
  });
}
