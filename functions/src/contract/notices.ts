import { z } from "zod";
import { decision, decisionSubject } from "./decisions.js";
import { timestamp } from "./fields.js";

/**
 * Why a person gets a notice: a decision about their content or account, the outcome of their report, the outcome of
 * an appeal, or the early end of their suspension.
 */
export const noticeKind = z.enum([
  "decision",
  "report_outcome",
  "appeal_outcome",
  "suspension_lifted",
]);

/** `users/{uid}/notices/{id}`: the statement of reasons of a decision, for one person. */
export const noticeDocument = z.object({
  kind: noticeKind.meta({ data: "notice" }),
  reportId: z
    .string()
    .describe("the report, which `appealDecision` accepts instead of the notice's own id")
    .meta({ data: "notice" }),
  decision: decision
    .describe("the decision in force; for `suspension_lifted`, the one that was lifted")
    .meta({ data: "notice" }),
  about: decisionSubject.meta({ data: "noticeAbout" }),
  reason: z.string().describe("the admin's reasons").meta({ data: "notice" }),
  until: timestamp
    .nullable()
    .describe("the end of a suspension; null: none, or for good")
    .meta({ data: "notice" }),
  appealUntil: timestamp
    .nullable()
    .describe("until then `appealDecision` appeals; null: the decision is final")
    .meta({ data: "notice" }),
  createdAt: timestamp.meta({ data: "notice" }),
});
export type NoticeDocument = z.infer<typeof noticeDocument>;
