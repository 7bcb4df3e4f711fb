import type { LocalClock } from "../clock/localClock.js";
import { field, numberField, stringField } from "../json.js";
import type { PlayerAdapter, PlayerReport } from "../player/player.js";
import { SpotifyFailure } from "./spotifyFailure.js";
import type { SpotifyWebApi } from "./webApi.js";

export interface SpotifyDevice {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly isActive: boolean;
}

/** The listener's Spotify wherever it runs, over the Web API. */
export interface WebApiPlayer extends PlayerAdapter {
  /** Where he can be played to: to choose from when there is no device. */
  devices(): Promise<readonly SpotifyDevice[]>;
  /** Plays there from the next `play` on. */
  use(deviceId: string): void;
}

export function webApiPlayer(
  api: SpotifyWebApi,
  local: Pick<LocalClock, "monotonic">,
): WebApiPlayer {
  /** Where it played last: Spotify forgets what is active within minutes of silence. */
  let device: string | undefined;

  const command = async (path: string, body?: object): Promise<void> => {
    if (device === undefined) {
      await api.request("PUT", path, body);
      return;
    }
    const there = `${path}${path.includes("?") ? "&" : "?"}device_id=${encodeURIComponent(device)}`;
    try {
      await api.request("PUT", there, body);
    } catch (error) {
      if (!(error instanceof SpotifyFailure) || error.reason !== "noDevice") throw error;
      // It is gone; perhaps another one is active.
      device = undefined;
      await api.request("PUT", path, body);
    }
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

    play: ({ uris, positionMs }) =>
      command("/me/player/play", { uris, offset: { position: 0 }, position_ms: positionMs }),

    async pause() {
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
      device = stringField(field(body, "device"), "id") ?? device;
      const isPlaying = field(body, "is_playing") === true;
      const positionMs = numberField(body, "progress_ms");
      if (isPlaying) await straighten(body).catch(() => undefined);
      if (isPlaying && positionMs === undefined) throw new SpotifyFailure("unavailable");
      const item = field(body, "item");
      return {
        // Spotify may play another edition; what was asked for is then in `linked_from`.
        trackUri:
          stringField(field(item, "linked_from"), "uri") ?? stringField(item, "uri") ?? null,
        positionMs: positionMs ?? 0,
        paused: !isPlaying,
        at: sentAt + roundTripMs / 2,
        errorMs: roundTripMs / 2,
      };
    },

    async devices() {
      const { body } = await api.request("GET", "/me/player/devices");
      const listed = field(body, "devices");
      return (Array.isArray(listed) ? listed : []).flatMap((each: unknown) => {
        const id = stringField(each, "id");
        if (id === undefined || field(each, "is_restricted") === true) return [];
        return {
          id,
          name: stringField(each, "name") ?? "",
          type: stringField(each, "type") ?? "",
          isActive: field(each, "is_active") === true,
        };
      });
    },

    use(deviceId) {
      device = deviceId;
    },
  };
}
