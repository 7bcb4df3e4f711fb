import type { ParticipantDocument } from "../contract/audience.js";
import { Refusal } from "../errors.js";
import type { ShowDocument } from "../contract/shows.js";

/** SHOW_OVER: what is ended or cancelled keeps its list. */
export function assertNotOver(show: ShowDocument): void {
  if (show.status === "ended" || show.status === "cancelled") {
    throw new Refusal("SHOW_OVER", { status: show.status });
  }
}

/**
 * The show, if the caller may edit its list: its creator at any time before its end, a cohost while they
 * are present. Refuses with SHOW_NOT_FOUND, NOT_HOST or SHOW_OVER.
 */
export function assertMayEdit(
  show: ShowDocument | undefined,
  participant: ParticipantDocument | undefined,
  uid: string,
): ShowDocument {
  if (!show) throw new Refusal("SHOW_NOT_FOUND");
  const isCohost = participant?.state === "present" && participant.role === "cohost";
  if (show.creatorUid !== uid && !isCohost) throw new Refusal("NOT_HOST");
  assertNotOver(show);
  return show;
}
