import { GrpcStatus, Timestamp } from "firebase-admin/firestore";
import { notificationRef, userRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { hasStatus } from "../grpcStatus.js";
import { peopleWith } from "./addressees.js";
import type { AnnouncedEvent } from "./announcedEvent.js";
import { type Entries, entriesBefore } from "./pushAttempts.js";

/**
 * Puts an event into people's inboxes, once however often its tasks run. Resolves with those entries of which no device has
 * been notified. People whose accounts are being deleted are skipped. `failures` are those of people who could not be reached, for another attempt.
 */
export async function putIntoInboxes(
  {
    firestore: db,
    clock,
    inboxRetentionMs,
  }: Pick<Dependencies, "firestore" | "clock" | "inboxRetentionMs">,
  { id, kind, showId, title, creatorUid, creator, scheduledFor }: AnnouncedEvent,
  uids: readonly string[],
): Promise<{ readonly unpushed: Entries; readonly failures: readonly unknown[] }> {
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
    pushAttempts: 0,
    readAt: null,
    expiresAt: Timestamp.fromMillis(now + inboxRetentionMs),
  };
  const unpushed = new Map<string, Timestamp>();
  const existing: string[] = [];
  // The queue's rate limits the writes.
  const writer = db.bulkWriter({ throttling: false });
  const created = uids.map(async (uid) => {
    try {
      const { writeTime } = await writer.create(notificationRef(db, uid, id), entry);
      unpushed.set(uid, writeTime);
    } catch (error) {
      if (hasStatus(error, GrpcStatus.ALREADY_EXISTS)) existing.push(uid);
      else failures.push(error);
    }
  });
  await writer.close();
  await Promise.all(created);
  for (const [uid, updateTime] of await entriesBefore(1, db, id, existing)) {
    unpushed.set(uid, updateTime);
  }
  // Read after the entries were written: a deletion that begins later finds them.
  const reached = [...unpushed.keys()];
  const gone = await peopleWith(
    db,
    reached,
    (uid) => userRef(db, uid),
    ({ exists }) => !exists,
  );
  await Promise.all(gone.map((uid) => notificationRef(db, uid, id).delete()));
  for (const uid of gone) unpushed.delete(uid);
  return { unpushed, failures };
}
