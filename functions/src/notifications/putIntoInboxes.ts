import { type Firestore, GrpcStatus, Timestamp } from "firebase-admin/firestore";
import { notificationRef, userRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { hasStatus } from "../grpcStatus.js";
import { readTogether } from "../readTogether.js";
import { peopleWith } from "./addressees.js";
import type { AnnouncedEvent } from "./announcedEvent.js";

/** People whose devices nobody has notified yet, each with the time of the last change to their entry in the inbox. */
export type UnpushedEntries = ReadonlyMap<string, Timestamp>;

/**
 * Puts an event into people's inboxes, once however often its tasks run. People whose accounts are being deleted are skipped.
 * `failures` are those of people who could not be reached, for another attempt.
 */
export async function putIntoInboxes(
  {
    firestore: db,
    clock,
    inboxRetentionMs,
  }: Pick<Dependencies, "firestore" | "clock" | "inboxRetentionMs">,
  { id, kind, showId, title, creatorUid, creator, scheduledFor }: AnnouncedEvent,
  uids: readonly string[],
): Promise<{ readonly unpushed: UnpushedEntries; readonly failures: readonly unknown[] }> {
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
    pushedAt: null,
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
  for (const [uid, updateTime] of await unpushedOf(db, id, existing)) unpushed.set(uid, updateTime);
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

/** The entries that an earlier run of the task left, or a task for another group of people. */
async function unpushedOf(
  db: Firestore,
  id: string,
  uids: readonly string[],
): Promise<readonly (readonly [uid: string, updateTime: Timestamp])[]> {
  if (uids.length === 0) return [];
  const entries = await readTogether(db, ...uids.map((uid) => notificationRef(db, uid, id)));
  return entries.flatMap((entry, index) => {
    const uid = uids[index];
    const { updateTime } = entry;
    const isUnpushed = entry.data()?.pushedAt === null;
    return uid !== undefined && updateTime && isUnpushed ? [[uid, updateTime] as const] : [];
  });
}

/**
 * Marks entries as pushed, before anything is sent: a crash in between loses a push, and never repeats one. Resolves with
 * those whose entry had not changed: neither has another run of the task marked it, nor its owner read it.
 */
export async function claimPushes(
  { firestore: db, clock }: Pick<Dependencies, "firestore" | "clock">,
  { id }: Pick<AnnouncedEvent, "id">,
  entries: UnpushedEntries,
): Promise<{ readonly claimed: ReadonlySet<string>; readonly failures: readonly unknown[] }> {
  const failures: unknown[] = [];
  const claimed = new Set<string>();
  const pushedAt = Timestamp.fromMillis(clock.now());
  const writer = db.bulkWriter({ throttling: false });
  const written = [...entries].map(async ([uid, lastUpdateTime]) => {
    try {
      await writer.update(notificationRef(db, uid, id), { pushedAt }, { lastUpdateTime });
      claimed.add(uid);
    } catch (error) {
      if (!hasStatus(error, GrpcStatus.FAILED_PRECONDITION, GrpcStatus.NOT_FOUND)) {
        failures.push(error);
      }
    }
  });
  await writer.close();
  await Promise.all(written);
  return { claimed, failures };
}
