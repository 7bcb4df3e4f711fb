import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { deviceRef, devicesRef, notificationSettingsRef, userRef } from "../collections.js";
import type { registerDevice as contract } from "../contract/notifications.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { requireProfile } from "../identity/requireProfile.js";
import { select } from "../queries.js";
import { deviceIdOf } from "./deviceId.js";

/** FCM advises to drop tokens that no app has confirmed for a month or two. https://firebase.google.com/docs/cloud-messaging/manage-tokens */
const KEPT_MS = 60 * 24 * 3_600_000;
/** More devices would be a script that multiplies messages. The one that was unused for longest is removed. */
const MAX_DEVICES = 20;

/**
 * The previous owner of the token no longer gets notifications on that device. Quiet hours follow the person, who may have
 * travelled with it.
 */
export async function registerDevice(
  { firestore: db, clock }: Pick<Dependencies, "firestore" | "clock">,
  { uid }: Pick<Caller, "uid">,
  { token, replaces, platform, language, timeZone }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const ref = deviceRef(db, deviceIdOf(token));
  await db.runTransaction(async (transaction) => {
    const [user, settings, { docs }] = await Promise.all([
      transaction.get(userRef(db, uid)),
      transaction.get(notificationSettingsRef(db, uid)),
      transaction.get(select(devicesRef(db), queries.devicesOf, uid)),
    ]);
    await requireProfile(transaction, db, user);
    const others = docs
      .filter((device) => device.id !== ref.id)
      .sort((a, b) => b.data().updatedAt.toMillis() - a.data().updatedAt.toMillis());
    const isReplaced = (id: string) => replaces !== undefined && id === deviceIdOf(replaces);
    for (const [index, device] of others.entries()) {
      if (isReplaced(device.id) || index >= MAX_DEVICES - 1) transaction.delete(device.ref);
    }
    if (settings.data()?.timeZone !== timeZone) {
      transaction.set(settings.ref, { timeZone }, { merge: true });
    }
    const now = clock.now();
    transaction.set(ref, {
      uid,
      token,
      platform,
      language,
      updatedAt: Timestamp.fromMillis(now),
      expiresAt: Timestamp.fromMillis(now + KEPT_MS),
    });
  });
  return {};
}
