import { z } from "zod";
import { defineCallable } from "./callable.js";
import { HTTPS_LINK, personCard, timestamp, userId } from "./fields.js";
import { spotifyAccess } from "./spotify.js";

/** The fields that people write in their profile. Apps validate them to explain an error before the rules refuse the write. */
export const profileEdit = z.object({
  bio: z.string().max(500).optional(),
  links: z
    .array(z.string().max(200).regex(HTTPS_LINK, "must be an https address"))
    .max(5)
    .optional(),
  supportLink: z
    .string()
    .max(200)
    .regex(new RegExp(`^$|${HTTPS_LINK.source}`, "u"), "must be an https address or empty")
    .optional(),
});

/** `users/{uid}`: the public profile. Spotify's fields are the server's, bio and links the owner's. */
export const userDocument = personCard.extend({
  spotifyUrl: z.string().nullable().meta({ data: "card" }),
  bio: z.string().describe("at most 500 characters").meta({ data: "profile" }),
  links: z
    .array(z.string())
    .describe("at most 5, https, each of at most 200 characters")
    .meta({ data: "profile" }),
  supportLink: z
    .string()
    .optional()
    .describe("where people can support the person, https, at most 200 characters; empty: nowhere")
    .meta({ data: "profile" }),
  acceptsSupport: z
    .boolean()
    .optional()
    .describe("whether `supportCreator` can support the person")
    .meta({ data: "profile" }),
  followerCount: z.int().nonnegative().meta({ data: "profile" }),
  createdAt: timestamp.meta({ data: "profile" }),
  updatedAt: timestamp.meta({ data: "profile" }),
});
export type UserDocument = z.infer<typeof userDocument>;

/**
 * `users/{uid}/private/account`: what Spotify says about the account; only its owner can read it. Apps in Spotify's
 * development mode get no email, country and product. `disconnectSpotify` deletes all of it.
 */
export const accountDocument = z.object({
  spotifyId: z.string().optional().meta({ data: "account" }),
  email: z.string().optional().meta({ data: "account" }),
  country: z.string().optional().meta({ data: "account" }),
  product: z.string().optional().meta({ data: "account" }),
  spotifyLinked: z.boolean().meta({ data: "account" }),
  spotifyGrantedAt: timestamp.meta({ data: "account" }),
});
export type AccountDocument = z.infer<typeof accountDocument>;

export const signInWithSpotify = defineCallable({
  name: "signInWithSpotify",
  summary:
    "Exchanges Spotify's authorisation code for a Firebase custom token. It cannot be repeated, because a code works once. It cancels a deletion of the account that has not begun.",
  who: "anyone",
  request: z.strictObject({
    code: z.string().min(1).max(2048).describe("from Spotify's redirect"),
    redirectUri: z
      .string()
      .min(1)
      .max(512)
      .describe("the redirect URI of the authorisation request"),
    codeVerifier: z
      .string()
      .regex(/^[A-Za-z0-9._~-]{43,128}$/, "must be a PKCE verifier of 43 to 128 characters")
      .describe("PKCE (RFC 7636): the secret behind the challenge of the authorisation request"),
  }),
  response: z.strictObject({
    customToken: z.string().describe("for Firebase Auth's signInWithCustomToken"),
    uid: userId,
    isNewUser: z.boolean(),
    spotify: spotifyAccess,
  }),
  limit: "signInFromNetwork",
  suspension: "read",
  reasons: [
    "RATE_LIMITED",
    "ACCOUNT_DISABLED",
    "ACCOUNT_DELETION_PENDING",
    "SPOTIFY_CODE_REJECTED",
    "SPOTIFY_NOT_ALLOWED",
    "SPOTIFY_ACCOUNT_ID_MISSING",
    "SPOTIFY_RATE_LIMITED",
    "SPOTIFY_QUOTA_EXCEEDED",
    "SPOTIFY_UNAVAILABLE",
  ],
});

export const disconnectSpotify = defineCallable({
  name: "disconnectSpotify",
  summary:
    "Deletes the stored Spotify grant and the person's Spotify data. Signing in with Spotify links the account again.",
  who: "self",
  request: z.strictObject({}),
  response: z.strictObject({}),
  limit: "disconnectSpotify",
  suspension: "ignored",
  reasons: ["RATE_LIMITED"],
});
