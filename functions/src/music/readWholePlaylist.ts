import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import {
  PLAYLIST_PAGE,
  type CatalogItem,
  type CatalogPlaylist,
  type PagePlace,
} from "../ports/spotifyCatalog.js";
import { MAX_TRACKS, type Track } from "../contract/music.js";
import { showTrack } from "./showTrack.js";

/** How often a playlist that changes during the read is read again. */
const MAX_READINGS = 3;

export interface WholePlaylist {
  readonly playlist: CatalogPlaylist;
  readonly tracks: Track[];
  /** The number of items that no show can play. */
  readonly skipped: number;
  /** Of those, the tracks that Spotify lists but does not play for this person. */
  readonly unplayable: ReadonlySet<string>;
}

/**
 * A playlist as it was at one moment: when it changes between two pages, it is read again. Refuses with
 * PLAYLIST_NOT_FOUND if the person may not read it, PLAYLIST_TOO_LARGE, CONTENTION if it keeps changing, and as the
 * catalogue does.
 */
export async function readWholePlaylist(
  deps: Pick<Dependencies, "catalog">,
  accessToken: string,
  playlistId: string,
  deadline: number,
): Promise<WholePlaylist> {
  let playlist = await find(deps, accessToken, playlistId, deadline);
  for (let reading = 1; reading <= MAX_READINGS; reading += 1) {
    if (playlist.trackCount > MAX_TRACKS) throw new Refusal("PLAYLIST_TOO_LARGE");
    const items = await readItems(deps, accessToken, playlist, deadline);
    const after = await find(deps, accessToken, playlistId, deadline);
    if (items && after.snapshotId === playlist.snapshotId) {
      const skipped = items.flatMap((item) => (item.kind === "skipped" ? [item.uri] : []));
      return {
        playlist,
        tracks: items.flatMap((item) => (item.kind === "track" ? [showTrack(item.track)] : [])),
        skipped: skipped.length,
        unplayable: new Set(skipped.flatMap((uri) => uri ?? [])),
      };
    }
    playlist = after;
  }
  throw new Refusal("CONTENTION");
}

async function find(
  { catalog }: Pick<Dependencies, "catalog">,
  accessToken: string,
  playlistId: string,
  deadline: number,
): Promise<CatalogPlaylist> {
  const playlist = await catalog.getPlaylist(accessToken, playlistId, deadline);
  if (!playlist) throw new Refusal("PLAYLIST_NOT_FOUND");
  return playlist;
}

/** Null: its length has changed. */
async function readItems(
  { catalog }: Pick<Dependencies, "catalog">,
  accessToken: string,
  playlist: CatalogPlaylist,
  deadline: number,
): Promise<CatalogItem[] | null> {
  const items: CatalogItem[] = [];
  let from: PagePlace = { offset: 0 };
  // Always read one page: Spotify gives no length for a playlist whose contents it withholds.
  do {
    const page = await catalog.readPlaylist(accessToken, playlist.id, from, deadline);
    if (!page) throw new Refusal("PLAYLIST_NOT_FOUND");
    if (page.total !== playlist.trackCount) return null;
    const isShort = page.items.length < Math.min(PLAYLIST_PAGE, page.total - from.offset);
    if (isShort) return null;
    items.push(...page.items);
    from = page.next;
  } while (items.length < playlist.trackCount);
  return items;
}
