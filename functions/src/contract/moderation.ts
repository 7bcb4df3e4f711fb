import { z } from "zod";
import { defineCallable } from "./callable.js";
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
    "Mutes a person. They stay on the stage and can unmute themselves; `setRole` revokes the permission to speak.",
  who: "host; only the creator may mute cohosts",
  request: z.strictObject(person),
  response: z.strictObject({}),
  limit: "audioRoom",
  reasons: [
    "RATE_LIMITED",
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
    "Removes a person from the show, with their open song requests and their votes for songs. With a ban they cannot come back. People who are not in the show can be banned, too.",
  who: "host; only the creator may remove cohosts",
  request: z.strictObject({ ...person, ban: z.boolean().optional() }),
  response: z.strictObject({}),
  limit: "audioRoom",
  reasons: [
    "RATE_LIMITED",
    "SHOW_NOT_FOUND",
    "NOT_HOST",
    "NOT_CREATOR",
    "SHOW_NOT_LIVE",
    "NOT_PARTICIPANT",
  ],
});

export const hideComments = defineCallable({
  name: "hideComments",
  summary:
    "Hides all comments of a person in the show, whether or not the person is still in it. If one of them is pinned, it is unpinned. If it fails midway, another call hides the rest.",
  who: "host; only the creator may hide cohosts' comments",
  request: z.strictObject(person),
  response: z.strictObject({}),
  limit: "hideComments",
  reasons: ["RATE_LIMITED", "SHOW_NOT_FOUND", "NOT_HOST", "NOT_CREATOR", "SHOW_NOT_LIVE"],
});

export const unban = defineCallable({
  name: "unban",
  summary: "Lifts a ban, so that the person may join again as a listener.",
  who: "host",
  request: z.strictObject(person),
  response: z.strictObject({}),
  reasons: ["SHOW_NOT_FOUND", "NOT_HOST", "SHOW_NOT_LIVE"],
});
