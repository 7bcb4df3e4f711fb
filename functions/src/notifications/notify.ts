import type { DocumentSnapshot, Query, QueryDocumentSnapshot } from "firebase-admin/firestore";
import { attemptAll } from "../attemptAll.js";
import {
  deviceRef,
  devicesRef,
  hiddenRef,
  leaseRef,
  notificationSettingsRef,
} from "../collections.js";
import {
  type DeviceDocument,
  type NotificationSettings,
  notificationSettingsDocument,
} from "../contract/notifications.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { isConnected } from "../presence/lease.js";
import { select, selectEverywhere } from "../queries.js";
import { readTogether } from "../readTogether.js";
import type { NotifyTask } from "../tasks/tasks.js";
import { announcedEvent, type AnnouncedEvent } from "./announcedEvent.js";
import { deliver, type Recipient } from "./deliver.js";
import { mayPush, oneMoreSent } from "./mayPush.js";
import { putIntoInboxes } from "./putIntoInboxes.js";

/** As many people as FCM takes messages at once, if each has one device. */
const PAGE = 500;
/** How many values Firestore's `in` takes. */
const IN_VALUES = 30;

type NotifyDependencies = Pick<
  Dependencies,
  "firestore" | "clock" | "tasks" | "push" | "notificationsPerDay" | "inboxRetentionMs"
>;
type Device = QueryDocumentSnapshot<DeviceDocument>;
type ToPage = Extract<NotifyTask["to"], { readonly group: "followers" | "reminders" }>;
interface Person {
  readonly uid: string;
  readonly isMuted: boolean;
}

/**
 * Notifies a page of people, one person, or the devices that could not be reached before. Each page first asks for the
 * next one, so that pages run side by side. Safe to repeat: a person is notified of an event once.
 */
export async function notify(deps: NotifyDependencies, task: NotifyTask): Promise<void> {
  const { firestore: db, clock } = deps;
  const event = await announcedEvent(db, task, clock.now());
  if (event === null) return;
  const { to } = task;
  switch (to.group) {
    case "person":
      // Whoever hears the show sees the invitation there.
      if (isConnected(await leaseRef(db, event.showId, to.uid).get())) return;
      await notifyPeople(deps, task, event, [{ uid: to.uid, isMuted: false }]);
      return;
    case "devices":
      await deliverAgain(deps, task, event, to);
      return;
    default:
      await notifyPage(deps, task, event, to);
  }
}

async function notifyPage(
  deps: NotifyDependencies,
  task: NotifyTask,
  event: AnnouncedEvent,
  to: ToPage,
): Promise<void> {
  const { firestore: db } = deps;
  if (to.group === "followers" && !event.isPublic) return;
  const everybody: Query =
    to.group === "followers"
      ? selectEverywhere(db, queries.followersOf, event.creatorUid)
      : selectEverywhere(db, queries.remindersOf, event.showId);
  const rest = to.after === undefined ? everybody : everybody.startAfter(db.doc(to.after));
  const { docs } = await rest.limit(PAGE).get();
  const last = docs.at(-1);
  if (!last) return;
  if (docs.length === PAGE) {
    const next = { ...task, to: { group: to.group, after: last.ref.path } };
    await deps.tasks.notify.enqueue(next, task.since);
  }
  const people = docs.flatMap((found) => {
    const uid = found.ref.parent.parent?.id;
    return uid === undefined ? [] : [{ uid, isMuted: found.get("muted") === true }];
  });
  await notifyPeople(deps, task, event, people);
  // What people wanted to be reminded of has happened.
  if (to.group === "reminders" && event.kind !== "moved") {
    await attemptAll(docs, ({ ref }) => ref.delete());
  }
}

/** Leaves out the creator, and everybody who is hidden from them. */
async function notifyPeople(
  deps: NotifyDependencies,
  task: NotifyTask,
  event: AnnouncedEvent,
  people: readonly Person[],
): Promise<void> {
  const { firestore: db } = deps;
  const hidden = (await hiddenRef(db, event.creatorUid).get()).data()?.uids ?? [];
  const leftOut = new Set([...hidden, event.creatorUid]);
  const addressed = people.filter(({ uid }) => !leftOut.has(uid));
  const muted = new Set(addressed.filter(({ isMuted }) => isMuted).map(({ uid }) => uid));
  const { notified, failures } = await putIntoInboxes(
    deps,
    event,
    addressed.map(({ uid }) => uid),
  );
  const wanting = event.isFresh ? notified.filter((uid) => !muted.has(uid)) : [];
  const devices = await devicesOf(deps, wanting);
  const settings = await countPushes(deps, [...devices.keys()]);
  const recipients = [...settings].flatMap(([uid, chosen]) =>
    (devices.get(uid) ?? []).map((device) => recipientOf(device, device.data(), chosen)),
  );
  await deliver(deps, event, recipients, task, 1);
  // The task comes again, for those alone.
  if (failures.length > 0) throw new AggregateError(failures, "some people were not notified");
}

/**
 * Resolves with the settings of those whose devices may be notified now. Their pushes are counted before they are sent: a crash
 * in between loses a push, and never repeats one.
 */
async function countPushes(
  { firestore: db, clock, notificationsPerDay }: NotifyDependencies,
  uids: readonly string[],
): Promise<ReadonlyMap<string, NotificationSettings>> {
  const allowed = new Map<string, NotificationSettings>();
  if (uids.length === 0) return allowed;
  const now = clock.now();
  const refs = uids.map((uid) => notificationSettingsRef(db, uid));
  const snapshots = await readTogether(db, ...refs);
  const writer = db.bulkWriter({ throttling: false });
  const written: Promise<unknown>[] = [];
  for (const [index, snapshot] of snapshots.entries()) {
    const uid = uids[index] ?? "";
    const settings = snapshot.data() ?? notificationSettingsDocument.parse({});
    if (!mayPush(settings, now, notificationsPerDay)) continue;
    allowed.set(uid, settings);
    const sent = oneMoreSent(settings.sent, now);
    written.push(writer.set(snapshot.ref, { sent }, { merge: true }));
  }
  await writer.close();
  await Promise.all(written);
  return allowed;
}

async function devicesOf(
  { firestore: db }: NotifyDependencies,
  uids: readonly string[],
): Promise<ReadonlyMap<string, readonly Device[]>> {
  const pages: Promise<Device[]>[] = [];
  for (let first = 0; first < uids.length; first += IN_VALUES) {
    const some = uids.slice(first, first + IN_VALUES);
    const found = select(devicesRef(db), queries.devicesOfSome, some).get();
    pages.push(found.then(({ docs }) => docs));
  }
  return Map.groupBy((await Promise.all(pages)).flat(), (device) => device.data().uid);
}

async function deliverAgain(
  deps: NotifyDependencies,
  task: NotifyTask,
  event: AnnouncedEvent,
  { devices, attempt }: Extract<NotifyTask["to"], { readonly group: "devices" }>,
): Promise<void> {
  if (!event.isFresh) return;
  const { firestore: db } = deps;
  const recipients: Recipient[] = [];
  await attemptAll(devices, async ({ deviceId, uid }) => {
    const [snapshot, settings] = await readTogether(
      db,
      deviceRef(db, deviceId),
      notificationSettingsRef(db, uid),
    );
    const device = snapshot.data();
    // Somebody else has signed in there.
    if (device?.uid !== uid) return;
    const current = settings.data() ?? notificationSettingsDocument.parse({});
    recipients.push(recipientOf(snapshot, device, current));
  });
  await deliver(deps, event, recipients, task, attempt);
}

function recipientOf(
  { ref, updateTime }: DocumentSnapshot<DeviceDocument>,
  device: DeviceDocument,
  { timeZone }: NotificationSettings,
): Recipient {
  return { ref, device, updateTime, timeZone };
}
