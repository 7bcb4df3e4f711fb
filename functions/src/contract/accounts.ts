import { z } from "zod";
import { timestamp, userId } from "./fields.js";

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
    .describe(
      "the account is disabled, and the person is out of every show; else the sweep does it",
    )
    .meta({ data: "suspension" }),
});
export type SuspensionDocument = z.infer<typeof suspensionDocument>;

/** `admins/{uid}`: whether a person was made an admin. The custom claim follows it. */
export const adminDocument = z.object({
  uid: userId.meta({ data: "adminRole" }),
  isAdmin: z.boolean().meta({ data: "adminRole" }),
  by: userId.meta({ data: "audit" }),
  at: timestamp.meta({ data: "adminRole" }),
  isApplied: z
    .boolean()
    .describe("the custom claim says the same; else the sweep sets it")
    .meta({ data: "adminRole" }),
});
export type AdminDocument = z.infer<typeof adminDocument>;

/** `confirmations/{id}`: an action on an admin that waits for a second admin. */
export const confirmationDocument = z.object({
  action: z.string().meta({ data: "confirmation" }),
  uid: userId.describe("the admin that it is about").meta({ data: "confirmation" }),
  until: timestamp.nullable().meta({ data: "confirmation" }),
  by: userId.describe("the first admin").meta({ data: "confirmation" }),
  expiresAt: timestamp.meta({ data: "confirmation" }),
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
  at: timestamp.meta({ data: "audit" }),
  by: userId.describe("the admin; `operator`: the command-line tool").meta({ data: "audit" }),
  action: adminAction.meta({ data: "audit" }),
  step: z
    .enum(["done", "requested"])
    .describe("requested: it waits for a second admin")
    .meta({ data: "audit" }),
  uid: userId.nullable().describe("the person that it is about").meta({ data: "audit" }),
  showId: z.string().nullable().meta({ data: "audit" }),
  commentId: z.string().nullable().meta({ data: "audit" }),
  reportId: z.string().nullable().meta({ data: "audit" }),
  detail: z
    .string()
    .nullable()
    .describe("the decision, the outcome or the new state")
    .meta({ data: "audit" }),
  until: timestamp.nullable().meta({ data: "audit" }),
  reason: z.string().nullable().meta({ data: "audit" }),
});
export type AuditDocument = z.infer<typeof auditDocument>;
