import type { LocalClock } from "../clock/localClock.js";
import { field, numberField, stringField } from "../json.js";
import type { PlayerAdapter, PlayerDevice, PlayerReport } from "../player/player.js";
import { listedDevices, type SpotifyDevice, whereToPlay } from "./devices.js";
import { asSpotifyFailure, SpotifyFailure } from "./spotifyFailure.js";
import type { SpotifyWebApi } from "./webApi.js";

/**
 * The listener's Spotify wherever it runs, over the Web API.
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
  /** Where he can be played to: to choose from when there is no device. */
  devices(): Promise<readonly (PlayerDevice & { readonly isActive: boolean })[]>;
  /**
   * Plays there from the next `play` on, until he moves the music elsewhere in Spotify. Where the outcome
   * was `noDevice`, the follower's `resume()` then plays at once.
   */
  use(deviceId: string): void;
}

/**
 * Plays on the listener's Spotify wherever it runs, over the Web API: no SDK, and on every platform.
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
  /** Where it played last: Spotify forgets what is active within minutes of silence. */
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
      if (device === undefined || asSpotifyFailure(error).reason !== "noDevice") throw error;
      // It is gone; perhaps another one is active.
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
    // Before it was seen there, this is where it played until he chose.
    else if (chosen?.wasSeen && isPlaying) chosen = undefined;
  };

  /** In the listener's own shuffle, or with his one track in a loop, nobody would be where the show is. */
  const straighten = async (state: unknown): Promise<void> => {
    if (field(state, "shuffle_state") === true) await command("/me/player/shuffle?state=false");
    const repeat = stringField(state, "repeat_state") ?? "off";
    if (repeat !== "off") await command("/me/player/repeat?state=off");
  };

  return {
    // Nobody says how many `play` takes: 378 did pass, 850 did not.
    longestList: 100,
    typicalLatencyMs: { play: 500, seek: 300 },
    // All listeners' requests count together, over 30 s.
    reportEveryMs: 60_000,
    settlingMs: 2_500,

    async play({ uris, positionMs }) {
      const askedAt = local.monotonic();
      const playAt = async (deviceId: string | undefined): Promise<void> => {
        // To find a device takes time, in which the show goes on.
        const position_ms = Math.round(positionMs + local.monotonic() - askedAt);
        await put("/me/player/play", deviceId, { uris, offset: { position: 0 }, position_ms });
        device = deviceId;
      };
      const wanted = chosen?.id ?? device;
      const pausesBefore = pauses;
      try {
        await playAt(wanted);
      } catch (error) {
        const failure = asSpotifyFailure(error);
        if (failure.reason !== "noDevice" && failure.reason !== "restricted") throw error;
        const found = whereToPlay(await allDevices(), wanted, failure);
        // The show is silent by now, or was left: nobody would stop what begins only here.
        if (pauses !== pausesBefore) throw error;
        await playAt(found);
      }
    },

    async pause() {
      pauses += 1;
      try {
        await command("/me/player/pause");
      } catch (error) {
        // So Spotify answers when it is paused already.
        if (!(error instanceof SpotifyFailure) || error.reason !== "restricted") throw error;
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
      // It takes no commands: what plays there, the show did not put on and cannot stop.
      const isRestricted = field(field(body, "device"), "is_restricted") === true;
      if (deviceId !== undefined && !isRestricted) sawAt(deviceId, isPlaying);
      if (isPlaying && !isRestricted) await straighten(body).catch(() => undefined);
      if (isPlaying && positionMs === undefined) throw new SpotifyFailure("unavailable");
      const item = field(body, "item");
      return {
        // Spotify may play another edition; what was asked for is then in `linked_from`.
        trackUri: isRestricted
          ? null
          : (stringField(field(item, "linked_from"), "uri") ?? stringField(item, "uri") ?? null),
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
