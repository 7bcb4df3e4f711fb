/** What is deployed, by domain. */
export { disconnectSpotify, signInWithSpotify } from "./identity/callables.js";
export { getSpotifyAccessToken } from "./spotify/callables.js";
export { cancelShow, checkShow, endShow, startShow } from "./shows/callables.js";
export { convergeRoom, handOverShow, sweepShows } from "./shows/triggers.js";
export { joinShow, leaveShow } from "./audience/callables.js";
export { confirmAbsence, onParticipantWritten, recountAudience } from "./audience/triggers.js";
export { acceptInvitation, decideSpeakRequest, setRole, setStageMode } from "./stage/callables.js";
export { refreshAudio } from "./audio/callables.js";
export { audioWebhook } from "./audio/triggers.js";
export { muteSpeaker, removeParticipant, report, unban } from "./moderation/callables.js";
export {
  addShowTrack,
  editShowPlaylist,
  listMyPlaylists,
  searchTracks,
  setShowPlaylist,
} from "./music/callables.js";
export { onPlaybackWritten, serverTime } from "./music/triggers.js";
export { onCommentWritten } from "./comments/triggers.js";
