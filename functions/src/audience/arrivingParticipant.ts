import type { Moment, PersonCard } from "../contract/fields.js";
import type { ParticipantDocument } from "../contract/audience.js";

/**
 * A person who joins. They join as a listener, whatever they were on the stage before, because leaving gives up every
 * right. The creator joins as the creator.
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
