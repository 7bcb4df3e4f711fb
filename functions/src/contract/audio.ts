import { z } from "zod";
import { defineCallable } from "./callable.js";
import { epochMillis, showIdRequest } from "./fields.js";

/**
 * How a participant hears the show. `canPublish` says whether their role and the stage let them speak
 * now. `none`: the project has no audio provider and everything but sound works.
 */
export const audio = z.discriminatedUnion("provider", [
  z.strictObject({ provider: z.literal("none"), canPublish: z.boolean() }),
  z.strictObject({
    provider: z.literal("livekit"),
    canPublish: z.boolean(),
    url: z.string().describe("the LiveKit server, wss://"),
    token: z.string().describe("opens the first connection only"),
    expiresAt: epochMillis,
  }),
]);
export type Audio = z.infer<typeof audio>;

export const refreshAudio = defineCallable({
  name: "refreshAudio",
  summary:
    "Returns a fresh token for the audio room. For a person on the stage it also recreates the room if it is missing, and sets their permissions in it again.",
  who: "participant",
  request: showIdRequest,
  response: z.strictObject({ audio }),
  limit: "refreshAudio",
  enabledAccountOnly: true,
  reasons: [
    "RATE_LIMITED",
    "ACCOUNT_DISABLED",
    "SHOW_NOT_FOUND",
    "SHOW_NOT_LIVE",
    "BANNED",
    "NOT_PARTICIPANT",
    "AUDIO_UNAVAILABLE",
  ],
});
