import { z } from "zod";
import { epochMillis } from "../contract.js";

/**
 * How a participant hears the show. `canPublish` says whether his role lets him speak now.
 * `none`: the project has no audio provider and everything but sound works.
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
