import { Timestamp, type Transaction } from "firebase-admin/firestore";
import { assertNotOneself } from "../admins/assertAdmin.js";
import {
  type ActingAdmin,
  confirmationOf,
  confirmBySecondAdmin,
  isAdminAccount,
} from "../admins/secondAdmin.js";
import { adminRef, suspensionRef } from "../collections.js";
import type { AdminAction } from "../contract/admins.js";
import type { Decision, DecisionSubject } from "../contract/decisions.js";
import { otherDecisions, withdraw } from "../decisions/otherDecisions.js";
import { readRecipients } from "../decisions/sendNotice.js";
import type { Dependencies } from "../dependencies.js";
import { invalidArgument } from "../errors.js";
import { isSuspended } from "../identity/assertNotSuspended.js";
import { readTogether } from "../readTogether.js";
import { cleanUpNow } from "../shows/concludeShow.js";
import { applySuspensionNow } from "../suspensions/applySuspension.js";
import { emptyProfile, hideAsAdmin } from "./hideContent.js";
import type { ReportCase } from "./readCase.js";
import { takeDown } from "./takeDown.js";
import { placeOf, sidesOf, type Verdict, writeDecision } from "./writeDecision.js";

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
  | "reportRetentionMs"
>;

interface Outcome {
  readonly status: "resolved" | "awaiting_second_admin";
  /** The end of a suspension: where a second admin confirms, the first one's. */
  readonly until: Timestamp | null;
}

/**
 * Decides a case within the caller's transaction: the effect, the report, the notices and the audit entry, all or
 * nothing. Only a suspension of an admin may wait for a second one; in that case only the request is written. `claim`:
 * whether the person has the custom claim of an admin.
 */
export async function decideCase(
  deps: DecidingDependencies,
  transaction: Transaction,
  admin: ActingAdmin,
  reportCase: ReportCase,
  verdict: Verdict,
  claim: boolean | null = null,
): Promise<Outcome> {
  const { ref, report, show, comment, profile, totals } = reportCase;
  const { about } = report;
  assertNotOneself(admin, about.uid, fieldOf[verdict.action] ?? "reportId");
  assertFits(verdict.decision, about);
  const recipients = await readRecipients(deps.firestore, transaction, sidesOf(report));
  let { until } = verdict;
  switch (verdict.decision) {
    case "no_violation":
    case "warning_given":
      break;
    case "content_hidden":
      if (comment) hideAsAdmin(transaction, comment, ref.id);
      else if (profile) emptyProfile(deps, transaction, profile);
      break;
    case "show_taken_down":
      if (!show || !totals) throw new Error("a show is read and counted before it is taken down");
      await takeDown(deps, transaction, show, ref.id, totals);
      break;
    case "account_suspended": {
      const suspended = await suspend(deps, transaction, admin, reportCase, verdict, claim);
      if (!suspended) return { status: "awaiting_second_admin", until };
      until = suspended.until;
    }
  }
  const decided = { ...verdict, until, by: admin.uid };
  writeDecision(deps, transaction, reportCase, decided, recipients);
  return { status: "resolved", until };
}

/** The field of the request that says what is decided on; `reportId` unless an admin acts without a report. */
const fieldOf: Readonly<Partial<Record<AdminAction, string>>> = {
  hideComment: "commentId",
  takeDownShow: "showId",
  suspendAccount: "uid",
};

function assertFits(decision: Decision, { kind }: DecisionSubject): void {
  if (decision === "content_hidden" && kind === "show") {
    throw invalidArgument("decision", "a reported show cannot be hidden; use show_taken_down");
  }
  // Otherwise the author of a comment would answer for the show.
  if (decision === "show_taken_down" && kind !== "show") {
    throw invalidArgument("decision", "only a reported show can be taken down; use takeDownShow");
  }
}

/**
 * Null: it waits for a second admin. A report's decision only extends a suspension in force; `suspendAccount` replaces
 * it, and with it the decisions on which it stood.
 */
async function suspend(
  deps: DecidingDependencies,
  transaction: Transaction,
  admin: ActingAdmin,
  { ref, report }: ReportCase,
  { action, decision, reason, until }: Verdict,
  claim: boolean | null,
): Promise<{ readonly until: Timestamp | null } | null> {
  const db = deps.firestore;
  const { about } = report;
  const { uid } = about;
  const now = deps.clock.now();
  if (until && until.toMillis() <= now) throw invalidArgument("until", "must be in the future");
  const isReplacing = action === "suspendAccount";
  const [[record, confirmation, suspension], replaced] = await Promise.all([
    readTogether(
      transaction,
      adminRef(db, uid),
      confirmationOf(db, action, uid),
      suspensionRef(db, uid),
    ),
    isReplacing ? otherDecisions(deps, transaction, { about, decision }, ref.id) : [],
  ]);
  let end = until;
  if (isAdminAccount(record, claim)) {
    const reportId = report.isOwnInitiative ? null : ref.id;
    const entry = { ...placeOf(report), reportId, reason, detail: decision };
    const request = { action, uid, until, entry };
    const confirmed = await confirmBySecondAdmin(deps, transaction, admin, confirmation, request);
    if (!confirmed) return null;
    end = confirmed.until;
  }
  withdraw(transaction, replaced);
  const current = suspension.data();
  const isLonger = (current?.until?.toMillis() ?? Infinity) >= (end?.toMillis() ?? Infinity);
  if (isReplacing || !isSuspended(current, now) || !isLonger) {
    const at = Timestamp.fromMillis(now);
    const intention = { uid, reportId: ref.id, by: admin.uid, reason, at, until: end };
    transaction.set(suspension.ref, { ...intention, isApplied: false });
  }
  return { until: end };
}

/** Runs after the transaction: effects outside Firestore, and work that grows with the show. The sweeps retry what fails. */
export async function finishDecision(
  deps: DecidingDependencies,
  decision: Decision,
  { uid, showId }: { readonly uid: string; readonly showId: string | null },
): Promise<void> {
  if (decision === "account_suspended") await applySuspensionNow(deps, uid);
  if (decision === "show_taken_down" && showId !== null) await cleanUpNow(deps, showId);
}
