import type { z } from "zod";
import type { Caller } from "../caller.js";
import { adminRef, reportRef, reportsRef } from "../collections.js";
import type { listReports as contract } from "../contract/reports.js";
import { queries } from "../contract/queries.js";
import { URGENT, type ReportDocument, type ReportView } from "../contract/reports.js";
import type { Dependencies } from "../dependencies.js";
import { invalidArgument } from "../errors.js";
import { select } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { assertAdmin } from "../admins/assertAdmin.js";

const PAGE = 20;

/** The admins' queue, page by page. Deciding a report between two pages does not shift the others. */
export async function listReports(
  { firestore: db }: Pick<Dependencies, "firestore">,
  caller: Caller,
  { state = "open", cursor, limit = PAGE }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const [record, last] = await readTogether(
    db,
    adminRef(db, caller.uid),
    reportRef(db, cursor ?? "-"),
  );
  assertAdmin(caller, record);
  if (cursor !== undefined && !last.exists) {
    throw invalidArgument("cursor", "must be the cursor of an earlier page");
  }
  const query = select(reportsRef(db), queries.reportsInState, state);
  // Reads one extra report to learn whether there is another page.
  const { docs } = await (cursor === undefined ? query : query.startAfter(last))
    .limit(limit + 1)
    .get();
  const page = docs.slice(0, limit);
  return {
    reports: page.map((report) => viewOf(report.id, report.data())),
    cursor: docs.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function viewOf(reportId: string, report: ReportDocument): ReportView {
  const { reporterUid, reason, createdAt, category, state, priority, isOwnInitiative } = report;
  const { about, snapshot, decided, appeals, appealDecided } = report;
  return {
    reportId,
    reporterUid,
    reason,
    createdAt: createdAt.toMillis(),
    category,
    state,
    isUrgent: priority === URGENT,
    isOwnInitiative,
    about,
    snapshot,
    decided: decided && {
      ...decided,
      at: decided.at.toMillis(),
      until: decided.until?.toMillis() ?? null,
    },
    appeals: appeals.map((appeal) => ({ ...appeal, at: appeal.at.toMillis() })),
    appealDecided: appealDecided && { ...appealDecided, at: appealDecided.at.toMillis() },
  };
}
