import { z } from "zod";
import { decision, decisionSubject, reportCategory } from "./decisions.js";
import { documentId, epochMillis, personCard, timestamp, userId } from "./fields.js";

/**
 * `open` until an admin decides, `resolved` until somebody appeals, `appealed` until an admin decides that, and
 * `closed` for good.
 */
export const reportState = z.enum(["open", "resolved", "appealed", "closed"]);

/** What was reported, as it was then: deleting the content destroys no evidence. */
export const reportSnapshot = z.object({
  comment: z.object({ authorUid: userId, author: personCard, text: z.string() }).nullable(),
  profile: personCard.extend({ bio: z.string(), links: z.array(z.string()) }).nullable(),
  show: z
    .object({
      creatorUid: userId,
      creator: personCard,
      title: z.string(),
      description: z.string(),
    })
    .nullable(),
});
export type ReportSnapshot = z.infer<typeof reportSnapshot>;

/** Lists show urgent reports first. */
export const URGENT = 0;
export const ORDINARY = 1;

export const appealOutcome = z.enum(["upheld", "reversed"]);

/** `reports/{id}`: what somebody found wrong and what was decided. Reports from before decisions have the defaults. */
export const reportDocument = z.object({
  reporterUid: userId.meta({ data: "reporter" }),
  showId: documentId.optional().meta({ data: "report" }),
  commentId: documentId.optional().meta({ data: "report" }),
  uid: userId.optional().meta({ data: "reported" }),
  reason: z.string().meta({ data: "report" }),
  createdAt: timestamp.meta({ data: "report" }),
  category: reportCategory.default("other").meta({ data: "report" }),
  state: reportState.default("open").meta({ data: "report" }),
  priority: z
    .int()
    .default(ORDINARY)
    .describe("0: imminent harm and child safety; 1: the rest")
    .meta({ data: "report" }),
  about: decisionSubject.nullable().default(null).meta({ data: "evidence" }),
  snapshot: reportSnapshot.nullable().default(null).meta({ data: "evidence" }),
  /** An admin found it by themselves, so nobody else is told what became of the report. */
  isOwnInitiative: z.boolean().default(false).meta({ data: "report" }),
  decided: z
    .object({
      decision,
      reason: z.string(),
      by: userId,
      at: timestamp,
      until: timestamp.nullable(),
    })
    .nullable()
    .default(null)
    .meta({ data: "evidence" }),
  /** At most one of each side. */
  appeals: z
    .array(z.object({ uid: userId, text: z.string(), at: timestamp }))
    .default([])
    .meta({ data: "appeal" }),
  appealDecided: z
    .object({ outcome: appealOutcome, reason: z.string(), by: userId, at: timestamp })
    .nullable()
    .default(null)
    .meta({ data: "evidence" }),
});
export type ReportDocument = z.infer<typeof reportDocument>;

/** A report on the wire. */
export const reportView = z.strictObject({
  reportId: z.string(),
  reporterUid: userId,
  reason: z.string(),
  createdAt: epochMillis,
  category: reportCategory,
  state: reportState,
  isUrgent: z.boolean(),
  isOwnInitiative: z.boolean(),
  about: z.strictObject(decisionSubject.shape).nullable(),
  snapshot: z.strictObject(reportSnapshot.shape).nullable(),
  decided: z
    .strictObject({
      decision,
      reason: z.string(),
      by: userId,
      at: epochMillis,
      until: epochMillis.nullable(),
    })
    .nullable(),
  appeals: z.array(z.strictObject({ uid: userId, text: z.string(), at: epochMillis })),
  appealDecided: z
    .strictObject({ outcome: appealOutcome, reason: z.string(), by: userId, at: epochMillis })
    .nullable(),
});
export type ReportView = z.infer<typeof reportView>;
