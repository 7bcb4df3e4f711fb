/** The deployed functions, by domain. */
export { acceptTerms, disconnectSpotify, signInWithSpotify } from "./identity/callables.js";
export { onCredentialsDeleted } from "./identity/triggers.js";
export { registerDevice, unregisterDevice } from "./notifications/callables.js";
export { notify } from "./notifications/triggers.js";
export { getSpotifyAccessToken } from "./spotify/callables.js";
export { cancelDeletion, deleteAccount, exportAccount } from "./privacy/callables.js";
export { sweepDeletions } from "./privacy/triggers.js";
export { cancelShow, checkShow, endShow, startShow } from "./shows/callables.js";
export { onShowWritten, sweepShow, sweepShows } from "./shows/triggers.js";
export { joinShow, leaveShow } from "./audience/callables.js";
export { onParticipantWritten } from "./audience/triggers.js";
export { acceptInvitation, decideSpeakRequest, setRole, setStageMode } from "./stage/callables.js";
export { refreshAudio } from "./audio/callables.js";
export { audioWebhook } from "./audio/triggers.js";
export { hideComments, muteSpeaker, removeParticipant, unban } from "./moderation/callables.js";
export { onBlockWritten, sweepBlocks } from "./blocks/triggers.js";
export { listFollowers } from "./follows/callables.js";
export { countFollowers, onFollowWritten, sweepFollowers } from "./follows/triggers.js";
export { onProfileWritten } from "./search/triggers.js";
export { setWordFilter } from "./wordFilter/callables.js";
export {
  appealDecision,
  decideAppeal,
  hideComment,
  listReports,
  report,
  resolveReport,
  suspendAccount,
  takeDownShow,
} from "./reports/callables.js";
export { liftSuspension } from "./suspensions/callables.js";
export { sweepAccounts } from "./suspensions/triggers.js";
export { setAdmin } from "./admins/callables.js";
export {
  addShowTrack,
  editShowPlaylist,
  listMyPlaylists,
  searchTracks,
  setShowPlaylist,
} from "./music/callables.js";
export { decideSongRequest, requestSong } from "./songRequests/callables.js";
export { onPlaybackWritten } from "./music/triggers.js";
export {
  onCommentWritten,
  onReactionWritten,
  onSaveWritten,
  onSongRequestWritten,
  onSongVoteWritten,
  publishFeed,
} from "./feed/triggers.js";
export {
  openSupportAccount,
  openSupportDashboard,
  refundSupport,
  supportAccountStatus,
  supportCreator,
} from "./payments/callables.js";
export { checkPayments, stripeWebhook } from "./payments/triggers.js";
export { expireData } from "./retention/triggers.js";
export { share } from "./sharing/triggers.js";
export { health } from "./health/triggers.js";
export { serverTime } from "./time/triggers.js";
