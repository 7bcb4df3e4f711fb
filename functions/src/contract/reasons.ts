import { z } from "zod";

/** Every reason for which a callable refuses: the `details.reason` by which an app decides what to say. */
export const refusalReason = z.enum([
  "INVALID_ARGUMENT",
  "UNAUTHENTICATED",
  "APP_CHECK_REQUIRED",
  "ACCOUNT_DISABLED",
  "ACCOUNT_SUSPENDED",
  "ACCOUNT_DELETION_PENDING",
  "ACCOUNT_DELETION_BEGUN",
  "PROFILE_NOT_FOUND",
  "SHOW_NOT_FOUND",
  "SHOW_NOT_LIVE",
  "SHOW_NOT_STARTABLE",
  "SHOW_NOT_CANCELLABLE",
  "NOT_CREATOR",
  "NOT_HOST",
  "NOT_PARTICIPANT",
  "BANNED",
  "BLOCKED",
  "NOT_ADMIN",
  "TERMS_NOT_ACCEPTED",
  "TOO_YOUNG",
  "ADULTS_ONLY",
  "ALREADY_LIVE",
  "REQUEST_NOT_PENDING",
  "SPEAKER_LIMIT",
  "NOT_INVITED",
  "AUDIO_UNAVAILABLE",
  "COMMENT_NOT_FOUND",
  "PERSON_NOT_FOUND",
  "REPORT_NOT_FOUND",
  "REPORT_ALREADY_RESOLVED",
  "NOT_CONCERNED",
  "NOT_APPEALABLE",
  "NOT_APPEALED",
  "RATE_LIMITED",
  "SHOW_OVER",
  "PLAYLIST_NOT_FOUND",
  "PLAYLIST_TOO_LARGE",
  "PLAYLIST_CHANGED",
  "TRACK_NOT_FOUND",
  "WORDS_NOT_ALLOWED",
  "SONG_REQUESTS_CLOSED",
  "SONG_ALREADY_COMING",
  "SONG_REQUEST_LIMIT",
  "SONG_REQUESTS_FULL",
  "PAYMENTS_OFF",
  "PAYMENTS_UNAVAILABLE",
  "PAYMENT_NOT_FOUND",
  "PAYMENT_NOT_REFUNDABLE",
  "SUPPORT_ACCOUNT_MISSING",
  "SUPPORT_ADULTS_ONLY",
  "SUPPORT_NOT_NOW",
  "SUPPORT_NOT_PENDING",
  "SUPPORT_ONLY_ON_WEB",
  "SUPPORT_UNAVAILABLE",
  "SPOTIFY_CODE_REJECTED",
  "SPOTIFY_RELINK_REQUIRED",
  "SPOTIFY_NOT_ALLOWED",
  "SPOTIFY_ACCOUNT_ID_MISSING",
  "SPOTIFY_RATE_LIMITED",
  "SPOTIFY_QUOTA_EXCEEDED",
  "SPOTIFY_UNAVAILABLE",
  "CONTENTION",
  "INTERNAL",
]);
export type RefusalReason = z.infer<typeof refusalReason>;

/** gRPC's canonical codes, as Firebase's callables spell them. */
type ErrorCode =
  | "aborted"
  | "failed-precondition"
  | "internal"
  | "invalid-argument"
  | "not-found"
  | "permission-denied"
  | "resource-exhausted"
  | "unauthenticated"
  | "unavailable";

/** The canonical code of each reason, and the sentence that a developer reads. */
export const refusals: Record<RefusalReason, { code: ErrorCode; message: string }> = {
  INVALID_ARGUMENT: {
    code: "invalid-argument",
    message: "The request does not have the expected shape.",
  },
  UNAUTHENTICATED: {
    code: "unauthenticated",
    message: "Sign in first: the call has no valid ID token.",
  },
  APP_CHECK_REQUIRED: {
    code: "unauthenticated",
    message: "The call has no valid App Check token.",
  },
  ACCOUNT_DISABLED: { code: "permission-denied", message: "This account is disabled or deleted." },
  ACCOUNT_SUSPENDED: {
    code: "permission-denied",
    message: "This account is suspended: see until, and the notices of the account.",
  },
  ACCOUNT_DELETION_PENDING: {
    code: "failed-precondition",
    message: "This account is being deleted.",
  },
  ACCOUNT_DELETION_BEGUN: {
    code: "failed-precondition",
    message: "The deletion has begun and can no longer be cancelled.",
  },
  PROFILE_NOT_FOUND: {
    code: "failed-precondition",
    message: "The account has no profile: sign in with Spotify.",
  },
  SHOW_NOT_FOUND: { code: "not-found", message: "There is no such show." },
  SHOW_NOT_LIVE: { code: "failed-precondition", message: "The show is not live." },
  SHOW_NOT_STARTABLE: {
    code: "failed-precondition",
    message: "Only a draft or a scheduled show can start.",
  },
  SHOW_NOT_CANCELLABLE: {
    code: "failed-precondition",
    message: "Only a draft or a scheduled show can be cancelled.",
  },
  NOT_CREATOR: { code: "permission-denied", message: "Only the show's creator may do this." },
  NOT_HOST: { code: "permission-denied", message: "Only a host of the show may do this." },
  NOT_PARTICIPANT: {
    code: "permission-denied",
    message: "The caller, or the person named, is not in the show.",
  },
  BANNED: { code: "permission-denied", message: "This account is banned from the show." },
  TERMS_NOT_ACCEPTED: {
    code: "failed-precondition",
    message: "The caller has not accepted the terms in force.",
  },
  TOO_YOUNG: { code: "permission-denied", message: "The caller is below the minimum age." },
  ADULTS_ONLY: { code: "permission-denied", message: "The show is for adults only." },
  NOT_ADMIN: { code: "permission-denied", message: "Only admins may do this." },
  BLOCKED: {
    code: "permission-denied",
    message: "The caller and the show's creator have a block between them.",
  },
  ALREADY_LIVE: {
    code: "failed-precondition",
    message: "Another show of this creator is live: end it first.",
  },
  REQUEST_NOT_PENDING: {
    code: "failed-precondition",
    message: "There is no pending request: it was decided, cancelled or never made.",
  },
  SPEAKER_LIMIT: {
    code: "failed-precondition",
    message: "The stage is full: the show's maxSpeakers are speaking.",
  },
  NOT_INVITED: { code: "failed-precondition", message: "There is no invitation to accept." },
  AUDIO_UNAVAILABLE: {
    code: "unavailable",
    message: "Live audio is not responding correctly: try again.",
  },
  COMMENT_NOT_FOUND: { code: "not-found", message: "There is no such comment." },
  PERSON_NOT_FOUND: { code: "not-found", message: "There is no such person." },
  REPORT_NOT_FOUND: { code: "not-found", message: "There is no such report or notice." },
  REPORT_ALREADY_RESOLVED: {
    code: "failed-precondition",
    message: "The report was decided differently.",
  },
  NOT_CONCERNED: {
    code: "permission-denied",
    message: "Only the person whom the decision is about and the reporter may appeal.",
  },
  NOT_APPEALABLE: {
    code: "failed-precondition",
    message:
      "The decision is not open to appeal: it is pending, already appealed or closed, or the deadline has passed.",
  },
  NOT_APPEALED: { code: "failed-precondition", message: "Nobody has appealed this decision." },
  RATE_LIMITED: {
    code: "resource-exhausted",
    message: "Too many requests: try again after retryAfterSeconds.",
  },
  SHOW_OVER: { code: "failed-precondition", message: "The show is over." },
  PLAYLIST_NOT_FOUND: {
    code: "not-found",
    message: "There is no such playlist, or the account may not read it.",
  },
  PLAYLIST_TOO_LARGE: {
    code: "failed-precondition",
    message: "A show's playlist holds at most 500 tracks.",
  },
  PLAYLIST_CHANGED: {
    code: "aborted",
    message: "The playlist has changed: read it again.",
  },
  TRACK_NOT_FOUND: {
    code: "not-found",
    message: "There is no such track, or shows cannot play it.",
  },
  WORDS_NOT_ALLOWED: {
    code: "failed-precondition",
    message: "The message contains a filtered word.",
  },
  SONG_REQUESTS_CLOSED: {
    code: "failed-precondition",
    message: "The hosts are not taking song requests.",
  },
  SONG_ALREADY_COMING: {
    code: "failed-precondition",
    message: "The song is playing now or still to come in the playlist.",
  },
  SONG_REQUEST_LIMIT: {
    code: "failed-precondition",
    message: "The caller already has 3 open song requests in the show.",
  },
  SONG_REQUESTS_FULL: {
    code: "failed-precondition",
    message: "The show already has 100 open song requests.",
  },
  PAYMENTS_OFF: { code: "failed-precondition", message: "This project takes no payments." },
  PAYMENTS_UNAVAILABLE: {
    code: "unavailable",
    message: "Stripe is not responding correctly: try again.",
  },
  PAYMENT_NOT_FOUND: { code: "not-found", message: "The caller has received no such payment." },
  PAYMENT_NOT_REFUNDABLE: {
    code: "failed-precondition",
    message: "The payment was not paid, is disputed, or Stripe does not refund it.",
  },
  SUPPORT_ACCOUNT_MISSING: {
    code: "failed-precondition",
    message: "The caller has no account for support: open one first.",
  },
  SUPPORT_ADULTS_ONLY: {
    code: "permission-denied",
    message: "Only adults can give and receive support.",
  },
  SUPPORT_NOT_NOW: {
    code: "failed-precondition",
    message:
      "The creator's show is playing music. People can give support once it is back in talk mode or has ended.",
  },
  SUPPORT_NOT_PENDING: {
    code: "failed-precondition",
    message: "The payment page of this request is closed: use a new requestId.",
  },
  SUPPORT_ONLY_ON_WEB: {
    code: "failed-precondition",
    message: "Support is given on the web, not in apps.",
  },
  SUPPORT_UNAVAILABLE: {
    code: "failed-precondition",
    message: "The creator cannot receive support at the moment.",
  },
  SPOTIFY_CODE_REJECTED: {
    code: "failed-precondition",
    message: "Spotify did not accept the authorisation code: authorise again.",
  },
  SPOTIFY_RELINK_REQUIRED: {
    code: "failed-precondition",
    message: "The Spotify grant has ended: sign in with Spotify again.",
  },
  SPOTIFY_NOT_ALLOWED: {
    code: "permission-denied",
    message: "Spotify does not let this account use the app.",
  },
  SPOTIFY_ACCOUNT_ID_MISSING: {
    code: "failed-precondition",
    message: "Spotify's profile has no usable account_id, so the person cannot be identified.",
  },
  SPOTIFY_RATE_LIMITED: {
    code: "resource-exhausted",
    message: "Spotify limits this app's requests: try again after retryAfterSeconds.",
  },
  SPOTIFY_QUOTA_EXCEEDED: {
    code: "resource-exhausted",
    message:
      "The developer account's Spotify quota, which all of its apps share, is used up: a retry within minutes will not help.",
  },
  SPOTIFY_UNAVAILABLE: {
    code: "unavailable",
    message: "Spotify is not responding correctly: try again.",
  },
  CONTENTION: {
    code: "aborted",
    message: "Too many simultaneous changes. Nothing was written: call again.",
  },
  INTERNAL: { code: "internal", message: "Something went wrong on our side." },
};

/** The other fields of an error's details, next to `reason`. */
export interface RefusalDetails {
  /** `INVALID_ARGUMENT`: each field that is wrong, and why. */
  issues?: { path: string; message: string }[];
  /**
   * `RATE_LIMITED`, `SPOTIFY_RATE_LIMITED`, and `SPOTIFY_QUOTA_EXCEEDED` if Spotify says so: seconds after which another try
   * makes sense.
   */
  retryAfterSeconds?: number;
  /** `ACCOUNT_SUSPENDED`: why. */
  statement?: string;
  /** `ACCOUNT_SUSPENDED`: the end of the suspension, ms since the epoch; absent: for good. */
  until?: number;
  /** `SHOW_NOT_…`, `REQUEST_NOT_PENDING`, `PAYMENT_NOT_REFUNDABLE`, `SUPPORT_NOT_PENDING`, `NOT_APPEAL…`, `REPORT_ALREADY_RESOLVED`: the status in which it was found. */
  status?: string;
  /** `ALREADY_LIVE`: the show that is live. */
  showId?: string;
  /** `SPEAKER_LIMIT`: how many may speak. */
  maxSpeakers?: number;
  /** `INTERNAL`: names the log entry of this fault. */
  correlationId?: string;
}
