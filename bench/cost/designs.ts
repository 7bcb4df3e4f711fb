import {
  audienceIntervalMs,
  digestFromComments,
  digestIntervalMs,
  directIntervalMs,
} from "../../functions/src/contract/feedIntervals.js";

export type CommentFeed = "direct" | "digest";

/** The differences between two server designs for the same show. */
export interface Design {
  /** Whether listeners read each comment, or the server's digest. */
  commentFeed(listeners: number, commentsPerSecond: number): CommentFeed;
  /** The minimum interval between two writes of `feed/latest`. */
  feedIntervalSeconds(listeners: number, commentFeed: CommentFeed): number;
  audienceIntervalSeconds(listeners: number): number;
  /** The minimum interval between two audience changes in the show document. */
  readonly discoveryIntervalSeconds: number;
  /** Undefined if phones that LiveKit sees send no heartbeat. */
  readonly heartbeatSeconds: number | undefined;
  /** What the sweep reads once a minute: changes only, or every participant. */
  readonly sweepReads: "changes" | "everybody";
  readonly livekitCallsPerLeave: "leave.livekitCalls" | "naive.leave.livekitCalls";
}

const digestSeconds = (listeners: number) => digestIntervalMs(listeners) / 1_000;
const audienceSeconds = (listeners: number) => audienceIntervalMs(listeners) / 1_000;

export const ambient: Design = {
  commentFeed: (listeners, commentsPerSecond) =>
    commentsPerSecond * digestSeconds(listeners) < digestFromComments(listeners)
      ? "direct"
      : "digest",
  feedIntervalSeconds: (listeners, commentFeed) =>
    commentFeed === "digest" ? digestSeconds(listeners) : directIntervalMs(listeners) / 1_000,
  audienceIntervalSeconds: audienceSeconds,
  discoveryIntervalSeconds: 300,
  heartbeatSeconds: undefined,
  sweepReads: "changes",
  livekitCallsPerLeave: "leave.livekitCalls",
};

/**
 * The obvious first design, and Ambient's own original one: the same show without the measures for
 * a crowd.
 */
export const naive: Design = {
  commentFeed: () => "direct",
  feedIntervalSeconds: () => 5,
  audienceIntervalSeconds: () => 5,
  discoveryIntervalSeconds: 30,
  heartbeatSeconds: 30,
  sweepReads: "everybody",
  livekitCallsPerLeave: "naive.leave.livekitCalls",
};
