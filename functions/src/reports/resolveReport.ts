import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { adminRef, commentRef, reportRef, showRef, userRef } from "../collections.js";
import type { resolveReport as contract } from "../contract/reports.js";
import { Refusal } from "../errors.js";
import { readTogether } from "../readTogether.js";
import { assertAdmin, assertClaimsAdmin } from "../admins/assertAdmin.js";
import { decideMatter, finishDecision, type DecidingDependencies } from "./decideMatter.js";
import { reportedContent } from "./openReport.js";

/**
 * Decides a report and does what the decision says. The intention stands in Firestore before anything else happens, so
 * whatever breaks off is completed by a sweep.
 */
export async function resolveReport(
  deps: DecidingDependencies,
  caller: Caller,
  { reportId, decision, reason, until }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  assertClaimsAdmin(caller);
  const db = deps.firestore;
  const { answer, about } = await db.runTransaction(async (transaction) => {
    const ref = reportRef(db, reportId);
    const [record, snapshot] = await readTogether(transaction, adminRef(db, caller.uid), ref);
    assertAdmin(caller, record);
    const report = snapshot.data();
    if (!report) throw new Refusal("REPORT_NOT_FOUND");
    const { decided } = report;
    if (decided) {
      if (decided.decision !== decision) {
        throw new Refusal("REPORT_ALREADY_RESOLVED", { status: decided.decision });
      }
      const end = decided.until?.toMillis() ?? null;
      const answer = { status: "resolved" as const, reportId, decision, until: end };
      return { answer, about: report.about };
    }

    const { showId, commentId } = report;
    const uid = report.about?.uid ?? report.uid;
    const [show, comment, user] = await readTogether(
      transaction,
      showRef(db, showId ?? "-"),
      commentRef(db, showId ?? "-", commentId ?? "-"),
      userRef(db, uid ?? "-"),
    );
    const named = {
      showId,
      commentId,
      uid: report.uid,
      show: showId === undefined ? undefined : show.data(),
      comment: commentId === undefined ? undefined : comment.data(),
      user: report.uid === undefined ? undefined : user.data(),
    };
    // A report from before decisions says what it is about from now on.
    const about = report.about ?? reportedContent(named).about;
    if (!about) throw new Refusal("REPORT_NOT_FOUND");
    const matter = {
      ref,
      report: { ...report, about },
      show: showId === undefined ? undefined : show,
      comment: commentId === undefined ? undefined : comment,
      user,
    };
    const end = until === undefined ? null : Timestamp.fromMillis(until);
    const wanted = { decision, reason, until: end, action: "resolveReport" } as const;
    const admin = { uid: caller.uid, record };
    const status = await decideMatter(deps, transaction, admin, matter, wanted);
    return { answer: { status, reportId, decision, until: until ?? null }, about };
  });
  if (answer.status === "resolved" && about) await finishDecision(deps, decision, about);
  return answer;
}
