import type {
  DocumentReference,
  DocumentSnapshot,
  Firestore,
  Transaction,
} from "firebase-admin/firestore";
import { commentRef, deletionRef, reportRef, showRef, userRef } from "../collections.js";
import type { CommentDocument } from "../contract/comments.js";
import type { Decision } from "../contract/decisions.js";
import type { UserDocument } from "../contract/identity.js";
import type { DeletionDocument } from "../contract/privacy.js";
import type { ReportDocument } from "../contract/reports.js";
import type { ShowDocument } from "../contract/shows.js";
import type { Dependencies } from "../dependencies.js";
import { readTogether } from "../readTogether.js";
import { readTotals, type ShowTotals } from "../shows/showTotals.js";

/** A report and what it is about, as the transaction has read them. */
export interface ReportCase {
  readonly ref: DocumentReference<ReportDocument>;
  readonly report: ReportDocument;
  readonly show?: DocumentSnapshot<ShowDocument> | undefined;
  readonly comment?: DocumentSnapshot<CommentDocument> | undefined;
  readonly profile?: Profile | undefined;
  /** Of a show that is to be taken down. */
  readonly totals?: ShowTotals | undefined;
}

/** Where a person's profile stands: in `users`, or with the pending deletion of their account. */
export interface Profile {
  readonly user: DocumentSnapshot<UserDocument>;
  readonly deletion: DocumentSnapshot<DeletionDocument>;
}

export async function readCase(
  db: Firestore,
  transaction: Transaction,
  ref: DocumentReference<ReportDocument>,
  report: ReportDocument,
): Promise<ReportCase> {
  const { about, showId, commentId } = report;
  // For what the report does not name, a placeholder is read and ignored.
  const [show, comment, user, deletion] = await readTogether(
    transaction,
    showRef(db, showId ?? "-"),
    commentRef(db, showId ?? "-", commentId ?? "-"),
    userRef(db, about.uid),
    deletionRef(db, about.uid),
  );
  return {
    ref,
    report,
    show: showId === undefined ? undefined : show,
    comment: commentId === undefined ? undefined : comment,
    profile: { user, deletion },
  };
}

/**
 * Whether a decision on the report would suspend an admin, as far as the custom claim tells. Asked before the
 * transaction, which must not wait for Firebase Auth.
 */
export async function adminClaimOf(
  { firestore, accounts }: Pick<Dependencies, "firestore" | "accounts">,
  reportId: string,
  decision: Decision | undefined,
): Promise<boolean | null> {
  if (decision !== "account_suspended") return null;
  const report = (await reportRef(firestore, reportId).get()).data();
  return report ? accounts.isAdmin(report.about.uid) : null;
}

/** The same for a decision that would take a show down: it is counted before the transaction. */
export async function totalsOf(
  db: Firestore,
  reportId: string,
  decision: Decision | undefined,
): Promise<ShowTotals | undefined> {
  if (decision !== "show_taken_down") return undefined;
  const showId = (await reportRef(db, reportId).get()).data()?.showId;
  return showId === undefined ? undefined : readTotals(db, showId);
}
