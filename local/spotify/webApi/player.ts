import { z } from "zod";

import { type Answer, empty, json, text } from "../../http/answer.js";
import type { SpotifyRequest } from "../http.js";
import type { Device } from "../playback/device.js";
import { type Playback, playbackBy } from "../playback/playback.js";
import { apiError } from "./apiError.js";
import { readMarket } from "./market.js";
import { readJson } from "./readJson.js";
import type { Call, Route } from "./route.js";
import { withPlayerScope } from "./scope.js";
import { trackObject } from "./trackObject.js";

type Command = (call: Call, target: Device) => Answer;

export const playerRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/me/player",
    handle: withPlayerScope("user-read-playback-state", readState),
  },
  {
    method: "GET",
    path: "/v1/me/player/devices",
    handle: withPlayerScope("user-read-playback-state", readDevices),
  },
  { method: "PUT", path: "/v1/me/player/play", handle: command(play) },
  { method: "PUT", path: "/v1/me/player/pause", handle: command(pause) },
  { method: "PUT", path: "/v1/me/player/seek", handle: command(seek) },
];

/** All commands require the scope, Premium and a device that accepts commands. */
function command(run: Command): Route["handle"] {
  return withPlayerScope("user-modify-playback-state", (call) => {
    const { request, state, persona } = call;
    if (persona.product !== "premium") {
      return playerError(403, "Premium required", "PREMIUM_REQUIRED");
    }
    const player = state.players.of(persona);
    const named = request.query.get("device_id");
    const target =
      named === null ? player.activeDevice : player.devices.find(({ id }) => id === named);
    if (target !== undefined) return target.restricted ? restricted() : run(call, target);
    return named === null
      ? playerError(404, "No active device found", "NO_ACTIVE_DEVICE")
      : apiError(404, "Device not found");
  });
}

function playerError(status: number, message: string, reason: string): Answer {
  return json(status, { error: { status, message: `Player command failed: ${message}`, reason } });
}

/** Spotify's answer to anything that the player cannot do at the moment, without details. */
function restricted(): Answer {
  return playerError(403, "Restriction violated", "UNKNOWN");
}

/**
 * An undocumented limit. 378 URIs passed in 2017
 * (https://github.com/olejon/spotcommander/issues/116), and 850 were too many in 2020
 * (https://github.com/spotify/web-api/issues/1483). A typical proxy limit of 16 KiB lies in
 * between.
 */
const largestCommand = 16 * 1024;

const playBody = z.object({
  context_uri: z.string().nullish(),
  uris: z.array(z.string()).nullish(),
  offset: z
    .object({ position: z.int().nonnegative().nullish(), uri: z.string().nullish() })
    .nullish(),
  position_ms: z.int().nonnegative().nullish(),
});
type PlayBody = z.output<typeof playBody>;

function play(call: Call, target: Device): Answer {
  const { request, state, persona } = call;
  // This answer comes from a proxy, which does not send JSON.
  if (Buffer.byteLength(request.body) > largestCommand) return text(413, "Payload Too Large");
  const body = readPlayBody(request);
  if (body === undefined) return apiError(400, "Malformed json");
  // Spotify also plays albums, artists and playlists. Ambient does not use that.
  if (typeof body.context_uri === "string") return apiError(400, "Non supported context uri");
  const { uris } = body;
  if (uris === null || uris === undefined) return resume(call, target, body);

  const wrong = uris.find((uri) => !/^spotify:(track|episode):[A-Za-z0-9]{22}$/.test(uri));
  if (wrong !== undefined) return apiError(400, `Invalid track uri: ${wrong}`);
  const { offset } = body;
  const { position, uri } = offset ?? { position: 0 };
  if (typeof position !== "number" && typeof uri !== "string") {
    return apiError(400, 'At least one of "uri" or "position" should be specified');
  }
  const index = typeof position === "number" ? position : uris.indexOf(uri ?? "");
  const first = uris[index];
  if (first === undefined) return apiError(400, "position out of range");
  if (state.players.lengthFor(persona)(first) === 0) return restricted();
  const positionMs = body.position_ms ?? 0;
  const at = state.clock.now();
  return obey("play", call, target, { uris, index, positionMs, playing: true, at });
}

/** An empty body resumes what was playing. */
function readPlayBody(request: SpotifyRequest): PlayBody | undefined {
  return request.body === "" ? {} : readJson(request, playBody);
}

function resume(call: Call, target: Device, { position_ms }: PlayBody): Answer {
  const before = call.state.players.playback(call.persona);
  if (before === undefined || (before.playing && target.active)) return restricted();
  const positionMs = position_ms ?? before.positionMs;
  return obey("resume", call, target, { ...before, positionMs, playing: true });
}

function pause(call: Call, target: Device): Answer {
  const before = call.state.players.playback(call.persona);
  if (before?.playing !== true) return restricted();
  return obey("pause", call, target, { ...before, playing: false });
}

function seek(call: Call, target: Device): Answer {
  const given = call.request.query.get("position_ms");
  if (given === null) return apiError(400, "Missing required field: position_ms");
  if (!/^\d{1,9}$/.test(given)) return apiError(400, "Invalid position_ms");
  const before = call.state.players.playback(call.persona);
  if (before === undefined) return restricted();
  return obey("seek", call, target, { ...before, positionMs: Number(given) });
}

function obey(
  name: "play" | "resume" | "pause" | "seek",
  { state, persona }: Call,
  target: Device,
  wish: Playback,
): Answer {
  const lengthOf = state.players.lengthFor(persona);
  // A position after a track's end means the start of the next one.
  const isPast = wish.positionMs >= lengthOf(wish.uris[wish.index] ?? "");
  const start = isPast ? { ...wish, index: wish.index + 1, positionMs: 0 } : wish;
  state.players.of(persona).obey(name, target, playbackBy(wish.at, start, lengthOf));
  return empty(204);
}

function readDevices({ state, persona }: Call): Answer {
  return json(200, { devices: state.players.of(persona).devices.map(deviceObject) });
}

function deviceObject(device: Device) {
  return {
    id: device.id,
    is_active: device.active,
    is_private_session: false,
    is_restricted: device.restricted,
    name: device.name,
    supports_volume: device.volumePercent !== null,
    type: device.type,
    volume_percent: device.volumePercent,
  };
}

function readState(call: Call): Answer {
  const { state, persona } = call;
  const read = readMarket(call);
  if ("refusal" in read) return read.refusal;
  const player = state.players.of(persona);
  const { activeDevice } = player;
  const playback = state.players.playback(persona);
  if (activeDevice === undefined || playback === undefined) return empty(204);
  const item = state.catalogue.item(playback.uris[playback.index] ?? "");
  const viewer = { quotaMode: state.quotaMode, market: read.market };
  return json(200, {
    actions: { disallows: playback.playing ? { resuming: true } : { pausing: true } },
    context: null,
    currently_playing_type: item.kind === "episode" ? "episode" : "track",
    device: deviceObject(activeDevice),
    is_playing: playback.playing,
    // Episodes are reported only to clients that declare support for them.
    item: item.kind === "track" ? trackObject(item.track, viewer) : null,
    progress_ms: playback.positionMs,
    repeat_state: "off",
    shuffle_state: false,
    timestamp: player.changedAt,
  });
}
