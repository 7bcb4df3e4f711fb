import { z } from "zod";

/**
 * An id that names a Firestore document, and a LiveKit room and a Cloud Task after it: the common
 * subset of what the three allow.
 */
export const documentId = z
  .string()
  // Ids of the form __…__ are Firestore's own.
  .regex(/^(?!__.*__$)[A-Za-z0-9_-]{1,64}$/, "must be 1 to 64 letters, digits, _ or -");

/**
 * The code points that show nothing (spaces, controls, format characters, fillers), as the inside of a
 * regular expression's class. Listed one by one, because `\s` and `\p{Cf}` mean other code points in
 * another engine or Unicode version: otherwise the server might reject what the rules accepted.
 * `firestore.rules` has the same list.
 */
export const BLANK = [
  String.raw`\u{0}-\u{20}\u{7F}-\u{A0}\u{AD}\u{34F}\u{600}-\u{605}\u{61C}\u{6DD}\u{70F}`,
  String.raw`\u{890}-\u{891}\u{8E2}\u{115F}-\u{1160}\u{1680}\u{17B4}-\u{17B5}`,
  String.raw`\u{180B}-\u{180F}\u{2000}-\u{200F}\u{2028}-\u{202F}\u{205F}-\u{206F}\u{2800}`,
  String.raw`\u{3000}\u{3164}\u{FE00}-\u{FE0F}\u{FEFF}\u{FFA0}\u{FFF0}-\u{FFFB}\u{110BD}`,
  String.raw`\u{110CD}\u{13430}-\u{1343F}\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}`,
  String.raw`\u{E0000}-\u{E0FFF}`,
].join("");

/** Something that can be seen, as the rules have it. */
export const NOT_BLANK = new RegExp(`[^${BLANK}]`, "u");

/** A profile's link. The rules use the same pattern. */
export const HTTPS_LINK = new RegExp(`^https://[^${BLANK}/?#][^${BLANK}]*$`, "u");

/** `spotify_<account_id>`: always the same person, even if Spotify's `id` and name change. */
export const userId = z.string().min(1).max(128);

/** The uid of a person whom a comment mentions. The rules use the same pattern. */
export const MENTIONED_UID = /^spotify_[A-Za-z0-9._~:-]{1,120}$/;

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
  displayName: z.string().min(1).max(100).meta({ data: "card" }),
  photoUrl: z.string().nullable().meta({ data: "card" }),
});
export type PersonCard = z.infer<typeof personCard>;
