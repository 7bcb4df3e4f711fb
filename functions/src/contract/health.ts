import { z } from "zod";
import { epochMillis, timestamp } from "./fields.js";

/** `sweeps/shows`: when `sweepShows` ran last. */
export const sweepDocument = z.object({ at: timestamp.meta({ data: "heartbeat" }) });

/** What `health` answers: the parts without which no show works. It names no server, project or person. */
export const healthAnswer = z.object({
  isHealthy: z.boolean(),
  firestore: z.object({ isHealthy: z.boolean() }),
  livekit: z.object({ isHealthy: z.boolean() }),
  sweep: z.object({
    /** Whether it has run within the last minutes. */
    isHealthy: z.boolean(),
    /** When it last ran; null if it never has, or if nobody can say. */
    at: epochMillis.nullable(),
  }),
});
export type HealthAnswer = z.infer<typeof healthAnswer>;
