import type { Moment, PersonCard } from "../contract/fields.js";
import type { ParticipantDocument } from "../contract/audience.js";

/**
 * Someone who comes in. Whatever they were on the stage before, they come as a listener, unless the show
 * is theirs: leaving gives up every right.
 */
export function arrivingParticipant(
  uid: string,
  card: PersonCard,
  creatorUid: string,
  joinedAt: Moment,
): ParticipantDocument {
  const isCreator = uid === creatorUid;
  return {
    uid,
    displayName: card.displayName,
    photoUrl: card.photoUrl,
    role: isCreator ? "creator" : "listener",
    state: "present",
    joinedAt,
    leftAt: null,
    canPublish: isCreator,
    invitedTo: null,
  };
}
