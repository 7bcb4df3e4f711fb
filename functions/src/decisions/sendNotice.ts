import { Timestamp, type Firestore, type Transaction } from "firebase-admin/firestore";
import { deletionRef, noticeRef, userRef } from "../collections.js";
import { DELETED_UID } from "../contract/dataPolicies.js";
import type { NoticeDocument } from "../contract/notices.js";
import type { Dependencies } from "../dependencies.js";

/**
 * Which of these people can get a notice: those with a profile, and those who can still cancel the deletion of their
 * account. A notice for anyone else would be data without an owner. Read it before the transaction's first write.
 */
export async function readRecipients(
  db: Firestore,
  transaction: Transaction,
  uids: readonly string[],
): Promise<ReadonlySet<string>> {
  const people = [...new Set(uids)].filter((uid) => uid !== DELETED_UID);
  if (people.length === 0) return new Set();
  const [users, deletions] = await Promise.all([
    transaction.getAll(...people.map((uid) => userRef(db, uid))),
    transaction.getAll(...people.map((uid) => deletionRef(db, uid))),
  ]);
  return new Set(
    people.filter(
      (_, index) => users[index]?.exists === true || deletions[index]?.data()?.begunAt === null,
    ),
  );
}

/** Writes one notice, unless the person's account is deleted. */
export function sendNotice(
  { firestore, clock, newId }: Pick<Dependencies, "firestore" | "clock" | "newId">,
  transaction: Transaction,
  recipients: ReadonlySet<string>,
  uid: string,
  notice: Omit<NoticeDocument, "createdAt">,
): void {
  if (!recipients.has(uid)) return;
  const createdAt = Timestamp.fromMillis(clock.now());
  transaction.create(noticeRef(firestore, uid, newId()), { ...notice, createdAt });
}
