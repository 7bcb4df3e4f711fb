import { GrpcStatus, Timestamp } from "firebase-admin/firestore";
import { notificationRef, notificationSettingsRef, userRef } from "../collections.js";
import {
  notificationSettingsDocument,
  type NotificationSettings,
} from "../contract/notifications.js";
import type { Dependencies } from "../dependencies.js";
import { hasStatus } from "../grpcStatus.js";
import { readTogether } from "../readTogether.js";
import type { AnnouncedEvent } from "./announcedEvent.js";
import { mayPush, oneMoreSent } from "./mayPush.js";

/**
 * Puts an event into a person's inbox, once however often it is called. Resolves with the person's settings if their
 * devices are to be notified too; otherwise with null. The push is counted before it is sent: a crash in between loses
 * a push, and never repeats one.
 */
export async function claim(
  {
    firestore: db,
    clock,
    notificationsPerDay,
    inboxRetentionMs,
  }: Pick<Dependencies, "firestore" | "clock" | "notificationsPerDay" | "inboxRetentionMs">,
  event: AnnouncedEvent,
  { uid, wantsPush }: { readonly uid: string; readonly wantsPush: boolean },
): Promise<NotificationSettings | null> {
  try {
    return await db.runTransaction(async (transaction) => {
      const [user, settingsSnapshot] = await readTogether(
        transaction,
        userRef(db, uid),
        notificationSettingsRef(db, uid),
      );
      // Their account is deleted, or about to be.
      if (!user.exists) return null;
      const now = clock.now();
      const settings = settingsSnapshot.data() ?? notificationSettingsDocument.parse({});
      const { kind, showId, title, creatorUid, creator, scheduledFor } = event;
      transaction.create(notificationRef(db, uid, event.id), {
        kind,
        showId,
        title,
        creatorUid,
        creator,
        scheduledFor,
        createdAt: Timestamp.fromMillis(now),
        readAt: null,
        expiresAt: Timestamp.fromMillis(now + inboxRetentionMs),
      });
      if (!event.isFresh || !wantsPush || !mayPush(settings, now, notificationsPerDay)) return null;
      const sent = oneMoreSent(settings.sent, now);
      transaction.set(settingsSnapshot.ref, { sent }, { merge: true });
      return settings;
    });
  } catch (error) {
    if (hasStatus(error, GrpcStatus.ALREADY_EXISTS)) return null;
    throw error;
  }
}
