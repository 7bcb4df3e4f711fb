import { ParticipantInfo } from "livekit-server-sdk";

/** The kind of a participant whose message names no kind. The package does not export the kinds themselves. */
const STANDARD = new ParticipantInfo().kind;

/**
 * Recorders (egress), agents, ingress and SIP are LiveKit's own participants, not persons. They are in no show, and the
 * operator has put them into the room, so they are left alone.
 */
export function isPerson({ kind }: Pick<ParticipantInfo, "kind">): boolean {
  return kind === STANDARD;
}
