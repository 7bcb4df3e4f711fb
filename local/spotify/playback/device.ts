import { z } from "zod";

/** A device on which a user's Spotify can play. */
export const device = z.strictObject({
  id: z.string().min(1).max(500),
  name: z.string().min(1).max(500),
  type: z.enum(["Smartphone", "Computer", "Speaker"]),
  /** Receives commands that name no device. */
  active: z.boolean(),
  /** Accepts no commands from the Web API. */
  restricted: z.boolean(),
  volumePercent: z.int().min(0).max(100).nullable(),
});
export type Device = z.infer<typeof device>;
