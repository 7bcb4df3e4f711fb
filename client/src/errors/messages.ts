import type { ProblemReason } from "../../../functions/src/contract/showProblems.js";
import type { AmbientReason } from "./reason.js";

/**
 * A sentence for people for each reason, and for what `shows.check` warns of: what an app translates.
 *
 * @example
 * ```ts
 * const german: Messages = { ...english, BANNED: "Du kannst dieser Show nicht mehr beitreten." };
 * ```
 */
export type Messages = Readonly<Record<AmbientReason | ProblemReason, string>>;

/**
 * The sentences in English.
 *
 * @example
 * ```ts
 * const untranslated = serverReasons.filter((reason) => german[reason] === english[reason]);
 * ```
 */
export const english: Messages = {
  INVALID_ARGUMENT: "Something in that is not as it should be.",
  UNAUTHENTICATED: "Please sign in first.",
  APP_CHECK_REQUIRED:
    "This app could not prove that it is genuine. Please update it and try again.",
  ACCOUNT_DISABLED: "This account is disabled.",
  PROFILE_NOT_FOUND: "Your profile is missing. Please sign in with Spotify again.",
  SHOW_NOT_FOUND: "This show does not exist.",
  SHOW_NOT_LIVE: "This show is not live.",
  SHOW_NOT_STARTABLE: "This show cannot start any more.",
  SHOW_NOT_CANCELLABLE: "This show cannot be cancelled any more.",
  NOT_CREATOR: "Only the creator of the show can do this.",
  NOT_HOST: "Only the hosts of the show can do this.",
  NOT_PARTICIPANT: "You have to be in the show for this.",
  BANNED: "You cannot join this show.",
  ALREADY_LIVE: "You are live already. End that show first.",
  REQUEST_NOT_PENDING: "This request is settled already.",
  SPEAKER_LIMIT: "The stage is full.",
  NOT_INVITED: "There is no invitation any more.",
  AUDIO_UNAVAILABLE: "Live audio does not work at the moment. Please try again.",
  COMMENT_NOT_FOUND: "This comment is gone.",
  RATE_LIMITED: "That was a lot at once. Please wait a moment.",
  SHOW_OVER: "This show is over.",
  PLAYLIST_NOT_FOUND: "This playlist cannot be found.",
  PLAYLIST_TOO_LARGE: "A show's playlist holds 500 tracks at most.",
  PLAYLIST_CHANGED: "The playlist has changed meanwhile. Please look again.",
  TRACK_NOT_FOUND: "This track cannot be played in a show.",
  SPOTIFY_CODE_REJECTED: "Signing in with Spotify did not work. Please try again.",
  SPOTIFY_RELINK_REQUIRED: "Please connect your Spotify account again.",
  SPOTIFY_NOT_ALLOWED: "Spotify does not let this account use the app yet.",
  SPOTIFY_ACCOUNT_ID_MISSING: "Spotify does not tell us who you are. Please try again later.",
  SPOTIFY_RATE_LIMITED: "Spotify is busy. Please wait a moment.",
  SPOTIFY_UNAVAILABLE: "Spotify does not answer. Please try again.",
  CONTENTION: "Too many did that at once. Please try again.",
  INTERNAL: "Something went wrong on our side. Please try again.",
  SIGNED_OUT: "You are signed out.",
  SIGN_IN_CANCELLED: "You were not signed in.",
  LEFT: "You have left this show.",
  REMOVED: "You were removed from this show.",
  AWAY: "You are being brought back into the show. One moment, please.",
  CLOSED: "This show was put away. Join it again to go on.",
  OFFLINE: "You are offline.",
  PERMISSION_DENIED: "You cannot do this here.",
  NOT_FOUND: "This does not exist any more.",
  OUTDATED: "This version of the app is too old. Please update it.",
  COMMENTS_CLOSED: "Comments are closed.",
  SLOW_MODE: "Slow mode is on. Please wait a moment before your next comment.",
  REQUESTS_CLOSED: "The hosts do not take requests to speak now.",
  REQUEST_TOO_SOON: "Please wait a minute before you ask again.",
  PLAYBACK_CHANGED: "Another host was faster. Please look again.",
  CLOCK_UNKNOWN: "One moment, please: the music is being put in step.",
  NOTHING_TO_PLAY: "There is nothing to play there.",
  MICROPHONE_REFUSED: "The microphone is blocked. Please allow it in your settings.",
  MICROPHONE_MISSING: "No microphone was found.",
  SPOTIFY_GRANT_ENDING: "Your connection to Spotify ends soon. Please sign in with Spotify again.",
  PLAYLIST_EMPTY: "This show has no music yet.",
  TRACKS_UNPLAYABLE: "Some tracks of this show cannot be played any more.",
};

/**
 * What people read about a reason, in the app's language where it has one.
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
  // A newer server has reasons that this version does not know.
  return Object.hasOwn(messages, reason) ? messages[reason] : messages.INTERNAL;
}
