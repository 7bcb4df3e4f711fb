import {
  type DocumentReference,
  type DocumentSnapshot,
  type Firestore,
  GrpcStatus,
  type Timestamp,
} from "firebase-admin/firestore";
import { devicesRef, notificationSettingsRef } from "../collections.js";
import {
  type DeviceDocument,
  type NotificationSettings,
  notificationSettingsDocument,
} from "../contract/notifications.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { hasStatus } from "../grpcStatus.js";
import { select } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { mayPush, oneMoreSent } from "./mayPush.js";

/** How many values Firestore's `in` takes. */
const IN_VALUES = 30;

/** A device, as it was at `updateTime`, and the settings of its owner. */
export interface Recipient {
  readonly ref: DocumentReference;
  readonly device: DeviceDocument;
  readonly updateTime: Timestamp | undefined;
  readonly settings: NotificationSettings;
}

/** All devices of these people. */
export async function devicesOf(
  db: Firestore,
  uids: readonly string[],
): Promise<readonly DocumentSnapshot<DeviceDocument>[]> {
  const pages: Promise<readonly DocumentSnapshot<DeviceDocument>[]>[] = [];
  for (let first = 0; first < uids.length; first += IN_VALUES) {
    const some = uids.slice(first, first + IN_VALUES);
    const found = select(devicesRef(db), queries.devicesOfSome, some).get();
    pages.push(found.then(({ docs }) => docs));
  }
  return (await Promise.all(pages)).flat();
}

/** Those of these devices that their owners' settings let be notified now. */
export async function recipientsAmong(
  { firestore: db, clock }: Pick<Dependencies, "firestore" | "clock">,
  devices: readonly DocumentSnapshot<DeviceDocument>[],
  dailyCap: number,
): Promise<readonly Recipient[]> {
  const found = devices.flatMap((snapshot) => {
    const device = snapshot.data();
    return device ? [{ ref: snapshot.ref, updateTime: snapshot.updateTime, device }] : [];
  });
  const uids = [...new Set(found.map(({ device }) => device.uid))];
  if (uids.length === 0) return [];
  const snapshots = await readTogether(db, ...uids.map((uid) => notificationSettingsRef(db, uid)));
  const settingsOf = new Map(
    snapshots.map((snapshot, index) => [
      uids[index],
      snapshot.data() ?? notificationSettingsDocument.parse({}),
    ]),
  );
  const now = clock.now();
  return found.flatMap((each) => {
    const settings = settingsOf.get(each.device.uid);
    return settings && mayPush(settings, now, dailyCap) ? [{ ...each, settings }] : [];
  });
}

/** Counts one push for each of these people. Registering a device made the document, so only a deletion takes it away. */
export async function countPushes(
  { firestore: db, clock }: Pick<Dependencies, "firestore" | "clock">,
  recipients: readonly Recipient[],
): Promise<readonly unknown[]> {
  const failures: unknown[] = [];
  const now = clock.now();
  const settingsOf = new Map(recipients.map(({ device, settings }) => [device.uid, settings]));
  const writer = db.bulkWriter({ throttling: false });
  const written = [...settingsOf].map(async ([uid, { sent }]) => {
    try {
      await writer.update(notificationSettingsRef(db, uid), { sent: oneMoreSent(sent, now) });
    } catch (error) {
      if (!hasStatus(error, GrpcStatus.NOT_FOUND)) failures.push(error);
    }
  });
  await writer.close();
  await Promise.all(written);
  return failures;
}
