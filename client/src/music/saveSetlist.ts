import type { Ambient } from "../ambient.js";
import { abortable, type Abortable } from "../errors/abortable.js";
import { AmbientError } from "../errors/ambientError.js";
import { firstOf } from "../observe/firstOf.js";
import { savePlaylist, type SavedPlaylist } from "../spotify/savePlaylist.js";
import type { SpotifyWebApi } from "../spotify/webApi.js";
import { spotifyOf } from "./spotifyPlayer.js";

/** The attempts that run now: a second tap joins the first instead of creating another playlist. */
const running = new WeakMap<Ambient, Map<string, Promise<SavedPlaylist>>>();

/**
 * Saves the setlist of an ended show as a private playlist in the listener's own Spotify: each track once, in the order
 * in which the show played them first. It is safe to repeat, even after an error or a lost answer: an earlier playlist
 * of the same show is found by its description and completed. It fails with `NOT_FOUND` if the show has no setlist, and
 * with `SPOTIFY_RELINK_REQUIRED` if the listener never granted `playlist-modify-private`, because they signed in before
 * the app asked for it. They have to sign in with Spotify again.
 *
 * @example
 * ```ts
 * const { link } = await saveSetlist(ambient, showId);
 * openLink(link.web, attribution.openButton);
 * ```
 */
export function saveSetlist(
  ambient: Ambient,
  showId: string,
  options: SaveOptions & Abortable = {},
): Promise<SavedPlaylist> {
  return abortable(options, () => saveOnce(ambient, showId, options));
}

interface SaveOptions {
  readonly name?: string;
  readonly api?: SpotifyWebApi;
}

function saveOnce(ambient: Ambient, showId: string, options: SaveOptions): Promise<SavedPlaylist> {
  const own = running.get(ambient) ?? new Map<string, Promise<SavedPlaylist>>();
  running.set(ambient, own);
  const before = own.get(showId);
  if (before) return before;
  const saving = save(ambient, showId, options).finally(() => own.delete(showId));
  own.set(showId, saving);
  return saving;
}

async function save(
  ambient: Ambient,
  showId: string,
  { name, api = spotifyOf(ambient) }: SaveOptions,
): Promise<SavedPlaylist> {
  const show = await firstOf(ambient.shows.show(showId));
  const setlist = show && (await firstOf(ambient.shows.setlistOf(showId)));
  const uris = new Set(setlist?.tracks.map(({ uri }) => uri));
  if (!show || uris.size === 0) throw new AmbientError("NOT_FOUND");
  const day = new Date(show.startedAt?.toMillis() ?? 0).toISOString().slice(0, 10);
  const saved = await savePlaylist(api, {
    name: name ?? `${show.title} · setlist`,
    description: `What “${show.title}” by ${show.creator.displayName} played on ${day}.`,
    mark: `Ambient show ${showId}`,
    uris: [...uris],
  });
  // The playlist is saved, whether or not it is counted.
  await ambient.shows.countUse(showId, "saved").catch(() => undefined);
  return saved;
}
