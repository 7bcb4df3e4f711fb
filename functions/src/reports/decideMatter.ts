import {
  Timestamp,
  type DocumentReference,
  type DocumentSnapshot,
  type Transaction,
} from "firebase-admin/firestore";
import { writeAudit } from "../admins/writeAudit.js";
import type { Caller } from "../caller.js";
import { adminRef, suspensionRef } from "../collections.js";
import type { AdminAction, AdminDocument } from "../contract/admins.js";
import type { CommentDocument } from "../contract/comments.js";
import type { Decision, DecisionSubject } from "../contract/decisions.js";
import type { UserDocument } from "../contract/identity.js";
import type { ReportDocument } from "../contract/reports.js";
import type { ShowDocument } from "../contract/shows.js";
import type { Dependencies } from "../dependencies.js";
import { invalidArgument } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { cleanUpNow } from "../shows/concludeShow.js";
import { applySuspensionNow } from "../suspensions/applySuspension.js";
import { emptyProfile, hideAsAdmin } from "./hideContent.js";
import { confirmationOf, isAdminAccount, isConfirmed } from "../admins/secondAdmin.js";
import { takeDown } from "./takeDown.js";
import { placeOf, writeDecision } from "./writeDecision.js";

export type DecidingDependencies = Pick<
  Dependencies,
  | "firestore"
  | "clock"
  | "newId"
  | "rooms"
  | "tasks"
  | "audienceIntervalMs"
  | "digestIntervalMs"
  | "accounts"
>;

/** A report and what it is about, as the transaction has read them. */
export interface Matter {
  readonly ref: DocumentReference<ReportDocument>;
  readonly report: ReportDocument & { readonly about: DecisionSubject };
  readonly show?: DocumentSnapshot<ShowDocument> | undefined;
  readonly comment?: DocumentSnapshot<CommentDocument> | undefined;
  readonly user?: DocumentSnapshot<UserDocument> | undefined;
}

export interface Wanted {
  readonly decision: Decision;
  readonly reason: string;
  readonly until: Timestamp | null;
  readonly action: AdminAction;
}

/** An admin, with their own `admins/{uid}`. */
export interface ActingAdmin extends Pick<Caller, "uid"> {
  readonly record: DocumentSnapshot<AdminDocument>;
}

/**
 * Decides a matter within the caller's transaction: the effect, the report, the notices and the audit entry, all or
 * nothing. Only a suspension of an admin may wait for a second one; then nothing but the request is written.
 */
export async function decideMatter(
  deps: DecidingDependencies,
  transaction: Transaction,
  admin: ActingAdmin,
  matter: Matter,
  wanted: Wanted,
): Promise<"resolved" | "awaiting_second_admin"> {
  const { ref, report } = matter;
  const { uid } = report.about;
  if (uid === admin.uid) throw invalidArgument("reportId", "must not be about yourself");
  switch (wanted.decision) {
    case "no_violation":
    case "warning_given":
      break;
    case "content_hidden":
      if (report.about.kind === "comment" && matter.comment) {
        hideAsAdmin(transaction, matter.comment, ref.id);
      } else if (report.about.kind === "profile" && matter.user) {
        emptyProfile(deps, transaction, matter.user);
      } else {
        throw invalidArgument("decision", "a show is taken down instead");
      }
      break;
    case "show_taken_down":
      if (!matter.show) throw invalidArgument("decision", "the report names no show");
      await takeDown(deps, transaction, matter.show, ref.id);
      break;
    case "account_suspended":
      if (!(await suspend(deps, transaction, admin, matter, wanted))) {
        return "awaiting_second_admin";
      }
  }
  writeDecision(deps, transaction, ref, report, { ...wanted, by: admin.uid });
  return "resolved";
}

/** False: it waits for a second admin. */
async function suspend(
  deps: DecidingDependencies,
  transaction: Transaction,
  admin: ActingAdmin,
  { ref, report }: Matter,
  { action, reason, until }: Wanted,
): Promise<boolean> {
  const db = deps.firestore;
  const { uid } = report.about;
  const now = deps.clock.now();
  if (until && until.toMillis() <= now) throw invalidArgument("until", "must be in the future");
  const claim = await deps.accounts.isAdmin(uid);
  const suspension = suspensionRef(db, uid);
  const [record, confirmation] = await readTogether(
    transaction,
    adminRef(db, uid),
    confirmationOf(db, action, uid),
  );
  if (isAdminAccount(record, claim)) {
    const answer = isConfirmed(transaction, confirmation, admin, { action, uid, until }, now);
    if (answer === "requested") {
      const place = { ...placeOf(report), reportId: report.isOwnInitiative ? null : ref.id };
      const entry = { by: admin.uid, action, ...place, until, reason };
      writeAudit(deps, transaction, { ...entry, step: "requested", detail: "account_suspended" });
    }
    if (answer !== "confirmed") return false;
  }
  const at = Timestamp.fromMillis(now);
  const intention = { uid, reportId: ref.id, by: admin.uid, reason, at, until, isApplied: false };
  transaction.set(suspension, intention);
  return true;
}

/** After the transaction: what reaches beyond Firestore, or grows with the show. What fails is left to the sweeps. */
export async function finishDecision(
  deps: DecidingDependencies,
  decision: Decision,
  { uid, showId }: { readonly uid: string; readonly showId: string | null },
): Promise<void> {
  if (decision === "account_suspended") await applySuspensionNow(deps, uid);
  if (decision === "show_taken_down" && showId !== null) await cleanUpNow(deps, showId);
}
