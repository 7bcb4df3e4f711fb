import { callable } from "../callable.js";

const contract = () => import("../contract/spotify.js");

export const getSpotifyAccessToken = callable("getSpotifyAccessToken", async () => ({
  contract: (await contract()).getSpotifyAccessToken,
  run: (await import("./getSpotifyAccessToken.js")).getSpotifyAccessToken,
}));
