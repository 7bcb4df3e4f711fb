import { FieldValue, Timestamp, type Transaction } from "firebase-admin/firestore";
import { suspensionRef } from "../collections.js";
import type { SuspensionDocument } from "../contract/suspensions.js";
import { otherDecisions } from "../decisions/otherDecisions.js";
import type { Dependencies } from "../dependencies.js";
import { isSuspended } from "../identity/assertNotSuspended.js";
import { restoreProfile } from "./hideContent.js";
import type { ReportCase } from "./readCase.js";
import { restoreShow } from "./takeDown.js";

/**
 * Undoes the effect of a case's decision within the caller's transaction. Where another decision says the same and
 * stands, its effect stays, under that report's name: a suspension lasts until the longest other end.
 */
export async function undoDecision(
  deps: Pick<Dependencies, "firestore" | "clock">,
  transaction: Transaction,
  { ref, report, show, comment, profile }: ReportCase,
): Promise<void> {
  const { about, decided } = report;
  if (!decided || decided.decision === "no_violation" || decided.decision === "warning_given") {
    return;
  }
  const { decision } = decided;
  const suspension = suspensionRef(deps.firestore, about.uid);
  const [others, suspended] = await Promise.all([
    otherDecisions(deps, transaction, { about, decision }, ref.id),
    transaction.get(suspension),
  ]);
  const [other] = others;
  switch (decision) {
    case "content_hidden":
      if (comment) {
        if (comment.data()?.hiddenByReport !== ref.id) return;
        transaction.update(
          comment.ref,
          other
            ? { hiddenByReport: other.id }
            : { hidden: false, hiddenByReport: FieldValue.delete() },
        );
      } else if (profile && !other) {
        restoreProfile(deps, transaction, profile, report.snapshot.profile);
      }
      return;
    case "show_taken_down": {
      const takenDown = show?.data()?.takenDown;
      if (!show || takenDown?.reportId !== ref.id) return;
      if (other) transaction.update(show.ref, { takenDown: { ...takenDown, reportId: other.id } });
      else restoreShow(deps, transaction, show);
      return;
    }
    case "account_suspended": {
      const now = deps.clock.now();
      const current = suspended.data();
      if (!isSuspended(current, now) || current.reportId !== ref.id) return;
      const longest = longestOf(about.uid, others);
      transaction.set(suspension, longest ?? { ...current, until: Timestamp.fromMillis(now) });
    }
  }
}

/** The suspension that the longest of these decisions makes. */
function longestOf(
  uid: string,
  reports: Awaited<ReturnType<typeof otherDecisions>>,
): SuspensionDocument | undefined {
  const [longest] = reports
    .flatMap((found) => {
      const { decided } = found.data();
      return decided ? [{ reportId: found.id, ...decided }] : [];
    })
    .toSorted((a, b) => endOf(b) - endOf(a));
  if (!longest) return undefined;
  const { reportId, by, reason, at, until } = longest;
  return { uid, reportId, by, reason, at, until, isApplied: false };
}

function endOf({ until }: Pick<SuspensionDocument, "until">): number {
  return until?.toMillis() ?? Infinity;
}
