import { z } from "zod";
import { defineCallable } from "./callable.js";
import { awaitingSecondAdmin, statement } from "./decisions.js";
import { personId, timestamp, userId } from "./fields.js";

/** `admins/{uid}`: whether a person was made an admin. The custom claim follows it. */
export const adminDocument = z.object({
  uid: userId.meta({ data: "adminRecord" }),
  isAdmin: z.boolean().meta({ data: "adminRole" }),
  by: userId.meta({ data: "audit" }),
  line: userId
    .optional()
    .describe("the admin at the start of the line of appointments: one that the operator made")
    .meta({ data: "audit" }),
  at: timestamp.meta({ data: "adminRecord" }),
  isApplied: z
    .boolean()
    .describe("the custom claim says the same; otherwise the sweep corrects it")
    .meta({ data: "adminRecord" }),
});
export type AdminDocument = z.infer<typeof adminDocument>;

/** `confirmations/{id}`: an action on an admin that waits for a second admin. */
export const confirmationDocument = z.object({
  action: z.string().meta({ data: "confirmation" }),
  uid: userId.describe("the admin whom it is about").meta({ data: "confirmation" }),
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
  "setClientConfig",
  "fileAppeal",
  "deleteAccount",
  "exportAccount",
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
  uid: userId.nullable().describe("the person whom it is about").meta({ data: "audited" }),
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

export const setAdmin = defineCallable({
  name: "setAdmin",
  summary:
    "Makes a person an admin, or revokes the role. Revoking the role requires a second admin. A new admin has to sign in again, or refresh the ID token.",
  who: "admin",
  adminOnly: true,
  request: z.strictObject({ uid: personId, admin: z.boolean(), reason: statement }),
  response: z.strictObject({ status: z.enum(["done", awaitingSecondAdmin]), admin: z.boolean() }),
  reasons: ["NOT_ADMIN", "PERSON_NOT_FOUND"],
});
