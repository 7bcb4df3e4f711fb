import { hasPartIn, isCollaborative, type Playlist, snapshotIdOf } from "../catalogue/playlist.js";
import type { Persona } from "../personas.js";
import type { State } from "../state.js";
import { linksOf } from "./links.js";
import { type Page, pageOf } from "./paging.js";
import type { Call } from "./route.js";
import { supportsEpisodes } from "./additionalTypes.js";
import {
  artwork,
  episodeAsTrackObject,
  episodeObject,
  localFileObject,
  relinkedTrackObject,
  type Viewer,
} from "./trackObject.js";

/**
 * Names that development mode changed: a playlist's item list, its item field, and the page size.
 */
export function shapeIn({ quotaMode }: Pick<State, "quotaMode">) {
  return quotaMode === "development"
    ? ({ list: "items", entry: "item", defaultLimit: 20, maxLimit: 50 } as const)
    : ({ list: "tracks", entry: "track", defaultLimit: 100, maxLimit: 100 } as const);
}

/** The format in a list of playlists. */
export function simplifiedPlaylist({ state }: Call, playlist: Playlist) {
  const { list } = shapeIn(state);
  const links = linksOf("playlist", playlist.id);
  return {
    ...metadata(state, playlist),
    [list]: { href: `${links.href}/${list}`, total: playlist.uris.length },
  };
}

/**
 * The whole playlist with its first items; in development mode only for owner and collaborators.
 */
export function fullPlaylist(call: Call, playlist: Playlist, market: string | null) {
  const { state, persona } = call;
  const { list, maxLimit } = shapeIn(state);
  return {
    ...metadata(state, playlist),
    followers: { href: null, total: playlist.followers.length },
    ...(showsItems(state, playlist, persona) && {
      [list]: pageOfItems(call, playlist, { limit: maxLimit, offset: 0 }, market),
    }),
  };
}

export function showsItems(state: State, playlist: Playlist, persona: Persona): boolean {
  return state.quotaMode === "extended" || hasPartIn(playlist, persona.id);
}

export function pageOfItems(call: Call, playlist: Playlist, page: Page, market: string | null) {
  const { request, state } = call;
  const { list } = shapeIn(state);
  const path = `/playlists/${playlist.id}/${list}`;
  const query = new URLSearchParams(request.query);
  // The playlist's own `fields` begin one level higher than those of its items.
  if (!request.path.replace(/\/$/, "").endsWith(`/${list}`)) query.delete("fields");
  return pageOf(playlist.uris, page, { path, query }, (uri) =>
    itemObject(call, playlist, uri, market),
  );
}

function itemObject(
  { state, request }: Call,
  playlist: Playlist,
  uri: string,
  market: string | null,
) {
  const { entry } = shapeIn(state);
  const viewer = { quotaMode: state.quotaMode, market };
  return {
    added_at: "2026-03-01T09:30:00Z",
    added_by: linksOf("user", ownerOf(state, playlist).id),
    is_local: uri.startsWith("spotify:local:"),
    primary_color: null,
    [entry]: thingObject(state, uri, viewer, supportsEpisodes(request)),
    video_thumbnail: { url: null },
  };
}

function thingObject(
  state: State,
  uri: string,
  viewer: Viewer,
  withEpisodes: boolean,
): Record<string, unknown> | null {
  const item = state.catalogue.item(uri);
  switch (item.kind) {
    case "track":
      return relinkedTrackObject(state.catalogue, item.track, viewer.market, viewer);
    case "episode":
      return withEpisodes ? episodeObject(item.episode) : episodeAsTrackObject(item.episode);
    case "local":
      return localFileObject(item.file, viewer);
    case "gone":
      return null;
  }
}

function metadata(state: State, playlist: Playlist) {
  const { id, displayName } = ownerOf(state, playlist);
  return {
    collaborative: isCollaborative(playlist),
    description: playlist.description,
    images: coverOf(playlist),
    name: playlist.name,
    owner: { display_name: displayName, ...linksOf("user", id) },
    primary_color: null,
    public: playlist.public,
    snapshot_id: snapshotIdOf(playlist),
    ...linksOf("playlist", playlist.id),
  };
}

function ownerOf(state: State, { owner }: Playlist) {
  const persona = state.people.find(owner);
  return { id: persona?.spotifyId ?? owner, displayName: persona?.displayName ?? null };
}

/** Null rather than an empty list if there are none, contrary to the documentation. */
function coverOf({ id, hasOwnCover, uris }: Playlist) {
  if (hasOwnCover) {
    const url = `https://image-cdn-ak.spotifycdn.com/image/ab67706c0000da84${id.toLowerCase()}`;
    return [{ url, height: null, width: null }];
  }
  return uris.length === 0 ? null : artwork(`cover of ${id}`);
}
