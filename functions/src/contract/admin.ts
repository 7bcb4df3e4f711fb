import { z } from "zod";
import { defineCallable } from "./callable.js";
import { decision } from "./decisions.js";
import { documentId, epochMillis, personId } from "./fields.js";
import { appealOutcome, reportState, reportView } from "./reports.js";

const reason = z.string().trim().min(1).max(2_000).describe("told to the people concerned");
/** Reports have a hash as their id, notices a random one. */
const recordId = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/, "must be an id");
const until = epochMillis.nullable().describe("null: for good");

/** An action on an admin waits for a second admin; any other is done at once. */
const awaiting = "awaiting_second_admin";

export const listReports = defineCallable({
  name: "listReports",
  summary: "Returns a page of reports in one state: urgent ones first, then the oldest first.",
  who: "admin",
  request: z.strictObject({
    state: reportState.optional().describe("`open` by default"),
    cursor: recordId.optional().describe("the cursor of the page before"),
    limit: z.int().min(1).max(100).optional().describe("20 by default"),
  }),
  response: z.strictObject({
    reports: z.array(reportView),
    cursor: z.string().nullable().describe("for the next page; null: this is the last one"),
  }),
  reasons: ["NOT_ADMIN"],
});

export const resolveReport = defineCallable({
  name: "resolveReport",
  summary:
    "Decides a report and does what the decision says. Both sides get a notice. The same decision again returns the same answer.",
  who: "admin",
  request: z
    .strictObject({
      reportId: recordId,
      decision,
      reason,
      until: epochMillis
        .optional()
        .describe("with `account_suspended`: the end of the suspension; absent: for good"),
    })
    .refine((request) => request.until === undefined || request.decision === "account_suspended", {
      path: ["until"],
      message: "only a suspension has an end",
    }),
  response: z.strictObject({
    status: z.enum(["resolved", awaiting]),
    reportId: z.string(),
    decision,
    until,
  }),
  reasons: ["NOT_ADMIN", "REPORT_NOT_FOUND", "REPORT_ALREADY_RESOLVED"],
});

export const appealDecision = defineCallable({
  name: "appealDecision",
  summary:
    "Appeals a decision, by its notice or its report. Each side can do so once, for six months.",
  who: "the person whom the decision is about, and the reporter; also while suspended",
  request: z
    .strictObject({
      noticeId: recordId.optional().describe("one of the caller's notices"),
      reportId: recordId.optional().describe("instead of `noticeId`"),
      text: z.string().trim().min(1).max(2_000),
    })
    .refine(({ noticeId, reportId }) => (noticeId === undefined) !== (reportId === undefined), {
      path: ["noticeId"],
      message: "must be given, unless reportId is",
    }),
  response: z.strictObject({ reportId: z.string(), state: reportState }),
  suspension: "ignored",
  limit: "appeal",
  reasons: ["RATE_LIMITED", "REPORT_NOT_FOUND", "NOT_CONCERNED", "NOT_APPEALABLE"],
});

export const decideAppeal = defineCallable({
  name: "decideAppeal",
  summary:
    "Decides an appeal for good. `reversed` undoes the decision: the comment or show returns, the suspension ends.",
  who: "admin",
  request: z.strictObject({ reportId: recordId, outcome: appealOutcome, reason }),
  response: z.strictObject({
    reportId: z.string(),
    state: z.literal("closed"),
    outcome: appealOutcome,
  }),
  reasons: ["NOT_ADMIN", "REPORT_NOT_FOUND", "NOT_APPEALED", "REPORT_ALREADY_RESOLVED"],
});

export const hideComment = defineCallable({
  name: "hideComment",
  summary: "Hides a comment for good: the show's hosts cannot show it again.",
  who: "admin",
  request: z.strictObject({ showId: documentId, commentId: documentId, reason }),
  response: z.strictObject({ reportId: z.string() }),
  reasons: ["NOT_ADMIN", "SHOW_NOT_FOUND", "COMMENT_NOT_FOUND"],
});

export const takeDownShow = defineCallable({
  name: "takeDownShow",
  summary:
    "Takes a show down. A live one ends, one that has not started is cancelled, and only its creator and admins can still read it.",
  who: "admin",
  request: z.strictObject({ showId: documentId, reason }),
  response: z.strictObject({ reportId: z.string() }),
  reasons: ["NOT_ADMIN", "SHOW_NOT_FOUND"],
});

export const suspendAccount = defineCallable({
  name: "suspendAccount",
  summary:
    "Suspends an account at once: it is signed out, leaves every show, its live show ends, and it can write nothing. On an admin, a second admin has to make the same call within 24 hours.",
  who: "admin",
  request: z.strictObject({ uid: personId, until, reason }),
  response: z.strictObject({
    status: z.enum(["suspended", awaiting]),
    reportId: z.string().nullable().describe("null while it waits for a second admin"),
    until,
  }),
  reasons: ["NOT_ADMIN", "PERSON_NOT_FOUND"],
});

export const liftSuspension = defineCallable({
  name: "liftSuspension",
  summary: "Ends a suspension now. On an admin, a second admin has to make the same call.",
  who: "admin",
  request: z.strictObject({ uid: personId, reason }),
  response: z.strictObject({ status: z.enum(["lifted", awaiting]) }),
  reasons: ["NOT_ADMIN"],
});

export const setAdmin = defineCallable({
  name: "setAdmin",
  summary:
    "Makes a person an admin, or no longer one. Taking it away needs a second admin. A new admin has to sign in again, or refresh the ID token.",
  who: "admin",
  request: z.strictObject({ uid: personId, admin: z.boolean(), reason }),
  response: z.strictObject({ status: z.enum(["done", awaiting]), admin: z.boolean() }),
  reasons: ["NOT_ADMIN", "PERSON_NOT_FOUND"],
});
