import { z } from "zod";

import { type Answer, empty, json, text } from "../../http/answer.js";
import type { HttpRequest } from "../../http/readRequest.js";
import type { Device } from "../playback/device.js";
import { type Playback, playbackBy, type RepeatMode, repeatModes } from "../playback/playback.js";
import type { PlayerCommand } from "../playback/player.js";
import { apiError } from "./apiError.js";
import { readMarket } from "./market.js";
import { readJson } from "./readJson.js";
import type { Call, Route } from "./route.js";
import { withPlayerScope } from "./scope.js";
import { supportsEpisodes } from "./additionalTypes.js";
import { episodeObject, relinkedTrackObject } from "./trackObject.js";

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
  { method: "POST", path: "/v1/me/player/next", handle: command(skip("next")) },
  { method: "POST", path: "/v1/me/player/previous", handle: command(skip("previous")) },
  { method: "PUT", path: "/v1/me/player/shuffle", handle: command(shuffle) },
  { method: "PUT", path: "/v1/me/player/repeat", handle: command(repeat) },
  { method: "PUT", path: "/v1/me/player/volume", handle: command(setVolume) },
  { method: "POST", path: "/v1/me/player/queue", handle: command(addToQueue) },
  { method: "PUT", path: "/v1/me/player", handle: premiumOnly(transfer) },
  { method: "GET", path: "/v1/me/player/currently-playing", handle: reading(readCurrent) },
  { method: "GET", path: "/v1/me/player/queue", handle: reading(readQueue) },
];

/** Either scope allows to read what plays now. */
function reading(handle: Route["handle"]): Route["handle"] {
  return (call) =>
    call.scopes.has("user-read-currently-playing")
      ? handle(call)
      : withPlayerScope("user-read-playback-state", handle)(call);
}

function premiumOnly(handle: Route["handle"]): Route["handle"] {
  return withPlayerScope("user-modify-playback-state", (call) =>
    call.persona.product === "premium"
      ? handle(call)
      : playerError(403, "Premium required", "PREMIUM_REQUIRED"),
  );
}

/** All commands require the scope, Premium and a device that accepts commands. */
function command(run: Command): Route["handle"] {
  return premiumOnly((call) => {
    const { request, state, persona } = call;
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

  const wrong = uris.find((uri) => !playableUri.test(uri));
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

const playableUri = /^spotify:(track|episode):[A-Za-z0-9]{22}$/;

/** An empty body resumes what was playing. */
function readPlayBody(request: HttpRequest): PlayBody | undefined {
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

/** To the next or the previous item of the list. */
function skip(name: "next" | "previous"): Command {
  return (call, target) => {
    const before = call.state.players.playback(call.persona);
    const index = (before?.index ?? 0) + (name === "next" ? 1 : -1);
    if (before?.uris[index] === undefined) return restricted();
    const queued = Math.max(0, (before.queued ?? 0) - (name === "next" ? 1 : 0));
    return obey(name, call, target, { ...before, index, positionMs: 0, playing: true, queued });
  };
}

function addToQueue(call: Call, target: Device): Answer {
  const uri = call.request.query.get("uri");
  if (uri === null) return apiError(400, "Missing required field: uri");
  if (!playableUri.test(uri)) return apiError(400, `Invalid track uri: ${uri}`);
  const { state, persona } = call;
  if (state.players.lengthFor(persona)(uri) === 0) return restricted();
  const before = state.players.playback(persona);
  if (before === undefined) return restricted();
  const { uris, index, queued = 0 } = before;
  return obey("queue", call, target, {
    ...before,
    uris: uris.toSpliced(index + 1 + queued, 0, uri),
    queued: queued + 1,
  });
}

function shuffle(call: Call, target: Device): Answer {
  const wanted = call.request.query.get("state");
  if (wanted === null) return apiError(400, "Missing required field: state");
  if (wanted !== "true" && wanted !== "false") return apiError(400, "Invalid state");
  call.state.players.of(call.persona).shuffle(wanted === "true");
  return done("shuffle", call, target);
}

function repeat(call: Call, target: Device): Answer {
  const given = call.request.query.get("state");
  if (given === null) return apiError(400, "Missing required field: state");
  const wanted: RepeatMode | undefined = repeatModes.find((mode) => mode === given);
  if (wanted === undefined) return apiError(400, "Invalid state");
  const { players } = call.state;
  players.of(call.persona).setRepeat(wanted, players.playback(call.persona));
  return done("repeat", call, target);
}

function setVolume(call: Call, target: Device): Answer {
  const given = call.request.query.get("volume_percent");
  if (given === null) return apiError(400, "Missing required field: volume_percent");
  if (!/^\d{1,3}$/.test(given) || Number(given) > 100) {
    return apiError(400, "Invalid volume_percent");
  }
  if (target.volumePercent === null) {
    return playerError(403, "Cannot control device volume", "VOLUME_CONTROL_DISALLOW");
  }
  call.state.players.of(call.persona).setVolume(target.id, Number(given));
  return done("volume", call, target);
}

const transferBody = z.object({
  device_ids: z.array(z.string()).min(1),
  play: z.boolean().nullish(),
});

/** Moves the playback to another device, playing or paused as before, or playing with `play`. */
function transfer(call: Call): Answer {
  const body = readJson(call.request, transferBody);
  if (body === undefined) return apiError(400, "Missing required field: device_ids");
  if (body.device_ids.length > 1) {
    return apiError(400, "Only a single device can be currently specified in device_ids");
  }
  const { players } = call.state;
  const player = players.of(call.persona);
  const target = player.devices.find(({ id }) => id === body.device_ids[0]);
  if (target === undefined) return apiError(404, "Device not found");
  if (target.restricted) return restricted();
  const before = players.playback(call.persona);
  if (before === undefined) {
    player.activate(target);
    return done("transfer", call, target);
  }
  return obey("transfer", call, target, {
    ...before,
    playing: before.playing || body.play === true,
  });
}

/** For commands that leave the playback as it is. */
function done(name: PlayerCommand["command"], { state, persona }: Call, target: Device): Answer {
  const { players, clock } = state;
  players.of(persona).record(name, target, clock.now(), players.playback(persona));
  return empty(204);
}

function obey(
  name: PlayerCommand["command"],
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
  const current = currentState(call);
  if (current === undefined) return empty(204);
  if ("refusal" in current) return current.refusal;
  const player = state.players.of(persona);
  return json(200, {
    ...current,
    device: player.activeDevice && deviceObject(player.activeDevice),
    repeat_state: player.repeat,
    shuffle_state: player.isShuffled,
  });
}

function readCurrent(call: Call): Answer {
  const current = currentState(call);
  if (current === undefined) return empty(204);
  return "refusal" in current ? current.refusal : json(200, current);
}

/** What plays, without the device; undefined if no device is active. */
function currentState(call: Call) {
  const { state, persona } = call;
  const read = readMarket(call);
  if ("refusal" in read) return read;
  const player = state.players.of(persona);
  const playback = state.players.playback(persona);
  if (player.activeDevice === undefined || playback === undefined) return undefined;
  const uri = playback.uris[playback.index] ?? "";
  return {
    actions: { disallows: playback.playing ? { resuming: true } : { pausing: true } },
    context: null,
    currently_playing_type: uri.startsWith("spotify:episode:") ? "episode" : "track",
    is_playing: playback.playing,
    // Episodes are reported only to clients that declare support for them.
    item: playedItem(call, uri, read.market, supportsEpisodes(call.request)),
    progress_ms: playback.positionMs,
    timestamp: player.changedAt,
  };
}

/** The player relinks tracks whether or not the request names a market. */
function playedItem(
  { state, persona }: Call,
  uri: string,
  market: string | null,
  withEpisodes: boolean,
) {
  const item = state.catalogue.item(uri);
  const viewer = { quotaMode: state.quotaMode, market };
  if (item.kind === "track") {
    return relinkedTrackObject(state.catalogue, item.track, persona.country, viewer);
  }
  return item.kind === "episode" && withEpisodes ? episodeObject(item.episode) : null;
}

const longestQueue = 20;

function readQueue(call: Call): Answer {
  const { state, persona } = call;
  const playback = state.players.playback(persona);
  const isActive = state.players.of(persona).activeDevice !== undefined;
  if (playback === undefined || !isActive) {
    return json(200, { currently_playing: null, queue: [] });
  }
  const { uris, index } = playback;
  const [current, ...next] = uris
    .slice(index, index + 1 + longestQueue)
    .map((uri) => playedItem(call, uri, null, true));
  return json(200, {
    currently_playing: current ?? null,
    queue: next.filter((item) => item !== null),
  });
}
