import type { Moment, PersonCard } from "../contract/fields.js";
import type { ParticipantDocument } from "../contract/audience.js";

/**
 * One who comes in. Whatever he was on the stage before, he comes as a listener, unless the show is
 * his: leaving gives every right up.
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
