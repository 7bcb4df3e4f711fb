import { z } from "zod";
import { audio } from "../audio/schema.js";
import { commentDocument } from "../comments/schema.js";
import { defineCallable, personCard, showIdRequest, timestamp, userId } from "../contract.js";
import { commentFeed, showAudience } from "../shows/schema.js";
import { role } from "../stage/role.js";

/** `shows/{showId}/participants/{uid}`: one person's place in a show. */
export const participantDocument = personCard.extend({
  uid: userId,
  role,
  state: z.enum(["present", "left", "removed"]),
  joinedAt: timestamp,
  leftAt: timestamp.nullable(),
  canPublish: z.boolean(),
  invitedTo: z.enum(["speaker", "cohost"]).nullable(),
});
export type ParticipantDocument = z.infer<typeof participantDocument>;

/** `shows/{showId}/activity/{uid}`: the stamps that slow mode and presence go by. The owner writes it. */
export const activityDocument = z.object({
  lastCommentAt: timestamp.optional(),
  lastCommentId: z.string().optional(),
  seenAt: timestamp.optional(),
});
export type ActivityDocument = z.infer<typeof activityDocument>;

/**
 * `stages/{showId}/admissions/{uid}`: when one who is present was last given a token. What is heard
 * of an older connection says nothing about him.
 */
export const admissionDocument = z.object({ at: timestamp });
export type AdmissionDocument = z.infer<typeof admissionDocument>;

/** `shows/{showId}/feed/latest`: what changes too often to be a document each. */
export const feedDocument = z.object({
  audience: showAudience,
  reactions: z.record(z.string(), z.int().nonnegative()),
  comments: z.array(commentDocument.extend({ id: z.string() })).max(50),
  updatedAt: timestamp,
});
export type FeedDocument = z.infer<typeof feedDocument>;

export const joinShow = defineCallable({
  name: "joinShow",
  summary: "Joins a live show as a listener; its creator comes back as its creator.",
  who: "anyone who is not banned",
  request: showIdRequest,
  response: z.strictObject({ role, audio, commentFeed }),
  reasons: ["SHOW_NOT_FOUND", "SHOW_NOT_LIVE", "BANNED", "PROFILE_NOT_FOUND", "AUDIO_UNAVAILABLE"],
});

export const leaveShow = defineCallable({
  name: "leaveShow",
  summary:
    "Leaves a show. What one was on its stage is given up; a pending speak request is cancelled.",
  who: "participant",
  request: showIdRequest,
  response: z.strictObject({}),
  reasons: ["SHOW_NOT_FOUND", "NOT_PARTICIPANT"],
});
