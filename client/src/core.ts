/**
 * Ambient over any SDK with Firebase's modular API: the Firebase JS SDK or React Native Firebase.
 *
 * @packageDocumentation
 */
export { openAmbient, type Ambient, type ClientConfig } from "./ambient.js";
export type { OpenAmbientOptions } from "./backend/openAmbientOptions.js";
export type { CallableName, RequestOf, ResponseOf } from "./backend/callables.js";
export type {
  AuthHandle,
  AuthSdk,
  DocumentFields,
  DocumentHandle,
  DocumentSnapshotHandle,
  FirebaseSdk,
  FirestoreHandle,
  FirestoreSdk,
  FunctionsHandle,
  FunctionsSdk,
  QueryConstraintHandle,
  QueryHandle,
  QuerySnapshotHandle,
  TransactionHandle,
  Unsubscribe,
} from "./sdk/firebaseSdk.js";

export { AmbientError, asAmbientError, type ErrorDetails } from "./errors/ambientError.js";
export type { Abortable } from "./errors/abortable.js";
export { german } from "./errors/german.js";
export { english, messageFor, type Messages } from "./errors/messages.js";
export { serverReasons, type AmbientReason, type ClientReason } from "./errors/reason.js";
export type { Failed, Known, KnownObservable, Loading, Observable } from "./observe/observable.js";

export type { Admin, Decision, Report } from "./admin/admin.js";
export type {
  Device,
  InboxEntry,
  NotificationSettings,
  Notifications,
} from "./notifications/notifications.js";
export type { Account, AccountDetails, Notice, Profile, Terms } from "./account/account.js";
export {
  authorizeSpotify,
  defaultScopes,
  readRedirect,
  type Authorization,
  type AuthorizationOptions,
} from "./account/spotifyAuthorization.js";

export type { PastShow, Setlist, Shows, ShowPlan } from "./shows/shows.js";
export { summaryCsv } from "./shows/summaryCsv.js";
export type { Received } from "./backend/readDocument.js";
export type { ListRequest, Page, PageRequest } from "./backend/page.js";
export type { Creator } from "./discover/creator.js";
export type { Discover, FoundCreator, FoundShow } from "./discover/discover.js";
export type { Follow, Follower, Follows } from "./following/follows.js";
export type { ShowDetails } from "./shows/showDetails.js";
export type { Feed, Show } from "./show/show.js";
export { isStaying, ownShowOnAir, Stay, type StayState } from "./show/stay.js";
export { MAX_TAGS } from "../../functions/src/contract/shows.js";
export type {
  AudiencePoint,
  EndReason,
  ShowSettings,
  ShowSummary,
} from "../../functions/src/contract/shows.js";
export type { ProblemReason, ShowProblem } from "../../functions/src/contract/showProblems.js";
export type { RefusalDetails } from "../../functions/src/contract/reasons.js";
export type { Presence } from "./show/presence.js";
export type { Connection, Connectivity } from "./backend/connection.js";
export type { OnForeground } from "./backend/foreground.js";
export { isHost } from "../../functions/src/contract/role.js";
export type { Participant } from "./show/session.js";
export { askAgainAt, type SpeakRequest, type Stage } from "./stage/stage.js";
export { COMMENTS_PER_PAGE, type Comment } from "./comments/comment.js";
export type { Comments } from "./comments/comments.js";
export { isBlank } from "./comments/isBlank.js";
export { slowModeSecondsOf } from "./comments/slowMode.js";
export type { OwnSongRequest, SongRequest, SongRequests } from "./songRequests/songRequests.js";
export type { Reactions, Tap } from "./reactions/reactions.js";
export type { ReactionKind, ReactionTotals } from "../../functions/src/contract/reactions.js";
export type { Ban, Moderation } from "./moderation/moderation.js";
export type { Music, Playback, Playlist } from "./music/music.js";
export type { Payment, Support, SupportAccount } from "./support/support.js";
export type { Money } from "../../functions/src/contract/money.js";
export { minorUnitsOf, moneyText } from "./support/moneyText.js";
export type { Playlists } from "./music/playlists.js";
export { followMusic, type MusicFollower, type MusicState } from "./music/followMusic.js";
export { saveSetlist } from "./music/saveSetlist.js";
export { spotifyOf } from "./music/spotifyPlayer.js";

export { deviceClock, type Cancel, type LocalClock } from "./clock/localClock.js";
export type { FollowerOptions } from "./follow/follower.js";
export type { CommandReason } from "./follow/followerState.js";
export {
  adviceFor,
  type Advice,
  type Outcome,
  type OutcomeKind,
  type Remedy,
} from "./player/outcome.js";
export type { PlayerAdapter, PlayerDevice, PlayerReport, Recording } from "./player/player.js";
export { attribution, spotifyApp } from "./spotify/attribution.js";
export {
  findArtistInSpotify,
  openInSpotify,
  openUriInSpotify,
  trackUriOf,
  type SpotifyKind,
  type SpotifyLink,
} from "./spotify/links.js";
export { remotePlayer, type SpotifyRemote } from "./spotify/remotePlayer.js";
export type { SavedPlaylist } from "./spotify/savePlaylist.js";
export { saveToLibrary } from "./spotify/saveToLibrary.js";
export type { SpotifyAnswer } from "./spotify/answer.js";
export { spotifyWebApi, type SpotifyWebApi, type SpotifyWebApiOptions } from "./spotify/webApi.js";
export type { SpotifyDevice } from "./spotify/devices.js";
export { webApiPlayer, type WebApiPlayer } from "./spotify/webApiPlayer.js";
export { playbackAt, type PlaybackMoment } from "../../functions/src/contract/playbackAt.js";
