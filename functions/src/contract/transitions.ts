import type { ParticipantDocument } from "./audience.js";
import type { Role } from "./role.js";
import type { Invitation, SpeakRequestDocument } from "./stage.js";

/** A person's state with regard to the stage: always exactly one of these. */
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
 * What can happen to a person. Making and withdrawing a request are the person's own writes, which the rules judge;
 * joining is `arrivingParticipant`. `lose`: their network failed and did not return.
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
 * Every step. A request is pending only in `asking`, and an invitation only in the `invited…` states, so every step
 * out of these states ends it: a demotion, leaving, removal, or the other way onto the stage.
 */
const TRANSITIONS: Readonly<Record<StageState, Readonly<Partial<Record<StageEvent, StageState>>>>> =
  {
    // A ban also applies to people who are absent. A lost person can still leave, or lose the role to which they
    // would return.
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

/** The fields of a participant document that follow from the state on the stage. */
export interface StageFields {
  readonly role: Role;
  readonly canPublish: boolean;
  readonly invitedTo: Invitation | null;
}

const listening: StageFields = { role: "listener", canPublish: false, invitedTo: null };

export const STAGE_FIELDS: Readonly<Record<StageState, StageFields>> = {
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
