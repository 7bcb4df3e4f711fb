import { z } from "zod";

/** The message from the creator's frame to the page around it. */
export const onAirMessage = z.object({ kind: z.literal("onAir"), showId: z.string() });
export type OnAirMessage = z.infer<typeof onAirMessage>;
