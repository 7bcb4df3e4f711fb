import { Timestamp } from "firebase-admin/firestore";
import type { Caller } from "../caller.js";
import { reportRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { openReport, reportedContent } from "./openReport.js";
import type { ReportCase } from "./readCase.js";

/**
 * The report of an admin who acts without one, so that every decision has its evidence and can be appealed in the same
 * way; the content must exist. It is written with the decision.
 */
export function ownInitiative(
  { firestore, clock, newId }: Pick<Dependencies, "firestore" | "clock" | "newId">,
  caller: Caller,
  reason: string,
  named: Parameters<typeof reportedContent>[0],
): Pick<ReportCase, "ref" | "report"> {
  const { showId, commentId, uid } = named;
  const content = reportedContent(named);
  const filed = {
    reporterUid: caller.uid,
    ...(showId !== undefined && { showId }),
    ...(commentId !== undefined && { commentId }),
    ...(uid !== undefined && { uid }),
    reason,
    category: "other" as const,
    createdAt: Timestamp.fromMillis(clock.now()),
  };
  const report = { ...openReport(filed, content), isOwnInitiative: true };
  return { ref: reportRef(firestore, newId()), report };
}
