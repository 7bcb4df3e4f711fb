import { callable } from "../callable.js";
import { spotifyClientSecret, spotifyCredentialKeys } from "../config.js";
import { getSpotifyAccessToken as getAccessToken } from "./getSpotifyAccessToken.js";
import * as contract from "../contract/spotify.js";

export const getSpotifyAccessToken = callable(contract.getSpotifyAccessToken, getAccessToken, {
  secrets: [spotifyClientSecret, spotifyCredentialKeys],
});
