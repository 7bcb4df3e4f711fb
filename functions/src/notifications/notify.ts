import type { Query } from "firebase-admin/firestore";
import { attemptAll } from "../attemptAll.js";
import { deviceRef, followRef, showRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import type { ShowDocument } from "../contract/shows.js";
import type { Dependencies } from "../dependencies.js";
import { selectEverywhere } from "../queries.js";
import { readTogether } from "../readTogether.js";
import type { NotifyTask } from "../tasks/tasks.js";
import { addressees, peopleWith } from "./addressees.js";
import { announcedEvent, type AnnouncedEvent } from "./announcedEvent.js";
import { deliver } from "./deliver.js";
import { claimAttempt, entriesBefore } from "./pushAttempts.js";
import { putIntoInboxes } from "./putIntoInboxes.js";
import { countPushes, devicesOf, recipientsAmong } from "./recipients.js";

/** As many people as FCM takes messages at once, if each has one device. */
const PAGE = 500;

type NotifyDependencies = Pick<
  Dependencies,
  "firestore" | "clock" | "tasks" | "push" | "notificationsPerDay" | "inboxRetentionMs"
>;
type To<Group extends NotifyTask["to"]["group"]> = Extract<
  NotifyTask["to"],
  { readonly group: Group }
>;
type ToPage = To<"followers" | "reminders">;

/**
 * Notifies a page of people, one person, or the devices that could not be reached before. Each page first asks for the
 * next one, so that pages run side by side. Safe to repeat: a person's devices are notified of an event once.
 */
export async function notify(deps: NotifyDependencies, task: NotifyTask): Promise<void> {
  const { firestore: db, clock } = deps;
  const { to, showId } = task;
  const show = (await showRef(db, showId).get()).data();
  const event = announcedEvent(show, task, clock.now());
  if (to.group === "followers" || to.group === "reminders") {
    await notifyPage(deps, task, event, to, show);
  } else if (event !== null && to.group === "person") {
    await notifyPeople(deps, task, event, { source: "person", uids: [to.uid], muted: new Set() });
  } else if (event !== null && to.group === "devices") {
    await deliverAgain(deps, task, event, to);
  }
}

async function notifyPage(
  deps: NotifyDependencies,
  task: NotifyTask,
  event: AnnouncedEvent | null,
  to: ToPage,
  show: ShowDocument | undefined,
): Promise<void> {
  const { firestore: db } = deps;
  const { group } = to;
  const isOver = group === "reminders" && endsReminders(task, show);
  if (event === null && !isOver) return;
  if (group === "followers" && !event?.isPublic) return;
  const everybody: Query =
    group === "followers"
      ? selectEverywhere(db, queries.followersOf, event?.creatorUid)
      : selectEverywhere(db, queries.remindersOf, task.showId);
  const rest = to.after === undefined ? everybody : everybody.startAfter(db.doc(to.after));
  const { docs } = await rest.limit(PAGE).get();
  const last = docs.at(-1);
  if (!last) return;
  if (docs.length === PAGE) {
    const next = { ...task, to: { group, after: last.ref.path } };
    await deps.tasks.notify.enqueue(next, task.since);
  }
  if (event !== null) {
    const people = docs.flatMap((found) => {
      const uid = found.ref.parent.parent?.id;
      return uid === undefined ? [] : [{ uid, isMuted: found.get("muted") === true }];
    });
    const uids = people.map(({ uid }) => uid);
    const muted = new Set(people.filter(({ isMuted }) => isMuted).map(({ uid }) => uid));
    await notifyPeople(deps, task, event, { source: group, uids, muted });
  }
  if (isOver) await attemptAll(docs, ({ ref }) => ref.delete());
}

/** Whether a show's reminders are no longer needed. If it is scheduled or live again, another task handles that. */
function endsReminders({ kind }: NotifyTask, show: ShowDocument | undefined): boolean {
  if (kind === "cancelled") return show?.status !== "scheduled" && show?.status !== "live";
  return kind === "live";
}

interface People {
  readonly source: To<"devices">["source"];
  readonly uids: readonly string[];
  /** These find the event in their inbox only, unless a task for another group of people pushes it. */
  readonly muted: ReadonlySet<string>;
}

async function notifyPeople(
  deps: NotifyDependencies,
  task: NotifyTask,
  event: AnnouncedEvent,
  { source, uids, muted }: People,
): Promise<void> {
  const { firestore: db } = deps;
  const reached = await addressees(db, event, uids);
  const { unpushed, failures: missed } = await putIntoInboxes(deps, event, reached);
  const wanting = event.isFresh ? [...unpushed.keys()].filter((uid) => !muted.has(uid)) : [];
  const devices = await devicesOf(db, wanting);
  const allowed = await recipientsAmong(deps, devices, deps.notificationsPerDay);
  const wanted = new Set(allowed.map(({ device }) => device.uid));
  const entries = new Map([...unpushed].filter(([uid]) => wanted.has(uid)));
  const { claimed, failures: unclaimed } = await claimAttempt(1, db, event.id, entries);
  const recipients = allowed.filter(({ device }) => claimed.has(device.uid));
  const uncounted = await countPushes(deps, recipients);
  await deliver(deps, event, recipients, task, { source, attempt: 1 });
  const failures = [...missed, ...unclaimed, ...uncounted];
  // The task is retried, only for those who were not notified.
  if (failures.length > 0) throw new AggregateError(failures, "some people were not notified");
}

/** The settings, the follow and the rest may have changed since the first attempt. The push has been counted. */
async function deliverAgain(
  deps: NotifyDependencies,
  task: NotifyTask,
  event: AnnouncedEvent,
  { source, devices, attempt }: To<"devices">,
): Promise<void> {
  if (!event.isFresh) return;
  const { firestore: db } = deps;
  const uids = [...new Set(devices.map(({ uid }) => uid))];
  const reached = await addressees(db, event, uids);
  const still =
    source === "followers"
      ? await peopleWith(
          db,
          reached,
          (uid) => followRef(db, uid, event.creatorUid),
          (follow) => follow.exists && follow.data()?.muted !== true,
        )
      : reached;
  const entries = await entriesBefore(attempt, db, event.id, still);
  const kept = devices.filter(({ uid }) => entries.has(uid));
  if (kept.length === 0) return;
  const snapshots = await readTogether(db, ...kept.map(({ deviceId }) => deviceRef(db, deviceId)));
  // Another person may have signed in there.
  const own = snapshots.filter((device, index) => device.data()?.uid === kept[index]?.uid);
  const allowed = await recipientsAmong(deps, own, Infinity);
  const { claimed, failures } = await claimAttempt(attempt, db, event.id, entries);
  const recipients = allowed.filter(({ device }) => claimed.has(device.uid));
  await deliver(deps, event, recipients, task, { source, attempt });
  if (failures.length > 0) throw new AggregateError(failures, "some devices were not notified");
}
