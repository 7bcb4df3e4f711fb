import { z } from "zod";
import { defineCallable } from "./callable.js";
import type { DataPolicyName } from "./dataPolicies.js";
import {
  awaitingSecondAdmin,
  type Decision,
  decision,
  decisionSubject,
  reportCategory,
  statement,
} from "./decisions.js";
import { documentId, epochMillis, personCard, personId, timestamp, userId } from "./fields.js";

/**
 * `open` until an admin decides, `resolved` until somebody appeals, `appealed` until an admin decides that, and
 * `closed` for good.
 */
export const reportState = z.enum(["open", "resolved", "appealed", "closed"]);

/** What was reported, as it was then: deleting the content destroys no evidence. */
export const reportSnapshot = z.object({
  comment: z.object({ authorUid: userId, author: personCard, text: z.string() }).nullable(),
  profile: personCard
    .extend({
      bio: z.string(),
      links: z.array(z.string()),
      supportLink: z.string().optional(),
    })
    .nullable(),
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

/** The outcome of a report: in its document with Firestore's timestamps, in a response with milliseconds. */
function progress<Time extends z.ZodType>(
  time: Time,
  meta: (data: DataPolicyName) => { readonly data?: DataPolicyName },
) {
  return {
    decided: z
      .object({ decision, reason: z.string(), by: userId, at: time, until: time.nullable() })
      .nullable()
      .meta(meta("evidence")),
    /** At most one of each side on each decision. */
    appeals: z.array(z.object({ uid: userId, text: z.string(), at: time })).meta(meta("appeal")),
    appealDecided: z
      .object({ outcome: appealOutcome, reason: z.string(), by: userId, at: time })
      .nullable()
      .meta(meta("evidence")),
  };
}

/** `reports/{id}`: a complaint, and what was decided about it. */
export const reportDocument = z.object({
  reporterUid: userId.meta({ data: "reporter" }),
  showId: documentId.optional().meta({ data: "report" }),
  commentId: documentId.optional().meta({ data: "report" }),
  uid: userId.optional().meta({ data: "reported" }),
  reason: z.string().meta({ data: "report" }),
  createdAt: timestamp.meta({ data: "report" }),
  category: reportCategory.meta({ data: "report" }),
  state: reportState.meta({ data: "report" }),
  priority: z
    .int()
    .describe("0: imminent harm and child safety; 1: the rest")
    .meta({ data: "report" }),
  about: decisionSubject.meta({ data: "evidence" }),
  snapshot: reportSnapshot.meta({ data: "evidence" }),
  /** An admin acted without a report, so nobody else is told the outcome. */
  isOwnInitiative: z.boolean().meta({ data: "report" }),
  ...progress(timestamp, (data) => ({ data })),
  /**
   * The suspension was lifted or replaced by another: the decision is no longer in force, although nobody reversed
   * it.
   */
  isWithdrawn: z.boolean().default(false).meta({ data: "evidence" }),
  expiresAt: timestamp
    .nullable()
    .default(null)
    .describe("when it is deleted; null: not while it is open or appealed")
    .meta({ data: "report" }),
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
  about: z.strictObject(decisionSubject.shape),
  snapshot: z.strictObject(reportSnapshot.shape),
  ...progress(epochMillis, () => ({})),
});
export type ReportView = z.infer<typeof reportView>;

/** Reports have a hash as their id, notices a random one. */
const recordId = z.string().regex(/^(?!__.*__$)[A-Za-z0-9_-]{1,128}$/, "must be an id");

export const report = defineCallable({
  name: "report",
  summary:
    "Reports a show, a comment in it or a person's profile to the admins. Repeating a report does not create another one.",
  who: "signed in",
  request: z
    .strictObject({
      showId: documentId.optional().describe("required, unless `uid` reports a profile"),
      commentId: documentId.optional().describe("a comment in the show"),
      uid: personId.optional().describe("a person; with a comment, its author"),
      reason: z.string().trim().min(1).max(500),
      category: reportCategory.optional().describe("`other` by default"),
    })
    .refine(({ showId, commentId, uid }) => showId !== undefined || (uid && !commentId), {
      path: ["showId"],
      message: "must name the show, unless only a person is reported",
    }),
  response: z.strictObject({ reportId: z.string() }),
  reasons: [
    "SHOW_NOT_FOUND",
    "COMMENT_NOT_FOUND",
    "PERSON_NOT_FOUND",
    "PROFILE_NOT_FOUND",
    "ACCOUNT_DELETION_PENDING",
    "RATE_LIMITED",
  ],
});

export const appealDecision = defineCallable({
  name: "appealDecision",
  summary:
    "Appeals a decision, by its notice or its report. Each side can do so once, for six months.",
  who: "the person whom the decision is about, and the reporter; also while suspended",
  request: z
    .strictObject({
      noticeId: recordId
        .optional()
        .describe("one of the caller's notices; exactly one of noticeId and reportId is required"),
      reportId: recordId.optional().describe("instead of `noticeId`"),
      text: z.string().trim().min(1).max(2_000),
    })
    .refine(({ noticeId, reportId }) => (noticeId === undefined) !== (reportId === undefined), {
      path: ["noticeId"],
      message: "exactly one of noticeId and reportId is required",
    }),
  response: z.strictObject({ reportId: z.string(), state: reportState }),
  suspension: "ignored",
  limit: "appeal",
  reasons: ["RATE_LIMITED", "REPORT_NOT_FOUND", "NOT_CONCERNED", "NOT_APPEALABLE"],
});

export const listReports = defineCallable({
  name: "listReports",
  summary: "Returns a page of reports in one state: urgent ones first, then the oldest first.",
  who: "admin",
  adminOnly: true,
  request: z.strictObject({
    state: reportState.optional().describe("`open` by default"),
    cursor: recordId.optional().describe("the cursor of the previous page"),
    limit: z.int().min(1).max(100).optional().describe("20 by default"),
  }),
  response: z.strictObject({
    reports: z.array(reportView),
    cursor: z.string().nullable().describe("for the next page; null: this is the last one"),
  }),
  reasons: ["NOT_ADMIN"],
});

const onlySuspensionsEnd = { path: ["until"], message: "only a suspension has an end" };

function hasEndOnlyIfSuspending(request: {
  readonly decision?: Decision | undefined;
  readonly until?: number | undefined;
}): boolean {
  return request.until === undefined || request.decision === "account_suspended";
}

export const resolveReport = defineCallable({
  name: "resolveReport",
  summary:
    "Decides a report and does what the decision says. Both sides get a notice. The same decision again returns the same answer.",
  who: "admin",
  adminOnly: true,
  request: z
    .strictObject({
      reportId: recordId,
      decision,
      reason: statement,
      until: epochMillis
        .optional()
        .describe("with `account_suspended`: the end of the suspension; absent: for good"),
    })
    .refine(hasEndOnlyIfSuspending, onlySuspensionsEnd),
  response: z.strictObject({
    status: z.enum(["resolved", awaitingSecondAdmin]),
    reportId: z.string(),
    decision,
    until: epochMillis.nullable().describe("null: for good"),
  }),
  limit: "audioRoom",
  reasons: ["RATE_LIMITED", "NOT_ADMIN", "REPORT_NOT_FOUND", "REPORT_ALREADY_RESOLVED"],
});

export const decideAppeal = defineCallable({
  name: "decideAppeal",
  summary:
    "Decides an appeal. `reversed` undoes the decision: the comment or show returns, the suspension ends, unless another decision stands. A reversed `no_violation` is decided again, and the person concerned can appeal that decision.",
  who: "admin",
  adminOnly: true,
  request: z
    .strictObject({
      reportId: recordId,
      outcome: appealOutcome,
      reason: statement,
      decision: decision
        .optional()
        .describe("required if `no_violation` is reversed: what is decided instead"),
      until: epochMillis
        .optional()
        .describe("with `account_suspended`: the end of the suspension; absent: for good"),
    })
    .refine(hasEndOnlyIfSuspending, onlySuspensionsEnd),
  response: z.strictObject({
    reportId: z.string(),
    state: reportState.describe(
      "`closed`; `resolved` if it was decided again; `appealed` while a suspension of an admin waits for a second admin",
    ),
    outcome: appealOutcome,
  }),
  limit: "audioRoom",
  reasons: [
    "RATE_LIMITED",
    "NOT_ADMIN",
    "REPORT_NOT_FOUND",
    "NOT_APPEALED",
    "REPORT_ALREADY_RESOLVED",
  ],
});

export const hideComment = defineCallable({
  name: "hideComment",
  summary: "Hides a comment for good: the show's hosts cannot show it again.",
  who: "admin",
  adminOnly: true,
  request: z.strictObject({ showId: documentId, commentId: documentId, reason: statement }),
  response: z.strictObject({ reportId: z.string() }),
  reasons: ["NOT_ADMIN", "SHOW_NOT_FOUND", "COMMENT_NOT_FOUND"],
});

export const takeDownShow = defineCallable({
  name: "takeDownShow",
  summary:
    "Takes a show down. A live one ends, one that has not started is cancelled, and only its creator and admins can still read it.",
  who: "admin",
  adminOnly: true,
  request: z.strictObject({ showId: documentId, reason: statement }),
  response: z.strictObject({ reportId: z.string() }),
  limit: "audioRoom",
  reasons: ["RATE_LIMITED", "NOT_ADMIN", "SHOW_NOT_FOUND"],
});
