import { z } from "zod";
import { audio } from "./audio.js";
import { defineCallable } from "./callable.js";
import { epochMillis, personCard, showIdRequest, timestamp, userId } from "./fields.js";
import { commentFeed } from "./shows.js";
import { role } from "./role.js";

/**
 * Whether a person is in the show. `left`: they left. `lost`: their network failed. `removed`: a host removed them. A
 * lost person keeps `role`, and `joinShow` restores it.
 */
export const participantState = z.enum(["present", "left", "lost", "removed"]);
export type ParticipantState = z.infer<typeof participantState>;

/** `shows/{showId}/participants/{uid}`: one person's place in a show. */
export const participantDocument = personCard.extend({
  uid: userId.meta({ data: "participation" }),
  role: role.meta({ data: "participation" }),
  state: participantState.meta({ data: "participation" }),
  joinedAt: timestamp.meta({ data: "participation" }),
  leftAt: timestamp.nullable().meta({ data: "participation" }),
  canPublish: z.boolean().meta({ data: "participation" }),
  invitedTo: z.enum(["speaker", "cohost"]).nullable().meta({ data: "participation" }),
  /** False until the person accepts the terms in force: they may listen, but not comment or speak. */
  hasAcceptedTerms: z.boolean().optional().meta({ data: "participation" }),
});
export type ParticipantDocument = z.infer<typeof participantDocument>;

/**
 * `shows/{showId}/activity/{uid}`: the timestamps by which slow mode and presence are measured. The owner writes it;
 * `seenAt` is the heartbeat of a phone that has no LiveKit connection.
 */
export const activityDocument = z.object({
  lastCommentAt: timestamp.optional().meta({ data: "activity" }),
  lastCommentId: z.string().optional().meta({ data: "activity" }),
  seenAt: timestamp.optional().meta({ data: "activity" }),
});
export type ActivityDocument = z.infer<typeof activityDocument>;

/** `stages/{showId}/leases/{uid}`: how long the server counts a person as present without another sign of them. */
export const leaseDocument = z.object({
  uid: userId.meta({ data: "lease" }),
  /** Null while LiveKit says that the person is connected. */
  aliveUntil: timestamp.nullable().meta({ data: "lease" }),
  /** When the newest known LiveKit connection began, in ms since the epoch. */
  connectedSince: epochMillis.nullable().default(null).meta({ data: "lease" }),
  /** Firestore deletes the document some time after (TTL). */
  expiresAt: timestamp.meta({ data: "lease" }),
});
export type LeaseDocument = z.infer<typeof leaseDocument>;

export const joinShow = defineCallable({
  name: "joinShow",
  summary:
    "Joins a live show as a listener. The creator rejoins as its creator; a person who was lost regains their role; a speaker needs a free seat.",
  who: "anyone who is neither banned nor blocked (in either direction)",
  request: showIdRequest,
  response: z.strictObject({ role, audio, commentFeed }),
  suspension: "read",
  reasons: [
    "SHOW_NOT_FOUND",
    "SHOW_NOT_LIVE",
    "BANNED",
    "BLOCKED",
    "ADULTS_ONLY",
    "PROFILE_NOT_FOUND",
    "ACCOUNT_DELETION_PENDING",
    "AUDIO_UNAVAILABLE",
  ],
});

export const leaveShow = defineCallable({
  name: "leaveShow",
  summary:
    "Leaves a show. The caller loses their role on the stage, and a pending request to speak is cancelled.",
  who: "participant",
  request: showIdRequest,
  response: z.strictObject({}),
  suspension: "ignored",
  reasons: ["SHOW_NOT_FOUND", "NOT_PARTICIPANT"],
});
