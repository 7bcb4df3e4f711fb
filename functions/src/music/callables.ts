import { callable } from "../callable.js";
import { spotifyClientSecret, spotifyCredentialKeys } from "../config.js";
import { addShowTrack as add } from "./addShowTrack.js";
import { editShowPlaylist as edit } from "./editShowPlaylist.js";
import { listMyPlaylists as list } from "./listMyPlaylists.js";
import * as contract from "../contract/music.js";
import { searchTracks as search } from "./searchTracks.js";
import { setShowPlaylist as set } from "./setShowPlaylist.js";

const withSpotify = { secrets: [spotifyClientSecret, spotifyCredentialKeys] };

export const listMyPlaylists = callable(contract.listMyPlaylists, list, withSpotify);
export const setShowPlaylist = callable(contract.setShowPlaylist, set, withSpotify);
export const editShowPlaylist = callable(contract.editShowPlaylist, edit);
export const addShowTrack = callable(contract.addShowTrack, add, withSpotify);
export const searchTracks = callable(contract.searchTracks, search, withSpotify);
