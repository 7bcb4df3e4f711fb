import { audienceIntervalSeconds, digestIntervalSeconds } from "./intervals.js";

/** What two servers do differently with the same show. */
export interface Design {
  /** Whether listeners read each comment, or the server's digest of them. */
  commentFeed(commentsPerSecond: number): "direct" | "digest";
  feedIntervalSeconds(listeners: number): number;
  audienceIntervalSeconds(listeners: number): number;
  /** Between two changes of the audience in the show document. */
  readonly discoveryIntervalSeconds: number;
  /** Undefined: a phone that LiveKit sees sends none. */
  readonly heartbeatSeconds: number | undefined;
  /** What the sweep reads once a minute: what changed, or every participant. */
  readonly sweepReads: "changes" | "everybody";
  readonly livekitCallsPerLeave: "leave.livekitCalls" | "naive.leave.livekitCalls";
}

/** Eight comments within 20 s switch a show to the digest. */
export const DIGEST_FROM_COMMENTS_PER_SECOND = 8 / 20;

export const ambient: Design = {
  commentFeed: (commentsPerSecond) =>
    commentsPerSecond < DIGEST_FROM_COMMENTS_PER_SECOND ? "direct" : "digest",
  feedIntervalSeconds: digestIntervalSeconds,
  audienceIntervalSeconds,
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
