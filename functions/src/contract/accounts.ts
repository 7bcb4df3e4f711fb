import { z } from "zod";
import { timestamp, userId } from "./fields.js";

/**
 * `suspensions/{uid}`: who may not take part, until when and why. The rules and the callables compare `until` with
 * the time, so a suspension ends by itself; the sweep then enables the account again and deletes the document.
 */
export const suspensionDocument = z.object({
  uid: userId,
  reportId: z.string(),
  by: userId,
  reason: z.string(),
  at: timestamp,
  until: timestamp.nullable().describe("null: for good"),
  isApplied: z
    .boolean()
    .describe(
      "the account is disabled, and the person is out of every show; else the sweep does it",
    ),
});
export type SuspensionDocument = z.infer<typeof suspensionDocument>;

/** `admins/{uid}`: whether a person was made an admin. The custom claim follows it. */
export const adminDocument = z.object({
  uid: userId,
  isAdmin: z.boolean(),
  by: userId,
  at: timestamp,
  isApplied: z.boolean().describe("the custom claim says the same; else the sweep sets it"),
});
export type AdminDocument = z.infer<typeof adminDocument>;

/** `confirmations/{id}`: an action on an admin that waits for a second admin. */
export const confirmationDocument = z.object({
  action: z.string(),
  uid: userId.describe("the admin that it is about"),
  until: timestamp.nullable(),
  by: userId.describe("the first admin"),
  expiresAt: timestamp,
});
export type ConfirmationDocument = z.infer<typeof confirmationDocument>;

export const adminAction = z.enum([
  "resolveReport",
  "decideAppeal",
  "hideComment",
  "takeDownShow",
  "suspendAccount",
  "liftSuspension",
  "setAdmin",
  "endShow",
  "setWordFilter",
]);
export type AdminAction = z.infer<typeof adminAction>;

/** `audit/{id}`: what an admin did. Created with its effect, and never changed. */
export const auditDocument = z.object({
  at: timestamp,
  by: userId.describe("the admin; `operator`: the command-line tool"),
  action: adminAction,
  step: z.enum(["done", "requested"]).describe("requested: it waits for a second admin"),
  uid: userId.nullable().describe("the person that it is about"),
  showId: z.string().nullable(),
  commentId: z.string().nullable(),
  reportId: z.string().nullable(),
  detail: z.string().nullable().describe("the decision, the outcome or the new state"),
  until: timestamp.nullable(),
  reason: z.string().nullable(),
});
export type AuditDocument = z.infer<typeof auditDocument>;
