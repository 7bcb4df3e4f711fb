import { randomBytes } from "node:crypto";
import { Refusal } from "../../src/errors.js";
import type { SpotifyCatalog } from "../../src/ports/spotifyCatalog.js";
import { tokenCipher } from "../../src/spotify/cipher.js";
import type { SpotifyGateway } from "../../src/ports/spotifyGateway.js";

const refuse = () => Promise.reject(new Refusal("SPOTIFY_UNAVAILABLE"));

/** A Spotify gateway whose calls all fail. */
export const noSpotify: SpotifyGateway = {
  exchangeCode: refuse,
  refreshAccessToken: refuse,
  getProfile: refuse,
};

export const noCatalog: SpotifyCatalog = {
  listPlaylists: refuse,
  getPlaylist: refuse,
  readPlaylist: refuse,
  searchTracks: refuse,
  getTrack: refuse,
};

/** A cipher with a new random key. */
export const freshCipher = () =>
  tokenCipher(JSON.stringify({ 1: randomBytes(32).toString("base64") }));
