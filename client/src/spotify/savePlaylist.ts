import { field, numberField, stringField } from "../json.js";
import { failureOfAnswer } from "./failures.js";
import { openInSpotify, type SpotifyLink } from "./links.js";
import { spotifyError } from "./spotifyFailure.js";
import { isDone, isUnknownEndpoint } from "./unknownEndpoint.js";
import type { SpotifyWebApi } from "./webApi.js";

/**
 * A playlist in the listener's own Spotify.
 *
 * @example
 * ```ts
 * const openSaved = ({ link }: SavedPlaylist) => openLink(link.web, attribution.openButton);
 * ```
 */
export interface SavedPlaylist {
  readonly id: string;
  readonly link: SpotifyLink;
  /** False: it was saved before. */
  readonly isNew: boolean;
}

export interface PlaylistPlan {
  readonly name: string;
  readonly description: string;
  /** The end of the description, by which the playlist is found again. It contains nothing that Spotify would escape. */
  readonly mark: string;
  readonly uris: readonly string[];
}

/** The limits of Spotify's apps. */
const LONGEST_NAME = 100;
const LONGEST_DESCRIPTION = 300;
const ITEMS_AT_ONCE = 100;
const PLAYLISTS_PER_PAGE = 50;
/** New playlists are first in the list. */
const PAGES_SEARCHED = 4;

/**
 * Saves tracks as a private playlist of the listener. If an earlier attempt created the playlist, and its answer was lost or
 * some tracks are missing, that playlist is completed. One that the listener has changed since is left as it is. Spotify may
 * list a new playlist a moment late: only then does a quick second attempt create another one.
 */
export async function savePlaylist(api: SpotifyWebApi, plan: PlaylistPlan): Promise<SavedPlaylist> {
  const { uris } = plan;
  const found = await findSaved(api, plan.mark);
  const id = found?.id ?? (await create(api, plan));
  const first = found ? await firstMissing(api, found, uris) : 0;
  for (let from = first; from < uris.length; from += ITEMS_AT_ONCE) {
    await addItems(api, id, uris.slice(from, from + ITEMS_AT_ONCE), from);
  }
  return { id, link: openInSpotify("playlist", id), isNew: found === undefined };
}

interface Found {
  readonly id: string;
  readonly total: number;
}

async function findSaved(api: SpotifyWebApi, mark: string): Promise<Found | undefined> {
  for (let page = 0; page < PAGES_SEARCHED; page += 1) {
    const offset = page * PLAYLISTS_PER_PAGE;
    const path = `/me/playlists?limit=${PLAYLISTS_PER_PAGE}&offset=${offset}`;
    const { body } = await api.request("GET", path);
    const listed = field(body, "items");
    for (const each of Array.isArray(listed) ? listed : []) {
      if (stringField(each, "description")?.endsWith(mark) !== true) continue;
      const id = stringField(each, "id");
      const total = numberField(field(each, "items") ?? field(each, "tracks"), "total");
      if (id !== undefined && (await isOwn(api, each))) return { id, total: total ?? 0 };
    }
    if (offset + PLAYLISTS_PER_PAGE >= (numberField(body, "total") ?? 0)) return undefined;
  }
  return undefined;
}

/** The listener may also follow a playlist that somebody else saved. */
async function isOwn(api: SpotifyWebApi, playlist: unknown): Promise<boolean> {
  const { body } = await api.request("GET", "/me");
  return stringField(field(playlist, "owner"), "id") === stringField(body, "id");
}

async function create(
  api: SpotifyWebApi,
  { name, description, mark }: PlaylistPlan,
): Promise<string> {
  const room = LONGEST_DESCRIPTION - mark.length - 1;
  const { body } = await api.request("POST", "/me/playlists", {
    name: cut(name, LONGEST_NAME),
    description: `${cut(description, room)} ${mark}`,
    public: false,
  });
  const id = stringField(body, "id");
  if (id === undefined) throw spotifyError("unavailable");
  return id;
}

/** The number of tracks that are there already; all of them if the listener has changed the playlist. */
async function firstMissing(
  api: SpotifyWebApi,
  { id, total }: Found,
  uris: readonly string[],
): Promise<number> {
  if (total === 0 || total >= uris.length) return total;
  const query = `limit=1&offset=${total - 1}`;
  let answer = await api.ask("GET", `/playlists/${id}/items?${query}`);
  if (isUnknownEndpoint(answer)) answer = await api.ask("GET", `/playlists/${id}/tracks?${query}`);
  if (!isDone(answer)) throw failureOfAnswer(answer);
  const items = field(answer.body, "items");
  const last: unknown = Array.isArray(items) ? items[0] : undefined;
  const uri = stringField(field(last, "item") ?? field(last, "track"), "uri");
  return uri === uris[total - 1] ? total : uris.length;
}

async function addItems(
  api: SpotifyWebApi,
  id: string,
  uris: readonly string[],
  position: number,
): Promise<void> {
  const answer = await api.ask("POST", `/playlists/${id}/items`, { uris, position });
  if (isDone(answer)) return;
  if (!isUnknownEndpoint(answer)) throw failureOfAnswer(answer);
  // Before February 2026, the endpoint had another name.
  await api.request("POST", `/playlists/${id}/tracks`, { uris, position });
}

/** By code points, so that no emoji is torn apart. Spotify allows no line breaks. */
function cut(text: string, longest: number): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  if (line.length <= longest) return line;
  let kept = "";
  for (const character of line) {
    if (kept.length + character.length > longest - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
