import { joinShow, leaveShow } from "./audience/schema.js";
import { refreshAudio } from "./audio/schema.js";
import type { CallableContract } from "./contract.js";
import { disconnectSpotify, signInWithSpotify } from "./identity/schema.js";
import { muteSpeaker, removeParticipant, report, unban } from "./moderation/schema.js";
import { cancelShow, checkShow, endShow, startShow } from "./shows/schema.js";
import {
  addShowTrack,
  editShowPlaylist,
  listMyPlaylists,
  searchTracks,
  setShowPlaylist,
} from "./music/schema.js";
import { getSpotifyAccessToken } from "./spotify/schema.js";
import { acceptInvitation, decideSpeakRequest, setRole, setStageMode } from "./stage/schema.js";

/** Every callable on the wire, in the order in which the reference tells of them. */
export const contracts: readonly CallableContract[] = [
  signInWithSpotify,
  getSpotifyAccessToken,
  disconnectSpotify,
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
  unban,
  report,
  listMyPlaylists,
  setShowPlaylist,
  editShowPlaylist,
  addShowTrack,
  searchTracks,
];
