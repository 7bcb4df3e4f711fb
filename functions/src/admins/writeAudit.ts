import { Timestamp, type Transaction } from "firebase-admin/firestore";
import { auditRef } from "../collections.js";
import type { AuditDocument } from "../contract/admins.js";
import type { Dependencies } from "../dependencies.js";

type Entry = Pick<AuditDocument, "by" | "action"> & Partial<AuditDocument>;

/**
 * Records what an admin does, in the transaction that does it. It only creates entries: if the entry exists, the
 * transaction fails.
 */
export function writeAudit(
  { firestore, clock, newId }: Pick<Dependencies, "firestore" | "clock" | "newId">,
  transaction: Pick<Transaction, "create">,
  entry: Entry,
): void {
  transaction.create(auditRef(firestore, newId()), {
    at: Timestamp.fromMillis(clock.now()),
    step: "done",
    uid: null,
    showId: null,
    commentId: null,
    reportId: null,
    detail: null,
    until: null,
    reason: null,
    ...entry,
  });
}
