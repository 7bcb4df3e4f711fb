import { callable } from "../callable.js";

const contract = () => import("../contract/songRequests.js");

export const requestSong = callable("requestSong", async () => ({
  contract: (await contract()).requestSong,
  run: (await import("./requestSong.js")).requestSong,
}));

export const decideSongRequest = callable("decideSongRequest", async () => ({
  contract: (await contract()).decideSongRequest,
  run: (await import("./decideSongRequest.js")).decideSongRequest,
}));
