import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import { writeAudit } from "../admins/writeAudit.js";
import type { Caller } from "../caller.js";
import {
  adminRef,
  commentRef,
  reportRef,
  showRef,
  suspensionRef,
  userRef,
} from "../collections.js";
import type { decideAppeal as contract } from "../contract/reports.js";
import { invalidArgument, Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { isSuspended } from "../identity/assertNotSuspended.js";
import { assertAdmin, assertClaimsAdmin } from "../admins/assertAdmin.js";
import { endSuspensionNow } from "../suspensions/applySuspension.js";
import type { DecidingDependencies } from "./decideMatter.js";
import { restoreProfile, showAgain } from "./hideContent.js";
import { putBack } from "./takeDown.js";
import { noticesTo, placeOf } from "./writeDecision.js";

/**
 * Decides an appeal for good. A reversal undoes what the decision did, as far as no later decision did the same; a reversed
 * `no_violation` has nothing to undo, so an admin then acts as on their own initiative.
 */
export async function decideAppeal(
  deps: DecidingDependencies,
  caller: Caller,
  { reportId, outcome, reason }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  assertClaimsAdmin(caller);
  const db = deps.firestore;
  const lifted = await db.runTransaction(async (transaction) => {
    const ref = reportRef(db, reportId);
    const [record, snapshot] = await readTogether(transaction, adminRef(db, caller.uid), ref);
    assertAdmin(caller, record);
    const report = snapshot.data();
    if (!report) throw new Refusal("REPORT_NOT_FOUND");
    const { about, appealDecided, decided, state } = report;
    if (appealDecided) {
      if (appealDecided.outcome === outcome) return null;
      throw new Refusal("REPORT_ALREADY_RESOLVED", { status: appealDecided.outcome });
    }
    if (state !== "appealed" || !decided || !about) {
      throw new Refusal("NOT_APPEALED", { status: state });
    }
    if (about.uid === caller.uid) throw invalidArgument("reportId", "must not be about yourself");

    const [show, comment, user, suspension] = await readTogether(
      transaction,
      showRef(db, about.showId ?? "-"),
      commentRef(db, about.showId ?? "-", about.commentId ?? "-"),
      userRef(db, about.uid),
      suspensionRef(db, about.uid),
    );
    const now = deps.clock.now();
    const at = Timestamp.fromMillis(now);
    let isLifted = false;
    if (outcome === "reversed") {
      switch (decided.decision) {
        case "content_hidden":
          if (about.kind === "comment") showAgain(transaction, comment, reportId);
          else restoreProfile(deps, transaction, user, report.snapshot?.profile ?? null);
          break;
        case "show_taken_down":
          putBack(deps, transaction, show, reportId);
          break;
        case "account_suspended": {
          const current = suspension.data();
          isLifted = isSuspended(current, now) && current.reportId === reportId;
          if (isLifted) transaction.update(suspension.ref, { until: at });
          break;
        }
        case "no_violation":
        case "warning_given":
      }
    }
    const ended = { outcome, reason, by: caller.uid, at };
    transaction.update(ref, { state: "closed", appealDecided: ended });
    const isUpheld = outcome === "upheld";
    noticesTo(deps, transaction, report, () => ({
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
    return isLifted ? about.uid : null;
  });
  if (lifted !== null) await endSuspensionNow(deps, lifted);
  return { reportId, state: "closed", outcome };
}
