import { faultRequest } from "../../faults/faults.js";
import { type Answer, empty, json, text } from "../../http/answer.js";
import type { SpotifyRequest } from "../http.js";
import type { State } from "../state.js";
import { changePersona } from "./changePersona.js";
import { changePlaylist } from "./changePlaylist.js";
import { changeTrack } from "./changeTrack.js";
import { connectDevices } from "./connectDevices.js";
import { playerReports } from "./playerReports.js";
import { readBody, refuse } from "../../control/readBody.js";
import {
  clockRequest,
  devicesRequest,
  expireRequest,
  modeRequest,
  personaRequest,
  playlistRequest,
  revokeRequest,
  trackRequest,
} from "./requests.js";

type Operation = (state: State, body: string) => Answer;

const done = empty(204);

const operations = new Map<string, Operation>([
  [
    "POST /__control/faults",
    (state, body) =>
      readBody(body, faultRequest, (fault) => {
        state.faults.set(fault);
        return done;
      }),
  ],
  [
    "DELETE /__control/faults",
    (state) => {
      state.faults.clear();
      return done;
    },
  ],
  [
    "POST /__control/expire",
    (state, body) =>
      readBody(body, expireRequest, ({ persona, what }) => {
        if (state.people.find(persona) === undefined) return refuseStranger();
        if (what === "access") state.grants.expireAccessTokens(persona);
        else state.grants.expireGrants(persona);
        return done;
      }),
  ],
  [
    "POST /__control/revoke",
    (state, body) =>
      readBody(body, revokeRequest, ({ persona }) => {
        if (state.people.find(persona) === undefined) return refuseStranger();
        state.grants.revoke(persona);
        return done;
      }),
  ],
  ["GET /__control/requests", (state) => json(200, state.log.all())],
  [
    "DELETE /__control/requests",
    (state) => {
      state.log.clear();
      return done;
    },
  ],
  [
    "POST /__control/clock",
    (state, body) =>
      readBody(body, clockRequest, ({ advanceMs }) => {
        state.clock.advance(advanceMs);
        return json(200, { now: state.clock.now() });
      }),
  ],
  [
    "DELETE /__control/clock",
    (state) => {
      state.clock.reset();
      return json(200, { now: state.clock.now() });
    },
  ],
  [
    "POST /__control/personas",
    (state, body) => readBody(body, personaRequest, (change) => changePersona(state, change)),
  ],
  [
    "POST /__control/mode",
    (state, body) =>
      readBody(body, modeRequest, ({ quotaMode, rotateRefreshTokens }) => {
        state.quotaMode = quotaMode ?? state.quotaMode;
        state.rotateRefreshTokens = rotateRefreshTokens ?? state.rotateRefreshTokens;
        return done;
      }),
  ],
  [
    "POST /__control/playlists",
    (state, body) => readBody(body, playlistRequest, (change) => changePlaylist(state, change)),
  ],
  [
    "POST /__control/tracks",
    (state, body) => readBody(body, trackRequest, (change) => changeTrack(state, change)),
  ],
  [
    // Reset the tracks as well, because the original playlists contain the original tracks.
    "DELETE /__control/playlists",
    (state) => {
      state.playlists.reset();
      state.catalogue.reset();
      return done;
    },
  ],
  [
    "POST /__control/devices",
    (state, body) => readBody(body, devicesRequest, (request) => connectDevices(state, request)),
  ],
  ["GET /__control/players", (state) => json(200, playerReports(state))],
  [
    "DELETE /__control/players",
    (state) => {
      state.players.reset();
      state.libraries.reset();
      return done;
    },
  ],
]);

/** `/__control/…`: what a test can do to Spotify and an app cannot. */
export function control(state: State, request: SpotifyRequest): Answer {
  const operation = operations.get(`${request.method} ${request.path}`);
  if (operation === undefined) return text(404, "There is no such control operation");
  return operation(state, request.body);
}

function refuseStranger(): Answer {
  return refuse("persona", "is not a persona");
}
