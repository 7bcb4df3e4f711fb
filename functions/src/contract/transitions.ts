import type { ParticipantDocument } from "./audience.js";
import type { Role } from "./role.js";
import type { Invitation, SpeakRequestDocument } from "./stage.js";

/** Where a person stands towards the stage: one of these and never two. */
export type StageState =
  | "away"
  | "listening"
  | "asking"
  | "invitedToSpeak"
  | "invitedToCohost"
  | "speaking"
  | "speakingInvitedToCohost"
  | "cohosting"
  | "creating";

/**
 * What happens to a person there. Asking and giving up a request are the person's own writes, which the
 * rules judge; coming in is `arrivingParticipant`. `lose`: their network went, and did not come back.
 */
export type StageEvent =
  | "accept"
  | "reject"
  | "inviteToSpeak"
  | "inviteToCohost"
  | "acceptInvitation"
  | "lowerToSpeaker"
  | "lowerToListener"
  | "leave"
  | "lose"
  | "remove";

const away = { leave: "away", lose: "away", remove: "away" } as const;

/**
 * Every step there is. A request is alive in `asking` alone, an invitation in the `invited…` states
 * alone, so whatever leads out of them ends it: demotion, leaving, removal, the other way up.
 */
const TRANSITIONS: Readonly<Record<StageState, Readonly<Partial<Record<StageEvent, StageState>>>>> =
  {
    // A ban reaches people who are not there. Someone who was lost can still leave, or lose the role to come back to.
    away: { leave: "away", remove: "away", lowerToListener: "away" },
    listening: {
      ...away,
      inviteToSpeak: "invitedToSpeak",
      inviteToCohost: "invitedToCohost",
      lowerToListener: "listening",
    },
    asking: {
      ...away,
      accept: "speaking",
      reject: "listening",
      inviteToSpeak: "invitedToSpeak",
      inviteToCohost: "invitedToCohost",
      lowerToListener: "asking",
    },
    invitedToSpeak: {
      ...away,
      acceptInvitation: "speaking",
      inviteToSpeak: "invitedToSpeak",
      inviteToCohost: "invitedToCohost",
      lowerToListener: "listening",
    },
    invitedToCohost: {
      ...away,
      acceptInvitation: "cohosting",
      inviteToSpeak: "invitedToSpeak",
      inviteToCohost: "invitedToCohost",
      lowerToListener: "listening",
    },
    speaking: {
      ...away,
      inviteToCohost: "speakingInvitedToCohost",
      lowerToSpeaker: "speaking",
      lowerToListener: "listening",
    },
    speakingInvitedToCohost: {
      ...away,
      acceptInvitation: "cohosting",
      inviteToCohost: "speakingInvitedToCohost",
      lowerToSpeaker: "speaking",
      lowerToListener: "listening",
    },
    cohosting: {
      ...away,
      lowerToSpeaker: "speaking",
      lowerToListener: "listening",
    },
    creating: { leave: "away", lose: "away" },
  };

/** Where an event leads, or null where it cannot happen. */
export function stageStep(state: StageState, event: StageEvent): StageState | null {
  return TRANSITIONS[state][event] ?? null;
}

/** Where the documents say that a person stands. */
export function stageStateOf(
  participant: ParticipantDocument | undefined,
  request: SpeakRequestDocument | undefined,
): StageState {
  if (participant?.state !== "present") return "away";
  switch (participant.role) {
    case "creator":
      return "creating";
    case "cohost":
      return "cohosting";
    case "speaker":
      return participant.invitedTo === "cohost" ? "speakingInvitedToCohost" : "speaking";
    case "listener":
      if (participant.invitedTo === "cohost") return "invitedToCohost";
      if (participant.invitedTo === "speaker") return "invitedToSpeak";
      return request?.status === "pending" ? "asking" : "listening";
  }
}

/** What a participant document says of each state. */
export interface Place {
  readonly role: Role;
  readonly canPublish: boolean;
  readonly invitedTo: Invitation | null;
}

const listening: Place = { role: "listener", canPublish: false, invitedTo: null };

export const PLACES: Readonly<Record<StageState, Place>> = {
  away: listening,
  listening,
  asking: listening,
  invitedToSpeak: { ...listening, invitedTo: "speaker" },
  invitedToCohost: { ...listening, invitedTo: "cohost" },
  speaking: { role: "speaker", canPublish: true, invitedTo: null },
  speakingInvitedToCohost: { role: "speaker", canPublish: true, invitedTo: "cohost" },
  cohosting: { role: "cohost", canPublish: true, invitedTo: null },
  creating: { role: "creator", canPublish: true, invitedTo: null },
};
