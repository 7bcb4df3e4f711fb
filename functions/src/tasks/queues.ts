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

/** Notifies a page of people of one event. Its rate keeps a project within FCM's default quota of 600,000 messages a minute. */
export const notifyQueue = {
  name: "notify",
  retryConfig: { maxAttempts: 5, minBackoffSeconds: 5, maxBackoffSeconds: 60 },
  rateLimits: { maxConcurrentDispatches: 10, maxDispatchesPerSecond: 10 },
} as const satisfies TaskQueueSettings;

/** Repairs one show: restores what a lost event or a failed call left wrong. */
export const sweepShowQueue = {
  name: "sweepShow",
  retryConfig: { maxAttempts: 5, minBackoffSeconds: 1, maxBackoffSeconds: 10 },
  // Once a minute, the sweeps of all live shows are due at once. The number of requests to LiveKit stays low because
  // most sweeps make none. A dispatch rate low enough to limit them would let the sweeps of many quiet shows pile up.
  rateLimits: { maxConcurrentDispatches: 50, maxDispatchesPerSecond: 100 },
} as const satisfies TaskQueueSettings;

/** Counts a creator's followers at the end of an interval. */
export const countFollowersQueue = {
  name: "countFollowers",
  retryConfig: { maxAttempts: 5, minBackoffSeconds: 1, maxBackoffSeconds: 60 },
  rateLimits: { maxConcurrentDispatches: 50, maxDispatchesPerSecond: 100 },
} as const satisfies TaskQueueSettings;
