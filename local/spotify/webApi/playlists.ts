import { type Answer, json } from "../../http/answer.js";
import { isCollaborative, isVisibleTo, type Playlist } from "../catalogue/playlist.js";
import { isSpotifyId } from "../catalogue/spotifyId.js";
import { apiError, forbidden, noSuchService, notFound } from "./apiError.js";
import { readMarket } from "./market.js";
import { pageOf, readPage } from "./paging.js";
import {
  fullPlaylist,
  shapeIn,
  pageOfItems,
  showsItems,
  simplifiedPlaylist,
} from "./playlistObject.js";
import type { Call, Route } from "./route.js";
import { insufficientScope, withScope } from "./scope.js";

export const playlistRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/me/playlists",
    handle: withScope("playlist-read-private", listMine),
  },
  { method: "GET", path: "/v1/playlists/:id", handle: readOne },
  {
    method: "GET",
    path: "/v1/playlists/:id/items",
    handle: (call) => (call.state.quotaMode === "development" ? readItems(call) : noSuchService()),
  },
  {
    method: "GET",
    path: "/v1/playlists/:id/tracks",
    handle: (call) => (call.state.quotaMode === "development" ? forbidden() : readItems(call)),
  },
];

const maxOffset = 100_000;

function listMine(call: Call): Answer {
  const read = readPage(call.request.query, { defaultLimit: 20, maxLimit: 50, maxOffset });
  if ("refusal" in read) return read.refusal;
  const mine = call.state.playlists
    .keptBy(call.persona.id)
    .filter(
      (playlist) => !isCollaborative(playlist) || call.scopes.has("playlist-read-collaborative"),
    );
  const object = (playlist: Playlist) => simplifiedPlaylist(call, playlist);
  return json(200, pageOf(mine, read.page, "/me/playlists", object));
}

function readOne(call: Call): Answer {
  const found = findPlaylist(call);
  if ("refusal" in found) return found.refusal;
  const read = readMarket(call);
  if ("refusal" in read) return read.refusal;
  return json(200, fullPlaylist(call, found.playlist, read.market));
}

function readItems(call: Call): Answer {
  const found = findPlaylist(call);
  if ("refusal" in found) return found.refusal;
  const { playlist } = found;
  const { defaultLimit, maxLimit } = shapeIn(call.state);
  if (!showsItems(call.state, playlist, call.persona)) return forbidden();
  const read = readPage(call.request.query, { defaultLimit, maxLimit, maxOffset });
  if ("refusal" in read) return read.refusal;
  const requested = readMarket(call);
  if ("refusal" in requested) return requested.refusal;
  const answer = json(200, pageOfItems(call, playlist, read.page, requested.market));
  call.state.playlists.pageRead(playlist.id);
  return answer;
}

function findPlaylist(call: Call): { playlist: Playlist } | { refusal: Answer } {
  const id = call.params.get("id") ?? "";
  if (!isSpotifyId(id)) return { refusal: apiError(400, "Invalid base62 id") };
  const playlist = call.state.playlists.find(id);
  if (playlist === undefined || !isVisibleTo(playlist, call.persona.id)) {
    return { refusal: notFound() };
  }
  const scope = isCollaborative(playlist) ? "playlist-read-collaborative" : "playlist-read-private";
  if (!playlist.public && !call.scopes.has(scope)) return { refusal: insufficientScope() };
  return { playlist };
}
