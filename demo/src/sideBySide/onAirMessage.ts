import { z } from "zod";

/** What the creator's frame tells the page around it. */
export const onAirMessage = z.object({ kind: z.literal("onAir"), showId: z.string() });
export type OnAirMessage = z.infer<typeof onAirMessage>;
