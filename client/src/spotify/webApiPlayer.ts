import type { LocalClock } from "../clock/localClock.js";
import { asAmbientError } from "../errors/ambientError.js";
import { field, numberField, stringField } from "../json.js";
import type { PlayerAdapter, PlayerDevice, PlayerReport, Recording } from "../player/player.js";
import { listedDevices, type SpotifyDevice, whereToPlay } from "./devices.js";
import { spotifyError } from "./spotifyFailure.js";
import type { SpotifyWebApi } from "./webApi.js";

/**
 * The listener's Spotify on any device, over the Web API.
 *
 * @example
 * ```ts
 * const player: WebApiPlayer = webApiPlayer(spotifyOf(ambient), deviceClock);
 * const [device] = await player.devices();
 * if (device) player.use(device.id);
 * follower.resume();
 * ```
 */
export interface WebApiPlayer extends PlayerAdapter {
  /** The devices to choose from if the outcome is `noDevice`. */
  devices(): Promise<readonly (PlayerDevice & { readonly isActive: boolean })[]>;
  /**
   * Plays on this device from the next `play` on, until the listener moves the music in Spotify. If the outcome was
   * `noDevice`, call the follower's `resume()` to play at once.
   */
  use(deviceId: string): void;
}

/**
 * Plays on the listener's Spotify on any device, over the Web API. It needs no SDK and works on every platform.
 *
 * @example
 * ```ts
 * const follower = followMusic(show, webApiPlayer(spotifyOf(ambient), deviceClock));
 * ```
 */
export function webApiPlayer(
  api: SpotifyWebApi,
  local: Pick<LocalClock, "monotonic">,
): WebApiPlayer {
  /** The device of the last command. Spotify forgets the active device after minutes of silence. */
  let device: string | undefined;
  let pauses = 0;
  let chosen: { readonly id: string; readonly wasSeen: boolean } | undefined;

  const put = async (path: string, deviceId?: string, body?: object): Promise<void> => {
    const there = deviceId === undefined ? "" : `device_id=${encodeURIComponent(deviceId)}`;
    const separator = there && (path.includes("?") ? "&" : "?");
    await api.request("PUT", `${path}${separator}${there}`, body);
  };

  const command = async (path: string): Promise<void> => {
    try {
      await put(path, device);
    } catch (error) {
      const isGone = asAmbientError(error).reason === "SPOTIFY_NO_DEVICE";
      if (device === undefined || !isGone) throw error;
      // The device is gone; another one may be active.
      device = undefined;
      await put(path);
    }
  };

  const allDevices = async (): Promise<readonly SpotifyDevice[]> => {
    const { body } = await api.request("GET", "/me/player/devices");
    return listedDevices(body);
  };

  const sawAt = (deviceId: string, isPlaying: boolean): void => {
    device = deviceId;
    if (deviceId === chosen?.id) chosen = { ...chosen, wasSeen: true };
    // Until the chosen device is seen, a report shows the earlier device.
    else if (chosen?.wasSeen && isPlaying) chosen = undefined;
  };

  /** They would take the listener out of step. */
  const turnOffShuffleAndRepeat = async (state: unknown): Promise<void> => {
    if (field(state, "shuffle_state") === true) await command("/me/player/shuffle?state=false");
    const repeat = stringField(state, "repeat_state") ?? "off";
    if (repeat !== "off") await command("/me/player/repeat?state=off");
  };

  return {
    // Spotify does not document the limit: 378 tracks worked, 850 did not.
    longestList: 100,
    typicalLatencyMs: { play: 500, seek: 300 },
    // The rate limit counts the requests of all listeners together, over 30 s.
    reportEveryMs: 60_000,
    settlingMs: 2_500,

    async play({ uris, positionMs }) {
      const startedAt = local.monotonic();
      const playAt = async (deviceId: string | undefined): Promise<void> => {
        // Finding a device takes time, during which the show continues.
        const position_ms = Math.round(positionMs + local.monotonic() - startedAt);
        await put("/me/player/play", deviceId, { uris, offset: { position: 0 }, position_ms });
        device = deviceId;
      };
      const wanted = chosen?.id ?? device;
      const pausesBefore = pauses;
      try {
        await playAt(wanted);
      } catch (error) {
        const refused = asAmbientError(error);
        const mayPlayElsewhere = ["SPOTIFY_NO_DEVICE", "SPOTIFY_RESTRICTED"].includes(
          refused.reason,
        );
        if (!mayPlayElsewhere) throw error;
        const found = whereToPlay(await allDevices(), wanted, refused);
        // A pause came in the meantime: nothing would stop music that starts now.
        if (pauses !== pausesBefore) throw error;
        await playAt(found);
      }
    },

    async pause() {
      pauses += 1;
      try {
        await command("/me/player/pause");
      } catch (error) {
        // Spotify's answer if it is already paused.
        if (asAmbientError(error).reason !== "SPOTIFY_RESTRICTED") throw error;
      }
    },

    seek: (positionMs) => command(`/me/player/seek?position_ms=${positionMs}`),

    async report(): Promise<PlayerReport | null> {
      const sentAt = local.monotonic();
      const answer = await api.request("GET", "/me/player");
      const roundTripMs = local.monotonic() - sentAt;
      if (answer.status === 204) return null;
      const { body } = answer;
      const isPlaying = field(body, "is_playing") === true;
      const positionMs = numberField(body, "progress_ms");
      const deviceId = stringField(field(body, "device"), "id");
      // Music on a device that accepts no commands did not come from the show, and cannot be stopped.
      const isRestricted = field(field(body, "device"), "is_restricted") === true;
      if (deviceId !== undefined && !isRestricted) sawAt(deviceId, isPlaying);
      // If it fails, shuffle or repeat stays on until the next report.
      if (isPlaying && !isRestricted) await turnOffShuffleAndRepeat(body).catch(() => undefined);
      if (isPlaying && positionMs === undefined) throw spotifyError("unavailable");
      const item = field(body, "item");
      return {
        // Spotify may play another release. With an extended quota, `linked_from` names the requested track; otherwise, the
        // follower compares the recordings.
        trackUri: isRestricted
          ? null
          : (stringField(field(item, "linked_from"), "uri") ?? stringField(item, "uri") ?? null),
        recording: recordingOf(item),
        positionMs: positionMs ?? 0,
        paused: !isPlaying,
        at: sentAt + roundTripMs / 2,
        errorMs: roundTripMs / 2,
      };
    },

    async devices() {
      const usable = (await allDevices()).filter(({ isRestricted }) => !isRestricted);
      return usable.map(({ id, name, type, isActive }) => ({ id, name, type, isActive }));
    },

    use(deviceId) {
      chosen = { id: deviceId, wasSeen: false };
    },
  };
}

function recordingOf(item: unknown): Recording | undefined {
  const name = stringField(item, "name");
  const durationMs = numberField(item, "duration_ms");
  if (name === undefined || durationMs === undefined) return undefined;
  const artists = field(item, "artists");
  return {
    name,
    durationMs,
    artists: (Array.isArray(artists) ? artists : []).flatMap(
      (artist) => stringField(artist, "name") ?? [],
    ),
    isrc: stringField(field(item, "external_ids"), "isrc"),
  };
}
