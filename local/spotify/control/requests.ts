import { z } from "zod";

const word = z.string().min(1).max(500);
const longestAdvanceMs = 10 * 366 * 86_400_000;

export const expireRequest = z.strictObject({
  persona: word,
  what: z.enum(["access", "refresh"]).default("access"),
});
export type ExpireRequest = z.infer<typeof expireRequest>;

export const revokeRequest = z.strictObject({ persona: word });

export const clockRequest = z.strictObject({ advanceMs: z.int().min(0).max(longestAdvanceMs) });

export const modeRequest = z
  .strictObject({
    quotaMode: z.enum(["development", "extended"]).exactOptional(),
    rotateRefreshTokens: z.boolean().exactOptional(),
  })
  .refine((mode) => Object.keys(mode).length > 0, { path: ["quotaMode"], error: "is missing" });

/** A new persona, or what changes of one. */
export const personaRequest = z.strictObject({
  id: word.regex(/^[a-z0-9][a-z0-9-]*$/, "must be lower-case letters, digits and hyphens"),
  accountId: word.nullable().exactOptional(),
  spotifyId: word.exactOptional(),
  displayName: word.nullable().exactOptional(),
  imageUrl: word.nullable().exactOptional(),
  product: z.enum(["free", "premium"]).exactOptional(),
  email: word.nullable().exactOptional(),
  country: word.exactOptional(),
  allowed: z.boolean().exactOptional(),
});
export type PersonaRequest = Readonly<z.infer<typeof personaRequest>>;
