import { z } from "zod";
import { defineCallable } from "./callable.js";
import { reportCategory } from "./decisions.js";
import { documentId, personId, timestamp, userId } from "./fields.js";

/** `shows/{showId}/bans/{uid}`: who may not come back. */
export const banDocument = z.object({
  uid: userId.meta({ data: "ban" }),
  by: userId.meta({ data: "actor" }),
  at: timestamp.meta({ data: "ban" }),
  reason: z.string().nullable().meta({ data: "ban" }),
});
export type BanDocument = z.infer<typeof banDocument>;

const person = { showId: documentId, uid: personId };

export const muteSpeaker = defineCallable({
  name: "muteSpeaker",
  summary:
    "Mutes a person. They stay on the stage and can unmute themselves; `setRole` takes the right to speak away.",
  who: "host; only the creator may mute cohosts",
  request: z.strictObject(person),
  response: z.strictObject({}),
  reasons: [
    "SHOW_NOT_FOUND",
    "NOT_HOST",
    "NOT_CREATOR",
    "SHOW_NOT_LIVE",
    "NOT_PARTICIPANT",
    "AUDIO_UNAVAILABLE",
  ],
});

export const removeParticipant = defineCallable({
  name: "removeParticipant",
  summary:
    "Removes a person from the show. With a ban they cannot come back. People who are not in the show can be banned, too.",
  who: "host; only the creator may remove cohosts",
  request: z.strictObject({ ...person, ban: z.boolean().optional() }),
  response: z.strictObject({}),
  reasons: ["SHOW_NOT_FOUND", "NOT_HOST", "NOT_CREATOR", "SHOW_NOT_LIVE", "NOT_PARTICIPANT"],
});

export const unban = defineCallable({
  name: "unban",
  summary: "Lifts a ban, so that the person may join again as a listener.",
  who: "host",
  request: z.strictObject(person),
  response: z.strictObject({}),
  reasons: ["SHOW_NOT_FOUND", "NOT_HOST", "SHOW_NOT_LIVE"],
});

export const report = defineCallable({
  name: "report",
  summary:
    "Reports a show, a comment in it or a person's profile to the admins. Repeating a report does not create another one.",
  who: "signed in",
  request: z
    .strictObject({
      showId: documentId.optional().describe("required, unless `uid` reports a profile"),
      commentId: documentId.optional().describe("a comment in the show"),
      uid: personId.optional().describe("a person; with a comment, its author"),
      reason: z.string().trim().min(1).max(500),
      category: reportCategory.optional().describe("`other` by default"),
    })
    .refine(({ showId, commentId, uid }) => showId !== undefined || (uid && !commentId), {
      path: ["showId"],
      message: "must name the show, unless only a person is reported",
    }),
  response: z.strictObject({ reportId: z.string() }),
  reasons: [
    "SHOW_NOT_FOUND",
    "COMMENT_NOT_FOUND",
    "PERSON_NOT_FOUND",
    "PROFILE_NOT_FOUND",
    "ACCOUNT_DELETION_PENDING",
    "RATE_LIMITED",
  ],
});
