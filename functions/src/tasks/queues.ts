/** A task queue as it is deployed. Apart from the payload's schema, so that it loads without zod. */
export interface TaskQueueSettings {
  /** The name of the function that runs the tasks. */
  readonly name: string;
  /** https://firebase.google.com/docs/functions/task-functions#retry */
  readonly retryConfig: {
    readonly maxAttempts: number;
    readonly minBackoffSeconds: number;
    readonly maxBackoffSeconds: number;
  };
  readonly rateLimits: {
    readonly maxConcurrentDispatches: number;
    readonly maxDispatchesPerSecond: number;
  };
}

/** Brings a show's `feed/latest` up to date at the end of an interval. */
export const publishFeedQueue = {
  name: "publishFeed",
  retryConfig: { maxAttempts: 5, minBackoffSeconds: 1, maxBackoffSeconds: 10 },
  rateLimits: { maxConcurrentDispatches: 500, maxDispatchesPerSecond: 500 },
} as const satisfies TaskQueueSettings;

/** Repairs one show: the healer of whatever an event or a call left wrong. */
export const sweepShowQueue = {
  name: "sweepShow",
  retryConfig: { maxAttempts: 5, minBackoffSeconds: 1, maxBackoffSeconds: 10 },
  // LiveKit Cloud answers about 1,000 requests a minute for a project. A sweep makes none for a quiet show, one to
  // look into a room, and two where the room is empty: 8 dispatches × 60 s × 2 requests = 960 a minute at worst.
  // Corrections, and what calls ask of LiveKit, come on top; a request that is refused is made by a later sweep.
  rateLimits: { maxConcurrentDispatches: 50, maxDispatchesPerSecond: 8 },
} as const satisfies TaskQueueSettings;
