import { z } from "zod";
import { defineCallable } from "./callable.js";
import { awaitingSecondAdmin, statement } from "./decisions.js";
import { epochMillis, personId, timestamp, userId } from "./fields.js";

/**
 * `suspensions/{uid}`: who may not take part, until when and why. The rules and the callables compare `until` with
 * the time, so a suspension ends by itself; the sweep then enables the account again and deletes the document.
 */
export const suspensionDocument = z.object({
  uid: userId.meta({ data: "suspension" }),
  reportId: z.string().meta({ data: "suspension" }),
  by: userId.meta({ data: "audit" }),
  reason: z.string().meta({ data: "suspension" }),
  at: timestamp.meta({ data: "suspension" }),
  until: timestamp.nullable().describe("null: for good").meta({ data: "suspension" }),
  isApplied: z
    .boolean()
    .describe("whether the suspension has fully taken effect; if not, the sweep completes it")
    .meta({ data: "suspension" }),
});
export type SuspensionDocument = z.infer<typeof suspensionDocument>;

export const suspendAccount = defineCallable({
  name: "suspendAccount",
  summary:
    "Suspends an account at once: it is signed out, leaves every show, its live show ends, and it can write nothing. If the person is an admin, a second admin must confirm with the same call within 24 hours; ends that differ by up to a day count as the same, and the first one stands.",
  who: "admin",
  adminOnly: true,
  request: z.strictObject({
    uid: personId,
    until: epochMillis.nullable().describe("null: for good"),
    reason: statement,
  }),
  response: z.strictObject({
    status: z.enum(["suspended", awaitingSecondAdmin]),
    reportId: z.string().nullable().describe("null while it waits for a second admin"),
    until: epochMillis.nullable().describe("null: for good"),
  }),
  limit: "audioRoom",
  reasons: ["RATE_LIMITED", "NOT_ADMIN", "PERSON_NOT_FOUND"],
});

export const liftSuspension = defineCallable({
  name: "liftSuspension",
  summary:
    "Ends a suspension now. If the person is an admin, a second admin must confirm with the same call within 24 hours.",
  who: "admin",
  adminOnly: true,
  request: z.strictObject({ uid: personId, reason: statement }),
  response: z.strictObject({ status: z.enum(["lifted", awaitingSecondAdmin]) }),
  reasons: ["NOT_ADMIN"],
});
