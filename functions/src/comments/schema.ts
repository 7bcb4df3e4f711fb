import { z } from "zod";
import { personCard, timestamp, userId } from "../contract.js";

/** `shows/{showId}/comments/{id}`: written by its author in one batch with his `activity` stamp. */
export const commentDocument = z.object({
  authorUid: userId,
  author: personCard,
  text: z.string().min(1).max(500),
  createdAt: timestamp,
  hidden: z.boolean(),
});
export type CommentDocument = z.infer<typeof commentDocument>;
