import type { ParticipantDocument } from "../contract/audience.js";
import { invalidArgument, Refusal } from "../errors.js";
import type { ShowDocument } from "../contract/shows.js";

/** The role in which a host acts. */
export type Host = "creator" | "cohost";

/**
 * The live show, and the role in which the caller hosts it. The creator is a host even while they are away, as in the
 * rules. Refuses with SHOW_NOT_FOUND, NOT_HOST or SHOW_NOT_LIVE, in this order, so that other people learn nothing
 * more.
 */
export function hosting(
  show: ShowDocument | undefined,
  participant: ParticipantDocument | undefined,
  uid: string,
): { show: ShowDocument; host: Host } {
  if (!show) throw new Refusal("SHOW_NOT_FOUND");
  const isCohost = participant?.state === "present" && participant.role === "cohost";
  const host = show.creatorUid === uid ? "creator" : isCohost ? "cohost" : null;
  if (host === null) throw new Refusal("NOT_HOST");
  if (show.status !== "live") throw new Refusal("SHOW_NOT_LIVE", { status: show.status });
  return { show, host };
}

/**
 * Nobody may act on the creator, and a cohost may not act on another cohost: NOT_CREATOR. A creator who names
 * themselves made a mistake: INVALID_ARGUMENT.
 */
export function assertWithinReach(
  host: Host,
  show: ShowDocument,
  target: { uid: string; role: ParticipantDocument["role"] | undefined },
): void {
  if (target.uid === show.creatorUid && host === "creator") {
    throw invalidArgument("uid", "must not be the show's creator");
  }
  if (target.uid === show.creatorUid || (target.role === "cohost" && host === "cohost")) {
    throw new Refusal("NOT_CREATOR");
  }
}
