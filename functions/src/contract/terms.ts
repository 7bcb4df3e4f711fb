import { z } from "zod";
import { defineCallable } from "./callable.js";
import { timestamp } from "./fields.js";

/** All that is kept of a year of birth. `adult`: certainly 18 or older when the terms were accepted. */
export const ageBand = z.enum(["minor", "adult"]);
export type AgeBand = z.infer<typeof ageBand>;

/** `users/{uid}/private/terms`: which terms a person has accepted, and their age band then. */
export const termsDocument = z.object({
  version: z.int().positive().meta({ data: "terms" }),
  acceptedAt: timestamp.meta({ data: "terms" }),
  ageBand: ageBand.meta({ data: "terms" }),
});
export type TermsDocument = z.infer<typeof termsDocument>;

/** The terms in force are those of `config/client`; without any, there is nothing to accept. */
export function hasAccepted(
  config: { readonly termsVersion?: number | undefined } | undefined,
  terms: Pick<TermsDocument, "version"> | undefined,
): boolean {
  return (terms?.version ?? 0) >= (config?.termsVersion ?? 0);
}

/** The age that a person born in this year has certainly reached. Their birthday may still be ahead this year. */
export function ageOf(birthYear: number, now: Date): number {
  return now.getUTCFullYear() - birthYear - 1;
}

export const acceptTerms = defineCallable({
  name: "acceptTerms",
  summary:
    "Accepts the terms in force. Required for creating a show, commenting and speaking. Only the age band is stored, not the year of birth.",
  who: "self",
  request: z.strictObject({
    version: z.int().positive().describe("`termsVersion` of `config/client`"),
    birthYear: z.int().min(1900).max(2100),
  }),
  response: z.strictObject({ ageBand }),
  limit: "acceptTerms",
  reasons: ["TOO_YOUNG", "PROFILE_NOT_FOUND", "ACCOUNT_DELETION_PENDING", "RATE_LIMITED"],
});
