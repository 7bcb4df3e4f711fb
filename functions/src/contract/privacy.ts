import { z } from "zod";
import { defineCallable } from "./callable.js";
import { timestamp } from "./fields.js";
import { userDocument } from "./identity.js";

/** `deletions/{uid}`: a person has requested the deletion of their account. It is deleted with the account. */
export const deletionDocument = z.object({
  requestedAt: timestamp.meta({ data: "deletion" }),
  /** When the deletion begins. */
  dueAt: timestamp.meta({ data: "deletion" }),
  /** When it began: from then on it cannot be cancelled. */
  begunAt: timestamp.nullable().meta({ data: "deletion" }),
  /** The person has left every live show; otherwise `sweepDeletions` tries again. */
  isOut: z.boolean().default(false).meta({ data: "deletion" }),
  /** The profile, removed from `users` until `cancelDeletion` restores it. */
  profile: userDocument.nullable().meta({ data: "deletion" }),
});
export type DeletionDocument = z.infer<typeof deletionDocument>;

export const deleteAccount = defineCallable({
  name: "deleteAccount",
  summary:
    "Deletes the account and what is stored about the person. A live show of theirs ends, and they leave every show at once. The rest follows after `ACCOUNT_DELETION_GRACE_HOURS`, or immediately if that is 0.",
  who: "self",
  request: z.strictObject({}),
  response: z.strictObject({}),
  limit: "deleteAccount",
  suspension: "ignored",
  reasons: ["RATE_LIMITED"],
});

export const cancelDeletion = defineCallable({
  name: "cancelDeletion",
  summary:
    "Cancels the deletion of the account before it begins. Signing in with Spotify does the same. Without a pending deletion it changes nothing.",
  who: "self",
  request: z.strictObject({}),
  response: z.strictObject({}),
  limit: "deleteAccount",
  suspension: "ignored",
  reasons: ["RATE_LIMITED", "ACCOUNT_DELETION_BEGUN"],
});

export const exportAccount = defineCallable({
  name: "exportAccount",
  summary:
    "Returns a page of everything that is stored about the person, as of the moment of the first page. Other people's data and secrets are left out.",
  who: "self",
  request: z.strictObject({
    cursor: z
      .string()
      .max(2_000)
      .optional()
      .describe("from the previous page; absent for the first"),
  }),
  response: z.strictObject({
    lines: z
      .string()
      .describe("NDJSON: a line `{path, data}` for each document, with times in ISO 8601"),
    cursor: z.string().nullable().describe("for the next page; `null` after the last"),
  }),
  limit: "exportAccount",
  suspension: "ignored",
  reasons: ["RATE_LIMITED"],
});
