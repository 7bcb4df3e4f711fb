import { z } from "zod";
import { userId } from "./fields.js";

/** What a report is about. Reports for the first two reasons are handled before all others. */
export const reportCategory = z.enum([
  "imminent_harm",
  "child_safety",
  "harassment",
  "hate",
  "sexual",
  "spam",
  "copyright",
  "other",
]);
export type ReportCategory = z.infer<typeof reportCategory>;

/**
 * What an admin decides. `content_hidden` hides a comment, or empties a profile's bio and links;
 * `warning_given` tells the person and changes nothing.
 */
export const decision = z.enum([
  "no_violation",
  "warning_given",
  "content_hidden",
  "show_taken_down",
  "account_suspended",
]);
export type Decision = z.infer<typeof decision>;

/** What a decision is about, in words that outlive the content itself. */
export const decisionSubject = z.object({
  kind: z.enum(["comment", "profile", "show"]),
  uid: userId.describe("whose it is"),
  showId: z.string().nullable(),
  commentId: z.string().nullable(),
  excerpt: z.string().describe("the comment's text, the person's name or the show's title"),
});
export type DecisionSubject = z.infer<typeof decisionSubject>;

/** Why an admin does something. */
export const statement = z
  .string()
  .trim()
  .min(1)
  .max(2_000)
  .describe("told to the people concerned");

/** An action on an admin waits for a second admin; any other is done at once. */
export const awaitingSecondAdmin = "awaiting_second_admin";
