import type { QueryDocumentSnapshot, Transaction } from "firebase-admin/firestore";
import { reportsRef } from "../collections.js";
import type { Decision, DecisionSubject } from "../contract/decisions.js";
import { queries } from "../contract/queries.js";
import type { ReportDocument } from "../contract/reports.js";
import type { Dependencies } from "../dependencies.js";
import { select } from "../queries.js";

type Found = QueryDocumentSnapshot<ReportDocument>;

/** The other reports with the same decision about the same content or person, if that decision is in force. */
export async function otherDecisions(
  { firestore, clock }: Pick<Dependencies, "firestore" | "clock">,
  transaction: Transaction,
  { about, decision }: { readonly about: DecisionSubject; readonly decision: Decision },
  exceptId?: string,
): Promise<readonly Found[]> {
  const query = select(reportsRef(firestore), queries.decisionsAbout, about.uid, decision);
  const { docs } = await transaction.get(query);
  const now = clock.now();
  return docs.filter((found) => {
    if (found.id === exceptId) return false;
    const report = found.data();
    return stands(report, now) && isSameSubject(report.about, about, decision);
  });
}

/** Ends the effect of decisions, because an admin lifted or replaced the suspension. */
export function withdraw(transaction: Transaction, reports: readonly Found[]): void {
  for (const { ref } of reports) transaction.update(ref, { isWithdrawn: true });
}

function stands({ state, appealDecided, decided, isWithdrawn }: ReportDocument, now: number) {
  const isReversed = state === "closed" && appealDecided?.outcome === "reversed";
  const end = decided?.until?.toMillis() ?? Infinity;
  return !isWithdrawn && !isReversed && end > now;
}

/** The query has found the same person. */
function isSameSubject(one: DecisionSubject, other: DecisionSubject, decision: Decision): boolean {
  if (decision === "account_suspended") return true;
  if (one.kind !== other.kind) return false;
  if (one.kind === "profile") return true;
  return one.showId === other.showId && one.commentId === other.commentId;
}
