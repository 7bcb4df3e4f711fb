import { refusalReason, type RefusalReason } from "../../../functions/src/contract/reasons.js";

/**
 * Reasons that arise in the app, in addition to the server's.
 *
 * - `SIGNED_OUT`: nobody is signed in, another tab signed out, or the account was disabled
 * - `SIGN_IN_CANCELLED`: the person declined at Spotify, or the redirect belongs to another attempt
 * - `LEFT`, `REMOVED`: the person is no longer in the show, and its subscriptions have ended
 * - `AWAY`: the connection was lost for too long; the client is rejoining the show by itself
 * - `CLOSED`: the app called `show.close` or `ambient.close`
 * - `OFFLINE`: the network did not answer; nothing was queued
 * - `PERMISSION_DENIED`: the security rules denied it, for an unknown reason
 * - `NOT_FOUND`: there is no such document
 * - `OUTDATED`: this version of the app cannot read what the server sent
 * - `COMMENTS_CLOSED`, `SLOW_MODE`: why a comment was refused; `SLOW_MODE` comes with `retryAfterSeconds`
 * - `REQUESTS_CLOSED`, `REQUEST_TOO_SOON`: why a request to speak was refused
 * - `PLAYBACK_CHANGED`: another host acted first, on the same playback
 * - `CLOCK_UNKNOWN`: the server's clock is not measured yet, so the position is unknown
 * - `NOTHING_TO_PLAY`: the stage is in talk mode, or there is no such track
 * - `MICROPHONE_REFUSED`, `MICROPHONE_MISSING`: why there is no microphone
 * - `SPOTIFY_NO_DEVICE`: Spotify is not running on any device; or `details.devices` lists several, and the listener has
 * to choose one
 * - `SPOTIFY_NOT_PREMIUM`, `SPOTIFY_APP_MISSING`: the listener cannot hear the music until they change this
 * - `SPOTIFY_RESTRICTED`: Spotify refuses the command; after `play`, the track cannot be played here
 * - `ABORTED`: the app's `AbortSignal` ended the call
 */
export const clientReasons = [
  "SIGNED_OUT",
  "SIGN_IN_CANCELLED",
  "LEFT",
  "REMOVED",
  "AWAY",
  "CLOSED",
  "OFFLINE",
  "PERMISSION_DENIED",
  "NOT_FOUND",
  "OUTDATED",
  "COMMENTS_CLOSED",
  "SLOW_MODE",
  "REQUESTS_CLOSED",
  "REQUEST_TOO_SOON",
  "PLAYBACK_CHANGED",
  "CLOCK_UNKNOWN",
  "NOTHING_TO_PLAY",
  "MICROPHONE_REFUSED",
  "MICROPHONE_MISSING",
  "SPOTIFY_NO_DEVICE",
  "SPOTIFY_NOT_PREMIUM",
  "SPOTIFY_RESTRICTED",
  "SPOTIFY_APP_MISSING",
  "ABORTED",
] as const;

/**
 * A reason that arises in the app.
 *
 * @example
 * ```ts
 * const reason: ClientReason = "SLOW_MODE";
 * ```
 */
export type ClientReason = (typeof clientReasons)[number];

/**
 * Any reason why something failed: the server's or the app's.
 *
 * @example
 * ```ts
 * const words: Partial<Record<AmbientReason, string>> = { BANNED: "Du bist hier gesperrt." };
 * ```
 */
export type AmbientReason = RefusalReason | ClientReason;

/**
 * All reasons of the server.
 *
 * @example
 * ```ts
 * const isTranslated = serverReasons.every((reason) => reason in translations);
 * ```
 */
export const serverReasons: readonly RefusalReason[] = refusalReason.options;

/** The server's reason with this name; undefined if it is newer than this app. */
export function serverReasonOf(name: unknown): RefusalReason | undefined {
  return serverReasons.find((reason) => reason === name);
}
