import { z } from "zod";

/**
 * An id that names a Firestore document, and a LiveKit room and a Cloud Task after it: the common
 * subset of what the three allow.
 */
export const documentId = z
  .string()
  // Ids of the form __…__ are Firestore's own.
  .regex(/^(?!__.*__$)[A-Za-z0-9_-]{1,64}$/, "must be 1 to 64 letters, digits, _ or -");

/** Something that can be seen, as the rules have it. */
export const NOT_BLANK = /[^\s\p{Z}\p{Cc}\p{Cf}]/u;

/** `spotify_<account_id>`: the same person for good, whatever Spotify's `id` and name become. */
export const userId = z.string().min(1).max(128);

/** A `userId` that a request names, where it becomes part of a path. */
export const personId = z
  .string()
  .regex(/^(?!__.*__$)(?!\.{1,2}$)[A-Za-z0-9._~:-]{1,128}$/, "must be an account's uid");

/** A moment on the wire: whole milliseconds since the epoch. */
export const epochMillis = z.int().nonnegative().describe("ms since the epoch");

export const showIdRequest = z.strictObject({ showId: documentId });

/** What Firestore's Timestamp is in every SDK: the Admin SDK's and the app's are different classes. */
export interface Moment {
  readonly seconds: number;
  readonly nanoseconds: number;
  toMillis(): number;
}

/** A Firestore `Timestamp` in a document. */
export const timestamp = z.custom<Moment>(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    "toMillis" in value &&
    typeof value.toMillis === "function",
  "must be a Timestamp",
);

/** How a person is shown: copied into shows, participants and comments from their own profile. */
export const personCard = z.object({
  displayName: z.string().min(1).max(100),
  photoUrl: z.string().nullable(),
});
export type PersonCard = z.infer<typeof personCard>;
