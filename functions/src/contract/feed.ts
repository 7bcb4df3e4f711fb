import { z } from "zod";
import { commentDocument } from "./comments.js";
import { timestamp } from "./fields.js";
import { reactionTotals } from "./reactions.js";
import { showAudience } from "./shows.js";
import { PUBLISHED_SONG_REQUESTS, publishedSongRequest } from "./songRequests.js";

/** How many comments the digest carries. */
export const DIGEST_SIZE = 50;

/** A comment as the digest carries it. */
export const digestComment = commentDocument.extend({ id: z.string() });
export type DigestComment = z.infer<typeof digestComment>;

/**
 * `shows/{showId}/feed/latest`: everything that changes too often for separate documents. It is written at most once
 * per interval, and only when something in it changed.
 */
export const feedDocument = z.object({
  audience: showAudience.meta({ data: "measure" }),
  /** The show's totals. */
  reactions: reactionTotals.meta({ data: "measure" }),
  /** The newest visible comments, newest first; empty while `commentFeed` is `direct`. */
  comments: z.array(digestComment).max(DIGEST_SIZE).meta({ data: "quote" }),
  /** Since when `commentFeed` is `digest`; null while it is `direct`. */
  digestSince: timestamp.nullable().default(null).meta({ data: "stage" }),
  /** The pinned comment. */
  pinned: digestComment.nullable().default(null).meta({ data: "quote" }),
  /** The open song requests with the most votes, oldest first among equals; empty once the show is over. */
  songRequests: z
    .array(publishedSongRequest)
    .max(PUBLISHED_SONG_REQUESTS)
    .default([])
    .meta({ data: "quote" }),
  /** The sum of the times for which listeners were present, up to `audience.countedAt`, in ms. */
  listenerMs: z.int().nonnegative().default(0).meta({ data: "measure" }),
  /** The moment before all of it was read: whatever was committed earlier is in it. */
  updatedAt: timestamp.meta({ data: "stage" }),
});
export type FeedDocument = z.infer<typeof feedDocument>;

/**
 * `stages/{showId}/measures/audience`: the audience at the end of each minute in which it was counted, by the minute since the
 * show's start. Written with the feed, once a minute at most.
 */
export const audienceCurveDocument = z.object({
  points: z.record(z.string(), z.int().nonnegative()).meta({ data: "stage" }),
});
