import type { DocumentSnapshot } from "firebase-admin/firestore";
import { participantDocument } from "../contract/audience.js";
import { showDocument } from "../contract/shows.js";
import type { Dependencies } from "../dependencies.js";
import type { NotifyTask } from "../tasks/tasks.js";

const announcedFields = showDocument.pick({
  status: true,
  scheduledFor: true,
  startedAt: true,
  updatedAt: true,
});
const invitedFields = participantDocument.pick({ state: true, invitedTo: true });

/**
 * Notifies people of a change to a show: it went live, has a new time, or will not take place. Repeated events enqueue the
 * same tasks. Changes of the time within one interval are one event at its end, so that a creator who alternates
 * between two times notifies nobody again and again.
 */
export async function announceShow(
  { tasks, movesIntervalMs }: Pick<Dependencies, "tasks" | "movesIntervalMs">,
  showId: string,
  before: DocumentSnapshot | undefined,
  after: DocumentSnapshot | undefined,
): Promise<void> {
  const current = announcedFields.safeParse(after?.data()).data;
  if (!current) return;
  const earlier = announcedFields.safeParse(before?.data()).data;
  const event = eventOf(earlier, current);
  if (event === null) return;
  const changedAt = current.updatedAt.toMillis();
  const since =
    event.kind === "moved"
      ? (Math.floor(changedAt / movesIntervalMs) + 1) * movesIntervalMs
      : changedAt;
  const groups =
    event.kind === "live" ? (["reminders", "followers"] as const) : (["reminders"] as const);
  await Promise.all(
    groups.map((group) => tasks.notify.enqueue({ showId, ...event, since, to: { group } }, since)),
  );
}

type Announced = ReturnType<typeof announcedFields.parse>;

function eventOf(
  before: Announced | undefined,
  after: Announced,
): Pick<NotifyTask, "kind" | "at"> | null {
  if (after.status === "live" && after.startedAt && before?.status !== "live") {
    return { kind: "live", at: after.startedAt.toMillis() };
  }
  if (before?.status !== "scheduled" || !before.scheduledFor) return null;
  const planned = before.scheduledFor.toMillis();
  // Cancelled, or a draft again, which only its creator can see.
  if (after.status !== "scheduled" || !after.scheduledFor)
    return { kind: "cancelled", at: planned };
  return after.scheduledFor.toMillis() === planned ? null : { kind: "moved", at: planned };
}

/** A host has invited a person to the stage. The invited person is notified if they are not connected. */
export async function announceInvitation(
  { tasks }: Pick<Dependencies, "tasks">,
  { showId, uid }: { readonly showId: string; readonly uid: string },
  before: DocumentSnapshot | undefined,
  after: DocumentSnapshot | undefined,
): Promise<void> {
  const current = invitedFields.safeParse(after?.data()).data;
  const earlier = invitedFields.safeParse(before?.data()).data;
  if (!current?.invitedTo || current.invitedTo === earlier?.invitedTo) return;
  const at = after?.updateTime?.toMillis();
  if (at === undefined) return;
  await tasks.notify.enqueue(
    { showId, kind: "invited", at, since: at, to: { group: "person", uid } },
    at,
  );
}
