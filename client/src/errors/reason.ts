import { refusalReason, type RefusalReason } from "../../../functions/src/contract/reasons.js";

/**
 * What only an app can run into, beside the server's own reasons.
 *
 * - `SIGNED_OUT`: nobody is signed in any more, here or by another tab, or the account was disabled
 * - `SIGN_IN_CANCELLED`: the person said no at Spotify, or the redirect belongs to another attempt
 * - `LEFT`, `REMOVED`: one is not in the show any more, so that everything of it was dropped
 * - `AWAY`: the network was gone for too long; the client is joining the show again by itself
 * - `CLOSED`: the app put the show away with `show.close`, without leaving it, or everything with `ambient.close`
 * - `OFFLINE`: no answer from the network; nothing was queued
 * - `PERMISSION_DENIED`: the security rules said no, and nothing better is known about why
 * - `NOT_FOUND`: there is no such document
 * - `OUTDATED`: the server says something that this version of the app cannot read
 * - `COMMENTS_CLOSED`, `SLOW_MODE`: why a comment was refused; after slow mode, `retryAfterSeconds`
 * - `REQUESTS_CLOSED`, `REQUEST_TOO_SOON`: why a request to speak was refused
 * - `PLAYBACK_CHANGED`: another host was first; the playback that one saw is not in force any more
 * - `CLOCK_UNKNOWN`: the server's clock is not measured yet, so that no position is known
 * - `NOTHING_TO_PLAY`: the stage talks, or there is no track where the music should go
 * - `MICROPHONE_REFUSED`, `MICROPHONE_MISSING`: what came of asking for the microphone
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
] as const;

/**
 * A reason that the app itself finds.
 *
 * @example
 * ```ts
 * const reason: ClientReason = "SLOW_MODE";
 * ```
 */
export type ClientReason = (typeof clientReasons)[number];

/**
 * Every reason for which something does not work: the server's own and the app's.
 *
 * @example
 * ```ts
 * const words: Partial<Record<AmbientReason, string>> = { BANNED: "Du bist hier gesperrt." };
 * ```
 */
export type AmbientReason = RefusalReason | ClientReason;

/**
 * All of the server's reasons, as the server itself lists them.
 *
 * @example
 * ```ts
 * const isTranslated = serverReasons.every((reason) => reason in translations);
 * ```
 */
export const serverReasons: readonly RefusalReason[] = refusalReason.options;

/** The server's reason of that name; undefined for one that is newer than this app. */
export function serverReasonOf(name: unknown): RefusalReason | undefined {
  return serverReasons.find((reason) => reason === name);
}
