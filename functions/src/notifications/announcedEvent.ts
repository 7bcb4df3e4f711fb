import type { NotificationDocument } from "../contract/notifications.js";
import type { ShowDocument } from "../contract/shows.js";
import type { NotifyTask } from "../tasks/tasks.js";

/** What people are notified of, as the show is now. */
export type AnnouncedEvent = Pick<
  NotificationDocument,
  "kind" | "showId" | "title" | "creatorUid" | "creator" | "scheduledFor"
> & {
  /** The notification's id in every inbox. */
  readonly id: string;
  /** Whether it still reaches phones. */
  readonly isFresh: boolean;
  readonly isPublic: boolean;
  readonly isForAdults: boolean;
};

/** How long after an event, in seconds, phones are still notified, and FCM still tries to reach a phone. */
export const FRESH_SECONDS = {
  live: 15 * 60,
  invited: 5 * 60,
  moved: 24 * 3_600,
  cancelled: 24 * 3_600,
} as const satisfies Record<NotificationDocument["kind"], number>;

/** The task's event; null if it no longer applies: the show is over, or is back at the time that people know. */
export function announcedEvent(
  show: ShowDocument | undefined,
  { showId, kind, at, since }: Omit<NotifyTask, "to">,
  now: number,
): AnnouncedEvent | null {
  if (!show || show.visibility === "taken_down" || !isTrue(show, kind, at)) return null;
  const { title, creatorUid, creator, scheduledFor, visibility, adultsOnly } = show;
  return {
    // A show may move or be cancelled more than once: `since` tells two events of one kind apart.
    id: `${kind}_${since}_${showId}`,
    kind,
    showId,
    title,
    creatorUid,
    creator,
    scheduledFor: kind === "moved" ? scheduledFor : null,
    isFresh: now - since < FRESH_SECONDS[kind] * 1_000,
    isPublic: visibility === "public",
    isForAdults: adultsOnly === true,
  };
}

function isTrue(show: ShowDocument, kind: NotificationDocument["kind"], at: number): boolean {
  switch (kind) {
    case "live":
      return show.status === "live" && show.startedAt?.toMillis() === at;
    case "moved":
      return show.status === "scheduled" && show.scheduledFor?.toMillis() !== at;
    case "cancelled":
      return show.status === "cancelled" || show.status === "draft";
    case "invited":
      return show.status === "live";
  }
}
