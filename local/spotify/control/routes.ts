import {
  done,
  faultOperations,
  logOperations,
  type Operations,
  taking,
} from "../../control/operations.js";
import { refuse } from "../../control/readBody.js";
import { faultRequest } from "../../faults/faults.js";
import { type Answer, json } from "../../http/answer.js";
import type { State } from "../state.js";
import { changePersona } from "./changePersona.js";
import { changePlaylist } from "./changePlaylist.js";
import { changeTrack } from "./changeTrack.js";
import { connectDevices } from "./connectDevices.js";
import { playerReports } from "./playerReports.js";
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

/** What a test can do to Spotify and an app cannot. */
export const operations: Operations<State> = {
  ...faultOperations(faultRequest),
  ...logOperations,
  "POST expire": taking(expireRequest, (state, { persona, what }) => {
    if (state.people.find(persona) === undefined) return refuseStranger();
    if (what === "access") state.grants.expireAccessTokens(persona);
    else state.grants.expireGrants(persona);
    return done;
  }),
  "POST revoke": taking(revokeRequest, (state, { persona }) => {
    if (state.people.find(persona) === undefined) return refuseStranger();
    state.grants.revoke(persona);
    return done;
  }),
  "POST clock": taking(clockRequest, ({ clock }, { advanceMs }) => {
    clock.advance(advanceMs);
    return json(200, { now: clock.now() });
  }),
  "DELETE clock": ({ clock }) => {
    clock.reset();
    return json(200, { now: clock.now() });
  },
  "POST personas": taking(personaRequest, changePersona),
  "POST mode": taking(modeRequest, (state, { quotaMode, rotateRefreshTokens }) => {
    state.quotaMode = quotaMode ?? state.quotaMode;
    state.rotateRefreshTokens = rotateRefreshTokens ?? state.rotateRefreshTokens;
    return done;
  }),
  "POST playlists": taking(playlistRequest, changePlaylist),
  "POST tracks": taking(trackRequest, changeTrack),
  // Resets the tracks as well, because the original playlists contain the original tracks.
  "DELETE playlists": (state) => {
    state.playlists.reset();
    state.catalogue.reset();
    return done;
  },
  "POST devices": taking(devicesRequest, connectDevices),
  "GET players": (state) => json(200, playerReports(state)),
  "DELETE players": (state) => {
    state.players.reset();
    state.libraries.reset();
    return done;
  },
};

function refuseStranger(): Answer {
  return refuse("persona", "is not a persona");
}
