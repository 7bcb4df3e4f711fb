import type { AmbientError } from "../errors/ambientError.js";
import { field, stringField } from "../json.js";
import type { PlayerDevice } from "../player/player.js";
import { spotifyError } from "./spotifyFailure.js";

/**
 * A device and the commands that it accepts.
 *
 * @example
 * ```ts
 * const canPlay = (devices: readonly SpotifyDevice[]) => devices.some((one) => !one.isRestricted);
 * ```
 */
export interface SpotifyDevice extends PlayerDevice {
  /** Receives commands that name no device. */
  readonly isActive: boolean;
  /** Accepts no commands from the Web API. */
  readonly isRestricted: boolean;
}

/** The devices of `GET /me/player/devices` that have an id. */
export function listedDevices(body: unknown): readonly SpotifyDevice[] {
  const listed = field(body, "devices");
  return (Array.isArray(listed) ? listed : []).flatMap((each: unknown) => {
    const id = stringField(each, "id");
    if (id === undefined) return [];
    return {
      id,
      name: stringField(each, "name") ?? "",
      type: stringField(each, "type") ?? "",
      isActive: field(each, "is_active") === true,
      isRestricted: field(each, "is_restricted") === true,
    };
  });
}

/**
 * Chooses a device after `play` failed on `tried`, or on the active device. Spotify also reports that there is no
 * device if Spotify is open but has not played for a while. Throws `failure` if it is not about the device, and
 * `noDevice` if the choice is not obvious.
 */
export function whereToPlay(
  devices: readonly SpotifyDevice[],
  tried: string | undefined,
  error: AmbientError,
): string {
  const isRestrictedThere = devices.some(
    ({ id, isActive, isRestricted }) =>
      isRestricted && (tried === undefined ? isActive : id === tried),
  );
  // Then the track is the problem.
  if (error.reason === "SPOTIFY_RESTRICTED" && !isRestrictedThere) throw error;
  const usable = devices.filter(({ isRestricted }) => !isRestricted);
  const found =
    usable.find(({ isActive }) => isActive) ??
    onlyOne(usable) ??
    onlyOne(usable.filter(({ type }) => type === "Smartphone"));
  if (found) return found.id;
  const choice = usable.map(({ id, name, type }) => ({ id, name, type }));
  throw spotifyError("noDevice", { devices: choice });
}

function onlyOne(devices: readonly SpotifyDevice[]): SpotifyDevice | undefined {
  return devices.length === 1 ? devices[0] : undefined;
}
