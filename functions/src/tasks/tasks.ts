import { z } from "zod";
import { documentId, epochMillis, userId } from "../contract/fields.js";
import { notificationKind } from "../contract/notifications.js";
import { countFollowersQueue, notifyQueue, publishFeedQueue, sweepShowQueue } from "./queues.js";
import { defineTask, type TaskQueue } from "./taskQueue.js";

const oneShow = z.strictObject({ showId: documentId });
const oneSweep = oneShow.extend({
  /** How many participants LiveKit listed in the audio room; absent if the sweep has to ask. */
  participants: z.int().nonnegative().optional(),
  /** When the minute's sweep was planned, in ms since the epoch; absent if a call or an event requested this sweep. */
  plannedAt: epochMillis.optional(),
  /** LiveKit could not list its rooms, so the sweep does not call it. */
  isLivekitSilent: z.literal(true).optional(),
});

const someNotifications = oneShow.extend({
  kind: notificationKind,
  /** In ms since the epoch: when the show started, its time before the change, or when the person was invited. */
  at: epochMillis,
  /**
   * The time of the event itself, or the end of the interval in which a show moved, in ms since the epoch. It
   * distinguishes events of one kind. Late events only reach the inbox.
   */
  since: epochMillis,
  /** The people whom this task notifies. */
  to: z.discriminatedUnion("group", [
    z.strictObject({
      group: z.enum(["followers", "reminders"]),
      /** The document after which the page begins; absent for the first page. */
      after: z.string().optional(),
    }),
    z.strictObject({ group: z.literal("person"), uid: z.string() }),
    /** Devices to which FCM could not deliver yet. */
    z.strictObject({
      group: z.literal("devices"),
      /** The group that the devices' owners were found in. */
      source: z.enum(["followers", "reminders", "person"]),
      devices: z.array(z.strictObject({ deviceId: z.string(), uid: z.string() })),
      attempt: z.int().positive(),
    }),
  ]),
});

export const publishFeedTask = defineTask({ ...publishFeedQueue, payload: oneShow });
export const countFollowersTask = defineTask({
  ...countFollowersQueue,
  payload: z.strictObject({ uid: userId }),
});
export const sweepShowTask = defineTask({ ...sweepShowQueue, payload: oneSweep });

export const notifyTask = defineTask({
  ...notifyQueue,
  payload: someNotifications,
  // Without `at`: of the moves in one interval, the first knows the time that people know.
  keyOf: ({ kind, since, to }) => JSON.stringify([kind, since, to]),
});
export type NotifyTask = z.output<typeof notifyTask.payload>;

export interface TaskQueues {
  readonly publishFeed: TaskQueue<z.output<typeof publishFeedTask.payload>>;
  readonly countFollowers: TaskQueue<z.output<typeof countFollowersTask.payload>>;
  readonly sweepShow: TaskQueue<z.output<typeof sweepShowTask.payload>>;
  readonly notify: TaskQueue<NotifyTask>;
}
