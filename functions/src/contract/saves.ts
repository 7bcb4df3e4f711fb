import { z } from "zod";
import { timestamp } from "./fields.js";

/**
 * `shows/{showId}/saves/{uid}`: what a person who was in the show did with its music in Spotify, as their app reports
 * it. The owner writes it. Nothing returns to false, so that each person is counted once, however often they do it.
 */
export const saveDocument = z.object({
  /** They opened Spotify from the show. It does not prove that they listened. */
  opened: z.boolean().default(false).meta({ data: "use" }),
  /** They saved a track or the setlist. It does not prove that they kept it. */
  saved: z.boolean().default(false).meta({ data: "use" }),
  at: timestamp.meta({ data: "use" }),
});
