import { GrpcStatus, Timestamp, type DocumentReference } from "firebase-admin/firestore";
import { notificationRef, userRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { hasStatus } from "../grpcStatus.js";
import type { AnnouncedEvent } from "./announcedEvent.js";

/**
 * Puts an event into people's inboxes, and resolves with those who did not have it yet: so a person is notified of an event
 * once, however often its tasks run. Whose account is being deleted gets nothing. `failures`: of those who could not be
 * reached, for another attempt.
 */
export async function putIntoInboxes(
  {
    firestore: db,
    clock,
    inboxRetentionMs,
  }: Pick<Dependencies, "firestore" | "clock" | "inboxRetentionMs">,
  { id, kind, showId, title, creatorUid, creator, scheduledFor }: AnnouncedEvent,
  uids: readonly string[],
): Promise<{ readonly notified: readonly string[]; readonly failures: readonly unknown[] }> {
  const failures: unknown[] = [];
  const now = clock.now();
  const entry = {
    kind,
    showId,
    title,
    creatorUid,
    creator,
    scheduledFor,
    createdAt: Timestamp.fromMillis(now),
    readAt: null,
    expiresAt: Timestamp.fromMillis(now + inboxRetentionMs),
  };
  // The queue's rate limits the writes.
  const writer = db.bulkWriter({ throttling: false });
  const created = uids.map(async (uid) => {
    try {
      await writer.create(notificationRef(db, uid, id), entry);
      return [uid];
    } catch (error) {
      if (hasStatus(error, GrpcStatus.ALREADY_EXISTS)) return [];
      failures.push(error);
      return [];
    }
  });
  await writer.close();
  const reached = (await Promise.all(created)).flat();
  if (reached.length === 0) return { notified: [], failures };
  // Read after the entries were written: a deletion that begins later finds them.
  const users = await db.getAll(...reached.map((uid): DocumentReference => userRef(db, uid)));
  const gone = users.filter(({ exists }) => !exists).map((user) => user.id);
  await Promise.all(gone.map((uid) => notificationRef(db, uid, id).delete()));
  return { notified: reached.filter((uid) => !gone.includes(uid)), failures };
}
