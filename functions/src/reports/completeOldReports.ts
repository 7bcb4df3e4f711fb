import type { DocumentReference, DocumentSnapshot } from "firebase-admin/firestore";
import { attemptAll } from "../attemptAll.js";
import { reportsRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import { ORDINARY, type ReportDocument } from "../contract/reports.js";
import type { Dependencies } from "../dependencies.js";
import { eachPage } from "../eachPage.js";
import { select } from "../queries.js";

const PAGE = 100;

/**
 * Puts reports from before decisions into the queue, which asks for their state. They are the oldest ones: where the
 * oldest has a state, this costs one read. The oldest gets its state last, so that the next call goes on where one
 * broke off.
 */
export async function completeOldReports({
  firestore,
}: Pick<Dependencies, "firestore">): Promise<void> {
  const byAge = select(reportsRef(firestore), queries.oldestReports);
  const [oldest] = (await byAge.limit(1).get()).docs;
  if (!oldest || !isOld(oldest)) return;
  const old: DocumentReference<ReportDocument>[] = [];
  let isAmongOld = true;
  await eachPage(
    byAge,
    PAGE,
    (page) => {
      const found = page.filter(isOld);
      isAmongOld = found.length > 0;
      old.unshift(...found.map(({ ref }) => ref).reverse());
      return Promise.resolve();
    },
    () => isAmongOld,
  );
  const complete = (ref: DocumentReference<ReportDocument>) =>
    firestore.runTransaction(async (transaction) => {
      // Somebody may decide it at this moment.
      const current = await transaction.get(ref);
      if (isOld(current)) transaction.update(ref, { state: "open", priority: ORDINARY });
    });
  await attemptAll(old.slice(0, -1), complete);
  await attemptAll(old.slice(-1), complete);
}

function isOld(report: DocumentSnapshot<ReportDocument>): boolean {
  const state: unknown = report.get("state");
  return state === undefined;
}
