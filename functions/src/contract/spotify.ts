import { z } from "zod";
import { defineCallable } from "./callable.js";
import { epochMillis, timestamp } from "./fields.js";
import { refusalReason } from "./reasons.js";

/** Ciphertext and the version of the key that decrypts it. */
export const encryptedText = z.object({ keyVersion: z.int().positive(), ciphertext: z.string() });
export type EncryptedText = z.infer<typeof encryptedText>;

/** `spotifyCredentials/{uid}`: the grant and the access token that all of a person's devices share. */
export const credentialsDocument = z.object({
  refreshToken: encryptedText.meta({ data: "secret" }),
  accessToken: encryptedText.meta({ data: "secret" }),
  expiresAt: timestamp.meta({ data: "grant" }),
  scopes: z.array(z.string()).meta({ data: "grant" }),
  /** When Spotify ends the grant in any case. Firestore deletes the document some time later (TTL). */
  grantExpiresAt: timestamp.meta({ data: "grant" }),
  /** The lease of the call that is refreshing. After `until`, its holder is assumed to have crashed. */
  lease: z.object({ id: z.string(), until: timestamp }).nullable().meta({ data: "secret" }),
  /** How the last refresh failed. A call that began before it fails in the same way without asking Spotify again. */
  refreshFailure: z
    .object({
      at: timestamp,
      reason: refusalReason,
      retryAfterSeconds: z.number().optional(),
    })
    .nullable()
    .meta({ data: "secret" }),
  updatedAt: timestamp.meta({ data: "grant" }),
});
export type CredentialsDocument = z.infer<typeof credentialsDocument>;

/** A Spotify access token that an app's player may use until `expiresAt`. */
export const spotifyAccess = z.strictObject({
  accessToken: z.string(),
  expiresAt: epochMillis,
  scopes: z.array(z.string()),
});
export type SpotifyAccess = z.infer<typeof spotifyAccess>;

export const getSpotifyAccessToken = defineCallable({
  name: "getSpotifyAccessToken",
  summary:
    "Returns a valid Spotify access token, the same for all of a person's devices. Simultaneous calls refresh it once.",
  who: "self",
  request: z.strictObject({}),
  response: spotifyAccess,
  limit: "spotifyToken",
  enabledAccountOnly: true,
  reasons: [
    "RATE_LIMITED",
    "ACCOUNT_DISABLED",
    "SPOTIFY_RELINK_REQUIRED",
    "SPOTIFY_RATE_LIMITED",
    "SPOTIFY_QUOTA_EXCEEDED",
    "SPOTIFY_UNAVAILABLE",
  ],
});
