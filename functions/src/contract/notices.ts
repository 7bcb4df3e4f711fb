import { z } from "zod";
import { decision, decisionSubject } from "./decisions.js";
import { timestamp } from "./fields.js";

/**
 * Why a person gets a notice: a decision about what is theirs, what became of their report, what became of an
 * appeal, or the early end of their suspension.
 */
export const noticeKind = z.enum([
  "decision",
  "report_outcome",
  "appeal_outcome",
  "suspension_lifted",
]);

/** `users/{uid}/notices/{id}`: the statement of reasons of a decision, for one person. */
export const noticeDocument = z.object({
  kind: noticeKind,
  reportId: z.string().describe("what `appealDecision` takes, besides the notice's own id"),
  decision: decision.describe("the decision that is in force"),
  about: decisionSubject,
  reason: z.string().describe("the admin's reasons"),
  until: timestamp.nullable().describe("the end of a suspension; null: none, or for good"),
  appealUntil: timestamp
    .nullable()
    .describe("until then `appealDecision` appeals; null: the decision is final"),
  createdAt: timestamp,
});
export type NoticeDocument = z.infer<typeof noticeDocument>;
