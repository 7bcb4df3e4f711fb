import type { LocalClock } from "../clock/localClock.js";
import { distinct, mapped, createSource, type Source } from "../observe/source.js";

/**
 * The people whom a document lists. Firestore also reports a document when only its metadata changes; without the
 * filter, every list that depends on it would close and reopen its queries.
 */
export function listedPeople(uids: Source<readonly string[]>): Source<ReadonlySet<string>> {
  return mapped(distinct(uids, isSameList), (list) => new Set(list));
}

function isSameList(list: readonly string[], other: readonly string[]): boolean {
  return list.length === other.length && list.every((uid, index) => uid === other[index]);
}

/** Offline, Firestore may not know that the document of blocks is absent. Lists wait at most this long, in ms. */
const PATIENCE_MS = 2_000;

/** Emits an empty set if the people are not known in time, and the people once they are. */
export function orNobody(
  people: Source<ReadonlySet<string>>,
  local: Pick<LocalClock, "after">,
): Source<ReadonlySet<string>> {
  return createSource((next, fail) => {
    const cancel = local.after(PATIENCE_MS, () => {
      next(new Set());
    });
    const stop = people.subscribe((found) => {
      cancel();
      next(found);
    }, fail);
    return () => {
      cancel();
      stop();
    };
  });
}
