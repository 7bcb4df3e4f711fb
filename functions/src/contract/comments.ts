import { z } from "zod";
import { documentId, MENTIONED_UID, NOT_BLANK, personCard, timestamp, userId } from "./fields.js";

/** The fields that an author writes. Apps validate them to explain an error before the rules refuse the write. */
export const newComment = z.object({
  text: z.string().max(500).regex(NOT_BLANK, "must not be blank"),
  replyTo: z.object({ commentId: documentId, authorUid: userId }).optional(),
  mentions: z
    .array(z.string().regex(MENTIONED_UID, "must be a person's uid"))
    .min(1)
    .max(5)
    .refine((uids) => new Set(uids).size === uids.length, "must name each person once")
    .optional(),
});

/**
 * `shows/{showId}/comments/{id}`: written by its author in one batch with their `activity` stamp. The rules have
 * judged the text. A reader that judged it again could only lose the comment.
 */
export const commentDocument = z.object({
  authorUid: userId.meta({ data: "comment" }),
  author: personCard.meta({ data: "comment" }),
  text: z.string().describe("at most 500 characters, not blank").meta({ data: "comment" }),
  createdAt: timestamp.meta({ data: "comment" }),
  hidden: z.boolean().meta({ data: "comment" }),
  /** No copy of the original, so that none of it survives in replies once it is hidden or deleted. */
  replyTo: z
    .object({ commentId: z.string(), authorUid: userId })
    .optional()
    .describe("the comment that it replies to, and its author")
    .meta({ data: "answered" }),
  mentions: z
    .array(userId)
    .optional()
    .describe("the people whom it addresses: 1 to 5, each once")
    .meta({ data: "mentioned" }),
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
