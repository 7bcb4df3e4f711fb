import { z } from "zod";
import { audio } from "./audio.js";
import { defineCallable } from "./callable.js";
import { documentId, personId, showIdRequest, timestamp, userId } from "./fields.js";
import { stageMode } from "./music.js";
import { role } from "./role.js";
import { supportTotals } from "./supportTotals.js";

/** The roles that a host can give; nobody becomes the creator. */
export const invitation = z.enum(["speaker", "cohost"]);
export type Invitation = z.infer<typeof invitation>;

/** The fields that a person who asks to speak writes. Apps validate them to explain an error before the rules refuse the write. */
export const newSpeakRequest = z.object({ message: z.string().max(140) });

/** `shows/{showId}/speakRequests/{uid}`: one person's request to speak, and its outcome. */
export const speakRequestDocument = z.object({
  uid: userId.meta({ data: "request" }),
  status: z.enum(["pending", "cancelled", "accepted", "rejected"]).meta({ data: "request" }),
  message: z.string().default("").describe("at most 140 characters").meta({ data: "request" }),
  createdAt: timestamp.meta({ data: "request" }),
  decidedAt: timestamp.nullable().default(null).meta({ data: "request" }),
  decidedBy: userId.nullable().default(null).meta({ data: "actor" }),
});
export type SpeakRequestDocument = z.infer<typeof speakRequestDocument>;

/** `stages/{showId}`: what only the server has to know about a live show's stage. */
export const stageDocument = z.object({
  /** The stage is changing from talk to music: until that succeeds or is given up, nobody may publish. */
  closing: z
    .object({ id: z.string(), since: timestamp })
    .nullable()
    .default(null)
    .meta({ data: "stage" }),
  /** Changes whenever a speaker takes a seat, so that one of two transactions for the last seat runs again. */
  seating: z.int().nonnegative().default(0).meta({ data: "stage" }),
  /** When anyone's permissions last changed. Sweeps check the audio room for two minutes afterwards. */
  permissionsChangedAt: timestamp.nullable().default(null).meta({ data: "stage" }),
  /** Everybody who ever could speak. */
  spoke: z.array(userId).default([]).meta({ data: "spoke" }),
  /** What the creator received so far, for the summary. */
  support: supportTotals.optional().meta({ data: "stage" }),
  /** The show is over, and its pending requests and its audio room are still to be cleaned up. */
  cleanup: z.literal("pending").nullable().default(null).meta({ data: "stage" }),
  /** When the show ended. Retention counts from here. Null or absent once the conversation has expired. */
  conversationSince: timestamp.nullable().default(null).meta({ data: "stage" }),
  /** When the show ended. Retention counts from here. Null or absent once its plays have expired. */
  playsSince: timestamp.nullable().default(null).meta({ data: "stage" }),
});
export type StageDocument = z.infer<typeof stageDocument>;

const forPerson = { showId: documentId, uid: personId };

export const decideSpeakRequest = defineCallable({
  name: "decideSpeakRequest",
  summary:
    "Accepts or rejects a pending request to speak. Repeating the same decision returns the same answer.",
  who: "host",
  request: z.strictObject({ ...forPerson, decision: z.enum(["accept", "reject"]) }),
  response: z.strictObject({ status: z.enum(["accepted", "rejected"]), role }),
  limit: "audioRoom",
  reasons: [
    "RATE_LIMITED",
    "SHOW_NOT_FOUND",
    "NOT_HOST",
    "SHOW_NOT_LIVE",
    "REQUEST_NOT_PENDING",
    "SPEAKER_LIMIT",
  ],
});

export const setRole = defineCallable({
  name: "setRole",
  summary:
    "Changes a person's role in the show. A higher role is an invitation that they have to accept; a lower one takes effect at once. Setting the current role withdraws an invitation. A person who is lost can only become a listener.",
  who: "creator; cohosts, between listener and speaker; everyone may lower their own role",
  request: z.strictObject({ ...forPerson, role: z.enum(["cohost", "speaker", "listener"]) }),
  response: z.strictObject({ role, invitedTo: invitation.nullable() }),
  limit: "audioRoom",
  reasons: [
    "RATE_LIMITED",
    "SHOW_NOT_FOUND",
    "NOT_HOST",
    "NOT_CREATOR",
    "SHOW_NOT_LIVE",
    "NOT_PARTICIPANT",
    "SPEAKER_LIMIT",
  ],
});

export const acceptInvitation = defineCallable({
  name: "acceptInvitation",
  summary: "Accepts an invitation to the stage.",
  who: "the invited person",
  request: showIdRequest,
  response: z.strictObject({ role, audio }),
  enabledAccountOnly: true,
  limit: "audioRoom",
  reasons: [
    "RATE_LIMITED",
    "ACCOUNT_DISABLED",
    "TERMS_NOT_ACCEPTED",
    "SHOW_NOT_FOUND",
    "SHOW_NOT_LIVE",
    "NOT_PARTICIPANT",
    "NOT_INVITED",
    "SPEAKER_LIMIT",
    "AUDIO_UNAVAILABLE",
  ],
});

export const setStageMode = defineCallable({
  name: "setStageMode",
  summary:
    "Switches the stage between talk and music. Speakers are silenced before music starts, and music stops before they may speak. Setting the current mode again changes nothing.",
  who: "host",
  request: z.strictObject({
    showId: documentId,
    mode: stageMode,
    trackIndex: z.int().nonnegative().max(499).optional(),
  }),
  response: z.strictObject({ mode: stageMode, sequence: z.int().nonnegative() }),
  limit: "audioRoom",
  reasons: ["RATE_LIMITED", "SHOW_NOT_FOUND", "NOT_HOST", "SHOW_NOT_LIVE", "AUDIO_UNAVAILABLE"],
});
