import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import { assertAdmin, assertNotOneself } from "../admins/assertAdmin.js";
import { writeAudit } from "../admins/writeAudit.js";
import type { Caller } from "../caller.js";
import { adminRef, reportRef } from "../collections.js";
import type { decideAppeal as contract, ReportDocument } from "../contract/reports.js";
import { readRecipients } from "../decisions/sendNotice.js";
import { invalidArgument, Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { endSuspensionNow } from "../suspensions/applySuspension.js";
import { decideCase, finishDecision, type DecidingDependencies } from "./decideCase.js";
import { adminClaimOf, readCase, totalsOf } from "./readCase.js";
import { undoDecision } from "./undoDecision.js";
import { placeOf, reportExpiry, sendNotices, sidesOf } from "./writeDecision.js";

type Request = z.output<typeof contract.request>;

/**
 * Decides an appeal. A reversal undoes what the decision did, unless another decision in force has the same effect; then the
 * report is closed for good. A reversed `no_violation` has nothing to undo: it is decided again, like a report, and the
 * person concerned can appeal that.
 */
export async function decideAppeal(
  deps: DecidingDependencies,
  caller: Caller,
  request: Request,
): Promise<z.input<typeof contract.response>> {
  const { reportId, outcome, reason } = request;
  const db = deps.firestore;
  const [claim, totals] = await Promise.all([
    adminClaimOf(deps, reportId, request.decision),
    totalsOf(db, reportId, request.decision),
  ]);
  const { state, about, effect } = await db.runTransaction(async (transaction) => {
    const ref = reportRef(db, reportId);
    const [record, snapshot] = await readTogether(transaction, adminRef(db, caller.uid), ref);
    assertAdmin(caller, record);
    const report = snapshot.data();
    if (!report) throw new Refusal("REPORT_NOT_FOUND");
    const { about, decided } = report;
    if (isRepeated(report, request)) return { state: report.state, about, effect: null };
    if (report.state !== "appealed" || !decided) {
      throw new Refusal("NOT_APPEALED", { status: report.state });
    }
    assertNotOneself(caller, about.uid, "reportId");
    const decision = decisionAnew(report, request);
    const reportCase = await readCase(db, transaction, ref, report);
    const now = deps.clock.now();
    const at = Timestamp.fromMillis(now);
    const appealDecided = { outcome, reason, by: caller.uid, at };

    if (decision !== null) {
      const admin = { uid: caller.uid, record };
      const until = request.until === undefined ? null : Timestamp.fromMillis(request.until);
      const verdict = { decision, reason, until, action: "decideAppeal" } as const;
      const anew = { ...reportCase, totals, report: { ...report, appealDecided } };
      const { status } = await decideCase(deps, transaction, admin, anew, verdict, claim);
      return status === "resolved"
        ? { state: "resolved" as const, about, effect: decision }
        : { state: "appealed" as const, about, effect: null };
    }

    const recipients = await readRecipients(db, transaction, sidesOf(report));
    const isUpheld = outcome === "upheld";
    if (!isUpheld) await undoDecision(deps, transaction, reportCase);
    const expiresAt = reportExpiry(deps, now);
    transaction.update(ref, { state: "closed", appealDecided, expiresAt });
    sendNotices(deps, transaction, recipients, report, () => ({
      kind: "appeal_outcome",
      reportId,
      decision: isUpheld ? decided.decision : "no_violation",
      reason,
      until: isUpheld ? decided.until : null,
      appealUntil: null,
    }));
    writeAudit(deps, transaction, {
      by: caller.uid,
      action: "decideAppeal",
      ...placeOf(report),
      reportId,
      detail: outcome,
      reason,
    });
    const isLifted = !isUpheld && decided.decision === "account_suspended";
    return { state: "closed" as const, about, effect: isLifted ? "lifted" : null } as const;
  });
  if (effect === "lifted") await endSuspensionNow(deps, about.uid);
  else if (effect !== null) await finishDecision(deps, effect, about);
  return { reportId, state, outcome };
}

/** Whether the appeal has been decided in the same way. Refuses with REPORT_ALREADY_RESOLVED if it was decided differently. */
function isRepeated(
  { state, appealDecided, decided }: ReportDocument,
  { outcome, decision }: Request,
): boolean {
  if (!appealDecided || state === "appealed") return false;
  if (appealDecided.outcome === outcome) {
    if (state === "closed" || decided?.decision === decision) return true;
  }
  throw new Refusal("REPORT_ALREADY_RESOLVED", { status: appealDecided.outcome });
}

/** What is decided instead of a `no_violation`; null: the decision is upheld or undone. */
function decisionAnew({ decided }: ReportDocument, { outcome, decision }: Request) {
  if (outcome === "reversed" && decided?.decision === "no_violation") {
    if (decision !== undefined && decision !== "no_violation") return decision;
    throw invalidArgument("decision", "must say what is decided instead of no_violation");
  }
  if (decision === undefined) return null;
  throw invalidArgument("decision", "only a reversed no_violation is decided again");
}
