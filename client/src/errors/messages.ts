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
  INVALID_ARGUMENT: "Some of the input is not valid.",
  UNAUTHENTICATED: "Please sign in first.",
  APP_CHECK_REQUIRED:
    "This app could not prove that it is genuine. Please update it and try again.",
  ACCOUNT_DISABLED: "This account is disabled.",
  ACCOUNT_SUSPENDED: "This account is suspended.",
  ACCOUNT_DELETION_PENDING: "Your account is being deleted.",
  ACCOUNT_DELETION_BEGUN: "The deletion of this account can no longer be cancelled.",
  PROFILE_NOT_FOUND: "Your profile is missing. Please sign in with Spotify again.",
  SHOW_NOT_FOUND: "This show does not exist.",
  SHOW_NOT_LIVE: "This show is not live.",
  SHOW_NOT_STARTABLE: "This show can no longer start.",
  SHOW_NOT_CANCELLABLE: "This show can no longer be cancelled.",
  NOT_CREATOR: "Only the creator of the show can do this.",
  NOT_HOST: "Only the hosts of the show can do this.",
  NOT_PARTICIPANT: "You need to be in the show for this.",
  BANNED: "You can no longer take part in this show.",
  TERMS_NOT_ACCEPTED: "Please accept the terms first.",
  TOO_YOUNG: "You are not old enough for Ambient yet.",
  ADULTS_ONLY: "This show is for adults.",
  NOT_ADMIN: "Only Ambient's admins can do this.",
  BLOCKED: "You cannot join, follow or support this creator.",
  ALREADY_LIVE: "You are already live. End that show first.",
  REQUEST_NOT_PENDING: "This request is already settled.",
  SPEAKER_LIMIT: "The stage is full.",
  NOT_INVITED: "This invitation is no longer open.",
  AUDIO_UNAVAILABLE: "Live audio is not available right now. Please try again.",
  COMMENT_NOT_FOUND: "This comment is gone.",
  PERSON_NOT_FOUND: "This person is no longer in Ambient.",
  REPORT_NOT_FOUND: "This report does not exist.",
  REPORT_ALREADY_RESOLVED: "This report was decided differently.",
  NOT_CONCERNED: "Only the people concerned can appeal this decision.",
  NOT_APPEALABLE: "This decision can no longer be appealed.",
  NOT_APPEALED: "This decision was not appealed.",
  RATE_LIMITED: "That was a lot at once. Please wait a moment.",
  SHOW_OVER: "This show is over.",
  PLAYLIST_NOT_FOUND: "This playlist cannot be found.",
  PLAYLIST_TOO_LARGE: "A show's playlist holds 500 tracks at most.",
  PLAYLIST_CHANGED: "The playlist has changed. Please check it and try again.",
  TRACK_NOT_FOUND: "This track cannot be played in a show.",
  WORDS_NOT_ALLOWED: "This show does not allow some of these words.",
  SONG_REQUESTS_CLOSED: "The hosts are not taking song requests now.",
  SONG_ALREADY_COMING: "This song is already in the playlist.",
  SONG_REQUEST_LIMIT: "You already have three open song requests.",
  SONG_REQUESTS_FULL: "There are enough song requests for now. Vote for one of them.",
  PAYMENTS_OFF: "Payments are not possible here.",
  PAYMENTS_UNAVAILABLE: "Stripe is not responding. Please try again.",
  PAYMENT_NOT_FOUND: "This payment does not exist.",
  PAYMENT_NOT_REFUNDABLE: "This payment cannot be refunded.",
  SUPPORT_ACCOUNT_MISSING: "Set up payments first.",
  SUPPORT_ADULTS_ONLY: "You need to be an adult to give or receive support.",
  SUPPORT_NOT_NOW: "You can give support once the music stops.",
  SUPPORT_NOT_PENDING: "This payment is already settled. Please start again.",
  SUPPORT_ONLY_ON_WEB: "Please give support on our website.",
  SUPPORT_UNAVAILABLE: "This creator cannot receive support at the moment.",
  SPOTIFY_CODE_REJECTED: "Signing in with Spotify did not work. Please try again.",
  SPOTIFY_RELINK_REQUIRED: "Please connect your Spotify account again.",
  SPOTIFY_NOT_ALLOWED: "Spotify does not let this account use the app yet.",
  SPOTIFY_ACCOUNT_ID_MISSING: "Spotify did not tell us who you are. Please try again later.",
  SPOTIFY_RATE_LIMITED: "Spotify is busy. Please wait a moment.",
  SPOTIFY_QUOTA_EXCEEDED: "Ambient has used up its quota at Spotify. Please try again later.",
  SPOTIFY_UNAVAILABLE: "Spotify is not responding. Please try again.",
  CONTENTION: "Too many people did that at once. Please try again.",
  INTERNAL: "Something went wrong on our side. Please try again.",
  SIGNED_OUT: "You are signed out.",
  SIGN_IN_CANCELLED: "You were not signed in.",
  LEFT: "You have left this show.",
  REMOVED: "You were removed from this show.",
  AWAY: "You are being brought back into the show. One moment, please.",
  CLOSED: "This show was closed. Join it again to continue.",
  OFFLINE: "You are offline.",
  PERMISSION_DENIED: "You cannot do this here.",
  NOT_FOUND: "This no longer exists.",
  OUTDATED: "This version of the app is too old. Please update it.",
  COMMENTS_CLOSED: "Comments are closed.",
  SLOW_MODE: "Slow mode is on. Please wait a moment before your next comment.",
  REQUESTS_CLOSED: "The hosts are not taking requests to speak now.",
  REQUEST_TOO_SOON: "Please wait a minute before you ask again.",
  PLAYBACK_CHANGED: "Another host was faster. Please check and try again.",
  CLOCK_UNKNOWN: "One moment, please: the music is being synchronized.",
  NOTHING_TO_PLAY: "There is nothing to play.",
  MICROPHONE_REFUSED: "The microphone is blocked. Please allow it in your settings.",
  MICROPHONE_MISSING: "No microphone was found.",
  SPOTIFY_NO_DEVICE: "Spotify is not running on any of your devices. Please open it once.",
  SPOTIFY_NOT_PREMIUM: "Music in shows needs Spotify Premium.",
  SPOTIFY_RESTRICTED: "Spotify cannot do this here.",
  SPOTIFY_APP_MISSING: "The Spotify app is not installed on this phone.",
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
