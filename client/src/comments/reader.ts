import { isHost } from "../../../functions/src/contract/role.js";
import { createSource, type Source } from "../observe/source.js";
import type { Session } from "../show/session.js";

/** What a person reads: hosts all comments; listeners the visible ones, or the digest when comments come fast. */
export type Reader = "all" | "visible" | "digest";

/** Follows the person's role and the show's `commentFeed`. */
export function readerOf({ me, details }: Pick<Session, "me" | "details">): Source<Reader> {
  const current = (): Reader => {
    if (isHost(me.current.role)) return "all";
    return details.current.commentFeed === "digest" ? "digest" : "visible";
  };
  return createSource((next) => {
    const tell = () => {
      next(current());
    };
    const stops = [me.subscribe(tell), details.subscribe(tell)];
    return () => {
      for (const stop of stops) stop();
    };
  });
}
