import { field, stringField } from "../json.js";
import type { PlayerDevice } from "../player/player.js";
import { SpotifyFailure } from "./spotifyFailure.js";

/**
 * A device, and what it may be told.
 *
 * @example
 * ```ts
 * const canPlay = (devices: readonly SpotifyDevice[]) => devices.some((one) => !one.isRestricted);
 * ```
 */
export interface SpotifyDevice extends PlayerDevice {
  /** A command that names no device goes there. */
  readonly isActive: boolean;
  /** It takes no commands from the Web API. */
  readonly isRestricted: boolean;
}

/** What `GET /me/player/devices` lists, as far as it can be named in a command. */
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
 * Where to play after `play` failed at `tried`, or at the active device. Spotify finds none where it is
 * open and has not played for a while, too. Throws where the failure is none of the device's, and
 * `noDevice` where none is plainly the listener's.
 */
export function whereToPlay(
  devices: readonly SpotifyDevice[],
  tried: string | undefined,
  failure: SpotifyFailure,
): string {
  const isRestrictedThere = devices.some(
    ({ id, isActive, isRestricted }) =>
      isRestricted && (tried === undefined ? isActive : id === tried),
  );
  // Then it is the track that does not fit.
  if (failure.reason === "restricted" && !isRestrictedThere) throw failure;
  const usable = devices.filter(({ isRestricted }) => !isRestricted);
  const found =
    usable.find(({ isActive }) => isActive) ??
    onlyOne(usable) ??
    onlyOne(usable.filter(({ type }) => type === "Smartphone"));
  if (found) return found.id;
  const choice = usable.map(({ id, name, type }) => ({ id, name, type }));
  throw new SpotifyFailure("noDevice", undefined, choice);
}

function onlyOne(devices: readonly SpotifyDevice[]): SpotifyDevice | undefined {
  return devices.length === 1 ? devices[0] : undefined;
}
