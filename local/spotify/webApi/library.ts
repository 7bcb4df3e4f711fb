import { z } from "zod";

import { type Answer, empty, json } from "../../http/answer.js";
import { isSpotifyId } from "../catalogue/spotifyId.js";
import { trackUri } from "../catalogue/track.js";
import { apiError, forbidden } from "./apiError.js";
import { readJson } from "./readJson.js";
import type { Call, Route } from "./route.js";
import { withScope } from "./scope.js";

export const libraryRoutes: readonly Route[] = [
  {
    method: "PUT",
    path: "/v1/me/library",
    handle: withScope("user-library-modify", saveItems),
  },
  {
    method: "GET",
    path: "/v1/me/library/contains",
    handle: withScope("user-library-read", checkItems),
  },
  {
    method: "PUT",
    path: "/v1/me/tracks",
    handle: (call) => (call.state.quotaMode === "development" ? forbidden() : saveTracks(call)),
  },
];

const maxUris = 40;
const maxIds = 50;

// Spotify also saves users and playlists here, with other scopes. Ambient does not use that.
const savable = /^spotify:(track|album|episode|show|audiobook):([A-Za-z0-9]{22})$/;

function saveItems(call: Call): Answer {
  const read = readUris(call);
  if ("refusal" in read) return read.refusal;
  call.state.libraries.save(call.persona.id, read.uris);
  return empty(200);
}

function checkItems(call: Call): Answer {
  const read = readUris(call);
  if ("refusal" in read) return read.refusal;
  const saved = call.state.libraries.of(call.persona.id);
  return json(
    200,
    read.uris.map((uri) => saved.has(uri)),
  );
}

/** Reads only the query; a body is ignored. */
function readUris({ request }: Call): { uris: readonly string[] } | { refusal: Answer } {
  const given = request.query.get("uris") ?? "";
  if (given === "") return { refusal: apiError(400, "Missing required field: uris") };
  const uris = given.split(",");
  if (uris.length > maxUris) return { refusal: apiError(400, "Too many uris requested") };
  const wrong = uris.find((uri) => !savable.test(uri));
  if (wrong !== undefined) return { refusal: apiError(400, `Invalid uri: ${wrong}`) };
  return { uris };
}

const idsBody = z.object({ ids: z.array(z.string()) });

const saveTracks = withScope("user-library-modify", (call) => {
  const inAddress = call.request.query.get("ids");
  const ids = inAddress === null ? readJson(call.request, idsBody)?.ids : inAddress.split(",");
  if (ids === undefined || ids.length === 0) return apiError(400, "Missing required field: ids");
  if (ids.length > maxIds) return apiError(400, "Too many ids requested");
  if (!ids.every(isSpotifyId)) return apiError(400, "Invalid base62 id");
  call.state.libraries.save(call.persona.id, ids.map(trackUri));
  return empty(200);
});
