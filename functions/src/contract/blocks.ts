import { z } from "zod";
import { timestamp, userId } from "./fields.js";

/** `users/{uid}/blocked/{otherUid}`: a person whom the owner has blocked. The owner writes it. */
export const blockDocument = z.object({ createdAt: timestamp.meta({ data: "block" }) });

/** The largest list that fits safely into one document. Beyond it, the oldest entries are dropped. */
export const MAX_HIDDEN = 10_000;

/**
 * `users/{uid}/private/hidden`: the people whom the owner has blocked or who have blocked the owner, oldest first.
 * Apps show the owner none of them: no comments, no names in lists, no shows.
 */
export const hiddenDocument = z.object({ uids: z.array(userId).meta({ data: "hidden" }) });
export type HiddenDocument = z.infer<typeof hiddenDocument>;
