import type { ProblemReason } from "../../../functions/src/contract/showProblems.js";
import type { AmbientReason } from "./reason.js";

/**
 * A message for people for each reason, and for each problem that `shows.check` reports. Apps can translate them:
 * `german` is an example.
 *
 * @example
 * ```ts
 * const ours: Messages = { ...english, BANNED: "This party is over for you." };
 * ```
 */
export type Messages = Readonly<Record<AmbientReason | ProblemReason, string>>;

/**
 * The English messages.
 *
 * @example
 * ```ts
 * const untranslated = serverReasons.filter((reason) => german[reason] === english[reason]);
 * ```
 */
export const english: Messages = {
  INVALID_ARGUMENT: "Please check what you entered.",
  UNAUTHENTICATED: "Please sign in first.",
  APP_CHECK_REQUIRED: "We couldn't verify this app. Please update it and try again.",
  ACCOUNT_DISABLED: "This account is disabled.",
  ACCOUNT_SUSPENDED: "This account is suspended.",
  ACCOUNT_DELETION_PENDING: "Your account is being deleted.",
  ACCOUNT_DELETION_BEGUN: "It is too late to cancel the deletion of this account.",
  PROFILE_NOT_FOUND: "Your profile is missing. Please sign in with Spotify again.",
  SHOW_NOT_FOUND: "This show doesn't exist.",
  SHOW_NOT_LIVE: "This show isn't live.",
  SHOW_NOT_STARTABLE: "This show can no longer start.",
  SHOW_NOT_CANCELLABLE: "This show can no longer be cancelled.",
  NOT_CREATOR: "Only the creator of the show can do this.",
  NOT_HOST: "Only the hosts of the show can do this.",
  NOT_PARTICIPANT: "This only works for people who are in the show.",
  BANNED: "You can no longer take part in this show.",
  TERMS_NOT_ACCEPTED: "Please accept the terms first.",
  TOO_YOUNG: "You're not old enough for Ambient yet.",
  ADULTS_ONLY: "This show is for adults.",
  NOT_ADMIN: "Only Ambient's admins can do this.",
  BLOCKED: "You can't join, follow or support this creator.",
  ALREADY_LIVE: "You're already live. End that show first.",
  REQUEST_NOT_PENDING: "Someone has already answered this request.",
  SPEAKER_LIMIT: "The stage is full.",
  NOT_INVITED: "This invitation has expired.",
  AUDIO_UNAVAILABLE: "Live audio isn't available right now. Please try again.",
  COMMENT_NOT_FOUND: "This comment was deleted.",
  PERSON_NOT_FOUND: "This person has left Ambient.",
  REPORT_NOT_FOUND: "This report doesn't exist.",
  REPORT_ALREADY_RESOLVED: "Another admin has already made a different decision.",
  NOT_CONCERNED: "Only the people concerned can appeal this decision.",
  NOT_APPEALABLE: "This decision can no longer be appealed.",
  NOT_APPEALED: "Nobody appealed this decision.",
  RATE_LIMITED: "You did that too often. Please wait a moment.",
  SHOW_OVER: "This show has ended.",
  PLAYLIST_NOT_FOUND: "We can't find this playlist.",
  PLAYLIST_TOO_LARGE: "A playlist can have up to 500 tracks.",
  PLAYLIST_CHANGED: "The playlist has changed. Please check it and try again.",
  TRACK_NOT_FOUND: "This track can't be played in a show.",
  WORDS_NOT_ALLOWED: "This show doesn't allow some of these words.",
  SONG_REQUESTS_CLOSED: "The hosts aren't taking song requests right now.",
  SONG_ALREADY_COMING: "This song is already in the playlist.",
  SONG_REQUEST_LIMIT: "You already have three open song requests.",
  SONG_REQUESTS_FULL: "Enough songs are requested for now. Vote for one of them.",
  PAYMENTS_OFF: "Payments aren't available here.",
  PAYMENTS_UNAVAILABLE: "Stripe isn't responding. Please try again.",
  PAYMENT_NOT_FOUND: "This payment doesn't exist.",
  PAYMENT_NOT_REFUNDABLE: "This payment can't be refunded.",
  SUPPORT_ACCOUNT_MISSING: "Set up payments first.",
  SUPPORT_ADULTS_ONLY: "You need to be an adult to give or receive support.",
  SUPPORT_NOT_NOW: "You can give support when the music stops.",
  SUPPORT_NOT_PENDING: "This payment is already complete. Please start again.",
  SUPPORT_ONLY_ON_WEB: "Please give support on our website.",
  SUPPORT_UNAVAILABLE: "This creator can't receive support at the moment.",
  SPOTIFY_CODE_REJECTED: "Signing in with Spotify didn't work. Please try again.",
  SPOTIFY_RELINK_REQUIRED: "Please connect your Spotify account again.",
  SPOTIFY_NOT_ALLOWED: "Spotify doesn't let this account use the app yet.",
  SPOTIFY_ACCOUNT_ID_MISSING: "Spotify didn't tell us who you are. Please try again later.",
  SPOTIFY_RATE_LIMITED: "Spotify is busy. Please wait a moment.",
  SPOTIFY_QUOTA_EXCEEDED: "Ambient has used up its quota at Spotify. Please try again later.",
  SPOTIFY_UNAVAILABLE: "Spotify isn't responding. Please try again.",
  CONTENTION: "Too many people did that at once. Please try again.",
  INTERNAL: "Something went wrong on our side. Please try again.",
  SIGNED_OUT: "You're signed out.",
  SIGN_IN_CANCELLED: "You weren't signed in.",
  LEFT: "You left this show.",
  REMOVED: "You were removed from this show.",
  AWAY: "One moment, you are rejoining the show.",
  CLOSED: "This show was closed. Join it again to continue.",
  OFFLINE: "You're offline.",
  PERMISSION_DENIED: "You can't do this here.",
  NOT_FOUND: "This no longer exists.",
  OUTDATED: "This version of the app is too old. Please update it.",
  COMMENTS_CLOSED: "Comments are off.",
  SLOW_MODE: "Slow mode is on. Please wait a moment before your next comment.",
  REQUESTS_CLOSED: "The hosts aren't taking requests to speak right now.",
  REQUEST_TOO_SOON: "Please wait a minute before you ask again.",
  PLAYBACK_CHANGED: "Another host was faster. Please check and try again.",
  CLOCK_UNKNOWN: "One moment, the music is syncing.",
  NOTHING_TO_PLAY: "This show has nothing to play.",
  MICROPHONE_REFUSED: "Your microphone is blocked. Please allow it in your settings.",
  MICROPHONE_MISSING: "No microphone was found.",
  SPOTIFY_NO_DEVICE: "Spotify isn't running on any of your devices. Please open it once.",
  SPOTIFY_NOT_PREMIUM: "Music needs Spotify Premium.",
  SPOTIFY_RESTRICTED: "Spotify can't do this here.",
  SPOTIFY_APP_MISSING: "The Spotify app isn't installed on this phone.",
  ABORTED: "This was cancelled.",
  SPOTIFY_GRANT_ENDING: "Your connection to Spotify ends soon. Please sign in with Spotify again.",
  PLAYLIST_EMPTY: "This show has no music yet.",
  TRACKS_UNPLAYABLE: "Some tracks of this show can no longer be played.",
};

/**
 * The message for a reason, in the app's language if it has one.
 *
 * @example
 * ```ts
 * toast(messageFor(error.reason, german));
 * ```
 */
export function messageFor(
  reason: AmbientReason | ProblemReason,
  messages: Messages = english,
): string {
  // A newer server may have reasons that this version does not know.
  return Object.hasOwn(messages, reason) ? messages[reason] : messages.INTERNAL;
}
