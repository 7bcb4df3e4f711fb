import { z } from "zod";
import { NOT_BLANK, personCard, timestamp, userId } from "./fields.js";

/** `shows/{showId}/comments/{id}`: written by its author in one batch with their `activity` stamp. */
export const commentDocument = z.object({
  authorUid: userId,
  author: personCard,
  text: z.string().max(500).regex(NOT_BLANK, "must not be blank"),
  createdAt: timestamp,
  hidden: z.boolean(),
});
export type CommentDocument = z.infer<typeof commentDocument>;
