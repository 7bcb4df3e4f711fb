import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import { assertAdmin } from "../admins/assertAdmin.js";
import type { Caller } from "../caller.js";
import { adminRef, reportRef } from "../collections.js";
import type { resolveReport as contract } from "../contract/reports.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { decideCase, finishDecision, type DecidingDependencies } from "./decideCase.js";
import { adminClaimOf, readCase, totalsOf } from "./readCase.js";

/**
 * Decides a report and does what the decision says. The decision is committed before anything else happens, so a sweep
 * can complete what is interrupted.
 */
export async function resolveReport(
  deps: DecidingDependencies,
  caller: Caller,
  { reportId, decision, reason, until }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const [claim, totals] = await Promise.all([
    adminClaimOf(deps, reportId, decision),
    totalsOf(db, reportId, decision),
  ]);
  const { answer, about, isOpen } = await db.runTransaction(async (transaction) => {
    const ref = reportRef(db, reportId);
    const [record, snapshot] = await readTogether(transaction, adminRef(db, caller.uid), ref);
    assertAdmin(caller, record);
    const report = snapshot.data();
    if (!report) throw new Refusal("REPORT_NOT_FOUND");
    const { about, decided, state } = report;
    if (decided) {
      if (decided.decision !== decision) {
        throw new Refusal("REPORT_ALREADY_RESOLVED", { status: decided.decision });
      }
      const end = decided.until?.toMillis() ?? null;
      const answer = { status: "resolved" as const, reportId, decision, until: end };
      // Once an appeal is decided, the show or the account may be in use again.
      return { answer, about, isOpen: state !== "closed" };
    }
    const reportCase = { ...(await readCase(db, transaction, ref, report)), totals };
    const end = until === undefined ? null : Timestamp.fromMillis(until);
    const verdict = { decision, reason, until: end, action: "resolveReport" } as const;
    const admin = { uid: caller.uid, record };
    const outcome = await decideCase(deps, transaction, admin, reportCase, verdict, claim);
    const { status } = outcome;
    const answer = { status, reportId, decision, until: outcome.until?.toMillis() ?? null };
    return { answer, about, isOpen: status === "resolved" };
  });
  if (isOpen) await finishDecision(deps, decision, about);
  return answer;
}
