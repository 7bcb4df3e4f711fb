import { type Firestore, GrpcStatus, type Timestamp } from "firebase-admin/firestore";
import { notificationRef } from "../collections.js";
import { hasStatus } from "../grpcStatus.js";
import { readTogether } from "../readTogether.js";

/** Entries of one event in people's inboxes, by person, each with the time of its last change. */
export type Entries = ReadonlyMap<string, Timestamp>;

/** Those of these people's unread entries whose next attempt is this one. */
export async function entriesBefore(
  attempt: number,
  db: Firestore,
  id: string,
  uids: readonly string[],
): Promise<Entries> {
  if (uids.length === 0) return new Map();
  const found = await readTogether(db, ...uids.map((uid) => notificationRef(db, uid, id)));
  return new Map(
    found.flatMap((snapshot, index) => {
      const uid = uids[index];
      const { updateTime } = snapshot;
      const entry = snapshot.data();
      const isNext = entry?.pushAttempts === attempt - 1 && entry.readAt === null;
      return uid !== undefined && updateTime && isNext ? [[uid, updateTime] as const] : [];
    }),
  );
}

/**
 * Claims an attempt before anything is sent: a crash in between loses a push, and never repeats one. Resolves with the
 * people whose entry had not changed: neither has another run of the task claimed it, nor its owner read it.
 */
export async function claimAttempt(
  attempt: number,
  db: Firestore,
  id: string,
  entries: Entries,
): Promise<{ readonly claimed: ReadonlySet<string>; readonly failures: readonly unknown[] }> {
  const failures: unknown[] = [];
  const claimed = new Set<string>();
  const writer = db.bulkWriter({ throttling: false });
  const written = [...entries].map(async ([uid, lastUpdateTime]) => {
    try {
      const fields = { pushAttempts: attempt };
      await writer.update(notificationRef(db, uid, id), fields, { lastUpdateTime });
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
