import { z } from "zod";
import { defineCallable } from "./callable.js";
import { epochMillis, personCard, timestamp, userId } from "./fields.js";

/** `users/{uid}/following/{creatorUid}`: that a person follows a creator. The follower writes it. */
export const followingDocument = z.object({
  createdAt: timestamp.meta({ data: "follow" }),
  /** As in the path, so that a creator's followers can be found. */
  creatorUid: userId.optional().meta({ data: "followed" }),
  /** The follower wants no notifications about this creator. */
  muted: z.boolean().optional().meta({ data: "follow" }),
});

/** The largest list that a page of shows can be asked for in one round trip. Beyond it, the earliest drop out. */
export const MAX_FOLLOWED = 1_000;

/**
 * `users/{uid}/private/follows`: the creators whom the owner follows, the earliest first: one read, however many they
 * are. The server writes it.
 */
export const followsDocument = z.object({
  creatorUids: z.array(userId).meta({ data: "followedList" }),
  updatedAt: timestamp.meta({ data: "follow" }),
});
export type FollowsDocument = z.infer<typeof followsDocument>;

const follower = z.strictObject({
  uid: userId,
  displayName: personCard.shape.displayName,
  photoUrl: personCard.shape.photoUrl,
  followedAt: epochMillis,
});
export type Follower = z.infer<typeof follower>;

export const listFollowers = defineCallable({
  name: "listFollowers",
  summary:
    "Lists who follows the caller, the latest first. A page may be shorter than its limit: only `cursor` says whether there are more.",
  who: "self",
  request: z.strictObject({
    cursor: z.string().min(1).max(200).optional().describe("from the previous page"),
    limit: z.int().min(1).max(100).optional().describe("30 by default"),
  }),
  response: z.strictObject({
    followers: z.array(follower),
    cursor: z.string().nullable().describe("null on the last page"),
  }),
  limit: "listFollowers",
  reasons: ["RATE_LIMITED"],
});
