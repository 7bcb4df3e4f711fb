import { z } from "zod";
import { showStatus } from "./shows.js";

/**
 * `GET /s/{showId}/show.json`: what an app may name of a show to people who are not signed in. Drafts and shows that nobody may
 * see are missing (404).
 */
export const sharedShowFacts = z.object({
  title: z.string(),
  creatorName: z.string(),
  status: showStatus.exclude(["draft"]),
  scheduledFor: z.int().nullable().describe("Milliseconds since the epoch."),
});
export type SharedShowFacts = z.infer<typeof sharedShowFacts>;
