import { Timestamp, type Transaction } from "firebase-admin/firestore";
import { writeAudit } from "../admins/writeAudit.js";
import type { AdminAction } from "../contract/admins.js";
import type { Decision } from "../contract/decisions.js";
import type { NoticeDocument } from "../contract/notices.js";
import type { ReportDocument } from "../contract/reports.js";
import type { Dependencies } from "../dependencies.js";
import { sendNotice } from "../decisions/sendNotice.js";
import type { ReportCase } from "./readCase.js";

/** How long a decision can be appealed, in ms: six months, as the EU's Digital Services Act requires. */
const APPEALS_LAST_MS = 183 * 24 * 3_600_000;

/** What an admin decides. */
export interface Verdict {
  readonly decision: Decision;
  readonly reason: string;
  readonly until: Timestamp | null;
  readonly action: AdminAction;
}

/**
 * Writes a decision together with its effect: into the report, as a notice for each side, and into the audit log. The person
 * concerned does not learn who reported them, and the reporter learns nothing about them beyond what they reported.
 */
export function writeDecision(
  deps: Pick<Dependencies, "firestore" | "clock" | "newId" | "reportRetentionMs">,
  transaction: Transaction,
  { ref, report }: Pick<ReportCase, "ref" | "report">,
  { decision, reason, until, action, by }: Verdict & { readonly by: string },
  recipients: ReadonlySet<string>,
): void {
  const now = deps.clock.now();
  transaction.set(ref, {
    ...report,
    state: "resolved",
    decided: { decision, reason, by, at: Timestamp.fromMillis(now), until },
    expiresAt: reportExpiry(deps, now),
  });
  const appealUntil = Timestamp.fromMillis(now + APPEALS_LAST_MS);
  const facts = { reportId: ref.id, decision, reason, until, appealUntil };
  sendNotices(deps, transaction, recipients, report, (kind) => ({ kind, ...facts }));
  writeAudit(deps, transaction, {
    by,
    action,
    ...placeOf(report),
    reportId: ref.id,
    detail: decision,
    until,
    reason,
  });
}

/** Until when a decision can be appealed, in ms since the epoch. */
export function appealDeadline({ decided }: ReportDocument): number {
  return (decided?.at.toMillis() ?? -Infinity) + APPEALS_LAST_MS;
}

/** When a report that is decided now is deleted: not before the decision can no longer be appealed. */
export function reportExpiry(
  { reportRetentionMs }: Pick<Dependencies, "reportRetentionMs">,
  now: number,
): Timestamp {
  return Timestamp.fromMillis(now + Math.max(reportRetentionMs, APPEALS_LAST_MS));
}

/** Where the audit log says that something happened. */
export function placeOf({ about, showId, commentId }: ReportDocument) {
  return { uid: about.uid, showId: showId ?? null, commentId: commentId ?? null };
}

/** Those to whom `sendNotices` may write. */
export function sidesOf({ about, isOwnInitiative, reporterUid }: ReportDocument): string[] {
  return isOwnInitiative ? [about.uid] : [about.uid, reporterUid];
}

/** One notice for the person whose content it is, and one for the reporter, unless they are the same. */
export function sendNotices(
  deps: Pick<Dependencies, "firestore" | "clock" | "newId">,
  transaction: Transaction,
  recipients: ReadonlySet<string>,
  report: ReportDocument,
  noticeFor: (kind: "decision" | "report_outcome") => Omit<NoticeDocument, "about" | "createdAt">,
): void {
  const { about } = report;
  for (const uid of new Set(sidesOf(report))) {
    const kind = uid === about.uid ? "decision" : "report_outcome";
    sendNotice(deps, transaction, recipients, uid, { ...noticeFor(kind), about });
  }
}
