import { z } from "zod";
import { NOT_BLANK, personCard, timestamp, userId } from "./fields.js";

/** What an author writes, for an app that says what is wrong before the rules refuse it. */
export const newComment = z.object({
  text: z.string().max(500).regex(NOT_BLANK, "must not be blank"),
});

/**
 * `shows/{showId}/comments/{id}`: written by its author in one batch with their `activity` stamp. The
 * rules have judged the text; a reader that judged it again could only lose the comment.
 */
export const commentDocument = z.object({
  authorUid: userId.meta({ data: "comment" }),
  author: personCard.meta({ data: "comment" }),
  text: z.string().describe("at most 500 characters, not blank").meta({ data: "comment" }),
  createdAt: timestamp.meta({ data: "comment" }),
  hidden: z.boolean().meta({ data: "comment" }),
  hiddenByReport: z
    .string()
    .optional()
    .describe("the report by which an admin hid it; its hosts cannot show it again")
    .meta({ data: "comment" }),
  /** Its author supported the show's creator with it. The server alone writes such comments; their text may be empty. */
  support: z
    .object({
      amount: z.int().positive().describe("in the currency's smallest unit"),
      currency: z.string(),
    })
    .optional()
    .meta({ data: "comment" }),
});
export type CommentDocument = z.infer<typeof commentDocument>;
