import {
  appealDecision,
  decideAppeal,
  hideComment,
  listReports,
  report,
  resolveReport,
  takeDownShow,
} from "./reports.js";
import { liftSuspension, suspendAccount } from "./suspensions.js";
import { setAdmin } from "./admins.js";
import { joinShow, leaveShow } from "./audience.js";
import { refreshAudio } from "./audio.js";
import type { CallableContract } from "./callable.js";
import { listFollowers } from "./follows.js";
import { disconnectSpotify, signInWithSpotify } from "./identity.js";
import { registerDevice, unregisterDevice } from "./notifications.js";
import { hideComments, muteSpeaker, removeParticipant, unban } from "./moderation.js";
import { cancelDeletion, deleteAccount, exportAccount } from "./privacy.js";
import { cancelShow, checkShow, endShow, startShow } from "./shows.js";
import {
  addShowTrack,
  editShowPlaylist,
  listMyPlaylists,
  searchTracks,
  setShowPlaylist,
} from "./music.js";
import { decideSongRequest, requestSong } from "./songRequests.js";
import { getSpotifyAccessToken } from "./spotify.js";
import { acceptInvitation, decideSpeakRequest, setRole, setStageMode } from "./stage.js";
import {
  openSupportAccount,
  openSupportDashboard,
  refundSupport,
  supportAccountStatus,
  supportCreator,
} from "./support.js";
import { acceptTerms } from "./terms.js";
import { setWordFilter } from "./wordFilter.js";

/** Every callable, in the order of the reference. */
export const contracts: readonly CallableContract[] = [
  signInWithSpotify,
  acceptTerms,
  getSpotifyAccessToken,
  disconnectSpotify,
  registerDevice,
  unregisterDevice,
  exportAccount,
  deleteAccount,
  cancelDeletion,
  listFollowers,
  checkShow,
  startShow,
  endShow,
  cancelShow,
  joinShow,
  leaveShow,
  refreshAudio,
  decideSpeakRequest,
  setRole,
  acceptInvitation,
  setStageMode,
  muteSpeaker,
  removeParticipant,
  hideComments,
  unban,
  report,
  setWordFilter,
  appealDecision,
  listReports,
  resolveReport,
  decideAppeal,
  hideComment,
  takeDownShow,
  suspendAccount,
  liftSuspension,
  setAdmin,
  listMyPlaylists,
  setShowPlaylist,
  editShowPlaylist,
  addShowTrack,
  searchTracks,
  requestSong,
  decideSongRequest,
  supportCreator,
  openSupportAccount,
  supportAccountStatus,
  openSupportDashboard,
  refundSupport,
];
