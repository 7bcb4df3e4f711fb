import { callable } from "../callable.js";

const contract = () => import("../contract/music.js");

export const listMyPlaylists = callable("listMyPlaylists", async () => ({
  contract: (await contract()).listMyPlaylists,
  run: (await import("./listMyPlaylists.js")).listMyPlaylists,
}));

export const setShowPlaylist = callable("setShowPlaylist", async () => ({
  contract: (await contract()).setShowPlaylist,
  run: (await import("./setShowPlaylist.js")).setShowPlaylist,
}));

export const editShowPlaylist = callable("editShowPlaylist", async () => ({
  contract: (await contract()).editShowPlaylist,
  run: (await import("./editShowPlaylist.js")).editShowPlaylist,
}));

export const addShowTrack = callable("addShowTrack", async () => ({
  contract: (await contract()).addShowTrack,
  run: (await import("./addShowTrack.js")).addShowTrack,
}));

export const searchTracks = callable("searchTracks", async () => ({
  contract: (await contract()).searchTracks,
  run: (await import("./searchTracks.js")).searchTracks,
}));
