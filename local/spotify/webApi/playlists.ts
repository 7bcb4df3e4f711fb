import { randomUUID } from "node:crypto";

import { z } from "zod";

import { type Answer, json } from "../../http/answer.js";
import {
  hasPartIn,
  isCollaborative,
  isVisibleTo,
  type Playlist,
  snapshotIdOf,
} from "../catalogue/playlist.js";
import { isSpotifyId, spotifyId } from "../catalogue/spotifyId.js";
import { apiError, forbidden, noSuchService, notFound } from "./apiError.js";
import { answerFields } from "./fields.js";
import { readMarket } from "./market.js";
import { pageOf, readPage } from "./paging.js";
import {
  fullPlaylist,
  shapeIn,
  pageOfItems,
  showsItems,
  simplifiedPlaylist,
} from "./playlistObject.js";
import { readJson } from "./readJson.js";
import type { Call, Route } from "./route.js";
import { insufficientScope, withScope } from "./scope.js";

export const playlistRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/me/playlists",
    handle: withScope("playlist-read-private", listMine),
  },
  { method: "POST", path: "/v1/me/playlists", handle: createPlaylist },
  {
    method: "POST",
    path: "/v1/users/:id/playlists",
    handle: (call) => {
      if (call.state.quotaMode === "development") return forbidden();
      if (call.params.get("id") === call.persona.spotifyId) return createPlaylist(call);
      return apiError(403, "You cannot create a playlist for another user");
    },
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
  {
    method: "POST",
    path: "/v1/playlists/:id/items",
    handle: (call) => (call.state.quotaMode === "development" ? addItems(call) : noSuchService()),
  },
  {
    method: "POST",
    path: "/v1/playlists/:id/tracks",
    handle: (call) => (call.state.quotaMode === "development" ? forbidden() : addItems(call)),
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
  const address = { path: "/me/playlists", query: call.request.query };
  return json(200, pageOf(mine, read.page, address, object));
}

function readOne(call: Call): Answer {
  const found = findPlaylist(call);
  if ("refusal" in found) return found.refusal;
  const read = readMarket(call);
  if ("refusal" in read) return read.refusal;
  return answerFields(call.request.query, fullPlaylist(call, found.playlist, read.market));
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
  const answer = answerFields(
    call.request.query,
    pageOfItems(call, playlist, read.page, requested.market),
  );
  call.state.playlists.pageRead(playlist.id);
  return answer;
}

/** The limits of Spotify's own apps. Those of its Web API are not documented. */
const newPlaylistBody = z.object({
  name: z.string().min(1).max(100),
  description: z.string().max(300).nullish(),
  public: z.boolean().nullish(),
  collaborative: z.boolean().nullish(),
});

function createPlaylist(call: Call): Answer {
  const body = readJson(call.request, newPlaylistBody);
  if (body === undefined) return apiError(400, "Missing required field: name");
  if (body.collaborative === true) {
    return apiError(400, "Collaborative playlists are not simulated here");
  }
  const isPublic = body.public ?? true;
  if (!mayModify(call, isPublic)) return insufficientScope();
  const playlist: Playlist = {
    id: spotifyId(`created ${randomUUID()}`),
    name: body.name,
    description: body.description ?? "",
    owner: call.persona.id,
    public: isPublic,
    collaborators: [],
    followers: [],
    hasOwnCover: false,
    uris: [],
    version: 1,
  };
  call.state.playlists.create(playlist);
  return json(201, fullPlaylist(call, playlist, null));
}

function mayModify({ scopes }: Call, isPublic: boolean): boolean {
  return scopes.has(isPublic ? "playlist-modify-public" : "playlist-modify-private");
}

const mostAtOnce = 100;
const largestPlaylist = 10_000;

const addItemsBody = z.object({
  uris: z.array(z.string()),
  position: z.int().nonnegative().nullish(),
});

function addItems(call: Call): Answer {
  const found = findPlaylist(call);
  if ("refusal" in found) return found.refusal;
  const { playlist } = found;
  const { query } = call.request;
  const named = query.get("uris");
  const body =
    named === null
      ? readJson(call.request, addItemsBody)
      : { uris: named.split(","), position: Number(query.get("position") ?? playlist.uris.length) };
  if (body === undefined || body.uris.length === 0) return apiError(400, "No uris provided");
  if (body.uris.length > mostAtOnce) {
    return apiError(400, "You can add a maximum of 100 tracks per request.");
  }
  const { catalogue, playlists } = call.state;
  const wrong = body.uris.find((uri) => !/^spotify:(track|episode):[A-Za-z0-9]{22}$/.test(uri));
  if (wrong !== undefined) return apiError(400, `Invalid track uri: ${wrong}`);
  if (body.uris.some((uri) => catalogue.item(uri).kind === "gone")) {
    return apiError(400, "Payload contains a non-existing ID");
  }
  if (!hasPartIn(playlist, call.persona.id)) {
    return apiError(403, "You cannot add tracks to a playlist you don't own.");
  }
  if (!mayModify(call, playlist.public)) return insufficientScope();
  if (playlist.uris.length + body.uris.length > largestPlaylist) {
    return apiError(400, "Playlist size limit reached");
  }
  const uris = playlist.uris.toSpliced(body.position ?? playlist.uris.length, 0, ...body.uris);
  playlists.change(playlist.id, (before) => ({ ...(before ?? playlist), uris }));
  const after = playlists.find(playlist.id) ?? playlist;
  return json(201, { snapshot_id: snapshotIdOf(after) });
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
