import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { noticeRef, reportRef } from "../collections.js";
import type { appealDecision as contract } from "../contract/reports.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { appealDeadline } from "./writeDecision.js";

/**
 * Appeals a decision, once for each side, while it is not closed and for six months. The same text again is treated as
 * a retry.
 */
export async function appealDecision(
  { firestore: db, clock }: Pick<Dependencies, "firestore" | "clock">,
  { uid }: Pick<Caller, "uid">,
  { noticeId, reportId: named, text }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  return db.runTransaction(async (transaction) => {
    const reportId =
      noticeId === undefined
        ? named
        : (await transaction.get(noticeRef(db, uid, noticeId))).data()?.reportId;
    if (reportId === undefined) throw new Refusal("REPORT_NOT_FOUND");
    const ref = reportRef(db, reportId);
    const report = (await transaction.get(ref)).data();
    if (!report) throw new Refusal("REPORT_NOT_FOUND");
    const { about, appeals, decided, isOwnInitiative, reporterUid, state } = report;
    const isReporter = uid === reporterUid && !isOwnInitiative;
    if (!isReporter && uid !== about.uid) throw new Refusal("NOT_CONCERNED");
    // An appeal against `no_violation` does not apply to what an admin decided after it was reversed.
    const decidedAt = isReporter ? -Infinity : (decided?.at.toMillis() ?? -Infinity);
    const mine = appeals.find((each) => each.uid === uid && each.at.toMillis() >= decidedAt);
    if (mine?.text === text) return { reportId, state };
    const now = clock.now();
    const isOpen = state === "resolved" || state === "appealed";
    if (mine || !isOpen || now > appealDeadline(report)) {
      throw new Refusal("NOT_APPEALABLE", { status: state });
    }
    const appeal = { uid, text, at: Timestamp.fromMillis(now) };
    transaction.update(ref, { state: "appealed", appeals: [...appeals, appeal], expiresAt: null });
    return { reportId, state: "appealed" };
  });
}
