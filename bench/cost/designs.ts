import {
  audienceIntervalMs,
  DIGEST_FROM_COMMENTS_PER_INTERVAL,
  digestIntervalMs,
} from "../../functions/src/contract/feedIntervals.js";

export type CommentFeed = "direct" | "digest";

/** What two servers do differently with the same show. */
export interface Design {
  /** Whether listeners read each comment, or the server's digest of them. */
  commentFeed(listeners: number, commentsPerSecond: number): CommentFeed;
  /** `feed/latest` is written at most once in this time. */
  feedIntervalSeconds(listeners: number, commentFeed: CommentFeed): number;
  audienceIntervalSeconds(listeners: number): number;
  /** Between two changes of the audience in the show document. */
  readonly discoveryIntervalSeconds: number;
  /** Undefined: a phone that LiveKit sees sends none. */
  readonly heartbeatSeconds: number | undefined;
  /** What the sweep reads once a minute: what changed, or every participant. */
  readonly sweepReads: "changes" | "everybody";
  readonly livekitCallsPerLeave: "leave.livekitCalls" | "naive.leave.livekitCalls";
}

const digestSeconds = (listeners: number) => digestIntervalMs(listeners) / 1_000;
const audienceSeconds = (listeners: number) => audienceIntervalMs(listeners) / 1_000;

export const ambient: Design = {
  commentFeed: (listeners, commentsPerSecond) =>
    commentsPerSecond * digestSeconds(listeners) < DIGEST_FROM_COMMENTS_PER_INTERVAL
      ? "direct"
      : "digest",
  feedIntervalSeconds: (listeners, commentFeed) =>
    commentFeed === "digest" ? digestSeconds(listeners) : audienceSeconds(listeners),
  audienceIntervalSeconds: audienceSeconds,
  discoveryIntervalSeconds: 300,
  heartbeatSeconds: undefined,
  sweepReads: "changes",
  livekitCallsPerLeave: "leave.livekitCalls",
};

/** What one builds first, and what Ambient did at first: the same show without the measures for a crowd. */
export const naive: Design = {
  commentFeed: () => "direct",
  feedIntervalSeconds: () => 5,
  audienceIntervalSeconds: () => 5,
  discoveryIntervalSeconds: 30,
  heartbeatSeconds: 30,
  sweepReads: "everybody",
  livekitCallsPerLeave: "naive.leave.livekitCalls",
};
