import { z } from "zod";

import { controlCaller } from "../../control/controlCaller.js";
import type { faultRequest } from "../../faults/faults.js";
import { loggedRequest, type LoggedRequest } from "../requestLog.js";
import type { QuotaMode } from "../state.js";
import { playerReport, type PlayerReport } from "./playerReports.js";
import type {
  devicesRequest,
  ExpireRequest,
  PersonaRequest,
  PlaylistRequest,
  TrackRequest,
} from "./requests.js";

export interface Authorization {
  readonly persona: string;
  readonly redirectUri: string;
  readonly clientId: string;
  readonly state?: string;
  readonly scopes?: readonly string[];
  /** The S256 challenge of PKCE. */
  readonly codeChallenge?: string;
}

/** A test's control of a running local Spotify. */
export interface SpotifyControl {
  readonly faults: {
    set(fault: z.input<typeof faultRequest>): Promise<void>;
    clear(): Promise<void>;
  };
  expire(persona: string, what?: ExpireRequest["what"]): Promise<void>;
  revoke(persona: string): Promise<void>;
  requests(): Promise<LoggedRequest[]>;
  clearRequests(): Promise<void>;
  advanceClock(ms: number): Promise<void>;
  resetClock(): Promise<void>;
  changePersona(change: PersonaRequest): Promise<void>;
  setQuotaMode(quotaMode: QuotaMode): Promise<void>;
  setRefreshTokenRotation(rotateRefreshTokens: boolean): Promise<void>;
  changePlaylist(change: PlaylistRequest): Promise<void>;
  changeTrack(change: TrackRequest): Promise<void>;
  /** Restores the original playlists and tracks. */
  resetPlaylists(): Promise<void>;
  setDevices(persona: string, devices: z.input<typeof devicesRequest>["devices"]): Promise<void>;
  /** What a user hears, was told to play, and saved. */
  player(persona: string): Promise<PlayerReport>;
  players(): Promise<PlayerReport[]>;
  /** Clears all players and libraries, and restores the original devices. */
  resetPlayers(): Promise<void>;
  /** Signs in as a persona, up to the redirect. */
  authorize(authorization: Authorization): Promise<{ code: string; state: string | null }>;
}

export function spotifyControl(url: string): SpotifyControl {
  const { send, post, remove } = controlCaller(url);
  const players = async () => z.array(playerReport).parse(JSON.parse(await send("GET", "players")));
  return {
    faults: { set: (fault) => post("faults", fault), clear: () => remove("faults") },
    expire: (persona, what = "access") => post("expire", { persona, what }),
    revoke: (persona) => post("revoke", { persona }),
    requests: async () => z.array(loggedRequest).parse(JSON.parse(await send("GET", "requests"))),
    clearRequests: () => remove("requests"),
    advanceClock: (advanceMs) => post("clock", { advanceMs }),
    resetClock: () => remove("clock"),
    changePersona: (change) => post("personas", change),
    setQuotaMode: (quotaMode) => post("mode", { quotaMode }),
    setRefreshTokenRotation: (rotateRefreshTokens) => post("mode", { rotateRefreshTokens }),
    changePlaylist: (change) => post("playlists", change),
    changeTrack: (change) => post("tracks", change),
    resetPlaylists: () => remove("playlists"),
    setDevices: (persona, devices) => post("devices", { persona, devices }),
    player: async (persona) => {
      const found = (await players()).find((player) => player.persona === persona);
      if (found === undefined) throw new Error(`${persona} is not a persona`);
      return found;
    },
    players,
    resetPlayers: () => remove("players"),
    authorize: (authorization) => authorize(url, authorization),
  };
}

async function authorize(url: string, authorization: Authorization) {
  const { persona, redirectUri, clientId, state, scopes, codeChallenge } = authorization;
  const query = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    persona,
    ...(state !== undefined && { state }),
    ...(scopes !== undefined && { scope: scopes.join(" ") }),
    ...(codeChallenge !== undefined && {
      code_challenge: codeChallenge,
      code_challenge_method: "S256",
    }),
  });
  const response = await fetch(`${url}/authorize?${query.toString()}`, { redirect: "manual" });
  const location = response.headers.get("location");
  if (response.status !== 302 || location === null) {
    throw new Error(`GET /authorize: ${response.status} ${await response.text()}`);
  }
  const answer = new URL(location).searchParams;
  const code = answer.get("code");
  if (code === null) throw new Error(`GET /authorize: ${answer.get("error") ?? "no code"}`);
  return { code, state: answer.get("state") };
}
