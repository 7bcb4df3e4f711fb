import { Timestamp, type DocumentReference, type Transaction } from "firebase-admin/firestore";
import { writeAudit } from "../admins/writeAudit.js";
import { noticeRef } from "../collections.js";
import type { AdminAction } from "../contract/admins.js";
import type { Decision } from "../contract/decisions.js";
import type { NoticeDocument } from "../contract/notices.js";
import type { ReportDocument } from "../contract/reports.js";
import type { Dependencies } from "../dependencies.js";

/** How long a decision can be appealed (ms): six months, as the EU's Digital Services Act wants it. */
const APPEALS_LAST_MS = 183 * 24 * 3_600_000;

export interface Verdict {
  readonly decision: Decision;
  readonly reason: string;
  readonly until: Timestamp | null;
  readonly by: string;
  readonly action: AdminAction;
}

/**
 * Writes a decision beside its effect: into the report, as a notice for each side, and into the audit log. The person
 * concerned does not learn who reported them, and the reporter learns of them only what they reported.
 */
export function writeDecision(
  deps: Pick<Dependencies, "firestore" | "clock" | "newId">,
  transaction: Transaction,
  ref: DocumentReference<ReportDocument>,
  report: ReportDocument,
  { decision, reason, until, by, action }: Verdict,
): ReportDocument {
  const millis = deps.clock.now();
  const now = Timestamp.fromMillis(millis);
  const decided: ReportDocument = {
    ...report,
    state: "resolved",
    decided: { decision, reason, by, at: now, until },
  };
  transaction.set(ref, decided);
  const appealUntil = Timestamp.fromMillis(millis + APPEALS_LAST_MS);
  const facts = { reportId: ref.id, decision, reason, until, appealUntil };
  noticesTo(deps, transaction, decided, (kind) => ({ kind, ...facts }));
  writeAudit(deps, transaction, {
    by,
    action,
    ...placeOf(decided),
    reportId: ref.id,
    detail: decision,
    until,
    reason,
  });
  return decided;
}

/** Until when a decision can be appealed (ms since the epoch). */
export function appealUntil({ decided }: ReportDocument): number {
  return (decided?.at.toMillis() ?? -Infinity) + APPEALS_LAST_MS;
}

/** Where the audit log says that something happened. */
export function placeOf({ about, showId, commentId, uid }: ReportDocument) {
  return {
    uid: about?.uid ?? uid ?? null,
    showId: showId ?? null,
    commentId: commentId ?? null,
  };
}

type NoticeText = Omit<NoticeDocument, "about" | "createdAt">;

/** One notice for the person whose content it is, and one for the reporter, unless they are the same. */
export function noticesTo(
  { firestore, clock, newId }: Pick<Dependencies, "firestore" | "clock" | "newId">,
  transaction: Transaction,
  { about, isOwnInitiative, reporterUid }: ReportDocument,
  noticeFor: (kind: "decision" | "report_outcome") => NoticeText,
): void {
  // Reports from before decisions do not say whose content it was.
  if (!about) return;
  const createdAt = Timestamp.fromMillis(clock.now());
  const send = (uid: string, kind: "decision" | "report_outcome") => {
    transaction.create(noticeRef(firestore, uid, newId()), {
      ...noticeFor(kind),
      about,
      createdAt,
    });
  };
  send(about.uid, "decision");
  if (!isOwnInitiative && reporterUid !== about.uid) send(reporterUid, "report_outcome");
}
