import SpotifyWebApi from "spotify-web-api-node";
import { Refusal } from "../errors.js";
import { expectShape, spotifyCaller, type SpotifyServers } from "./caller.js";
import {
  apiRefusal,
  playlistAnswer,
  playlistPage,
  playlistsAnswer,
  searchAnswer,
  trackAnswer,
  type Images,
  type SpotifyPlaylist,
  type SpotifyTrack,
} from "./catalogSchema.js";
import type { Answer } from "./transport.js";
import {
  PLAYLIST_PAGE,
  type CatalogItem,
  type CatalogPlaylist,
  type CatalogTrack,
  type PagePlace,
  type SpotifyCatalog,
} from "../ports/spotifyCatalog.js";

/** A phone's artwork, in pixels: Spotify has 640, 300 and 64. */
const ARTWORK_WIDTH = 300;

export function spotifyCatalog(servers: SpotifyServers): SpotifyCatalog {
  const answerTo = spotifyCaller(servers);
  const readPage = async (
    accessToken: string,
    id: string,
    offset: number,
    deadline: number,
    endpoint: PagePlace["endpoint"],
  ): Promise<Answer> => {
    const api = new SpotifyWebApi({ accessToken });
    const options = { offset, limit: PLAYLIST_PAGE, market: "from_token" };
    return answerTo({
      deadline,
      repeatable: true,
      path: `/playlists/${encodeURIComponent(id)}/${endpoint}`,
      send: () => api.getPlaylistTracks(id, options),
    });
  };

  return {
    async listPlaylists(accessToken, page, deadline) {
      const api = new SpotifyWebApi({ accessToken });
      const answer = await answerTo({
        deadline,
        repeatable: true,
        send: () => api.getUserPlaylists(page),
      });
      const { total, items } = expectShape(playlistsAnswer, accepted(answer).body);
      return { total, items: items.flatMap((found) => (found ? [playlistOf(found)] : [])) };
    },

    async getPlaylist(accessToken, id, deadline) {
      const api = new SpotifyWebApi({ accessToken });
      const answer = await answerTo({
        deadline,
        repeatable: true,
        path: `/playlists/${encodeURIComponent(id)}`,
        send: () => api.getPlaylist(id),
      });
      if (isWithheld(answer) || answer.status === 400) return null;
      return playlistOf(expectShape(playlistAnswer, accepted(answer).body));
    },

    async readPlaylist(accessToken, id, from, deadline) {
      const { offset } = from;
      let { endpoint = "items" } = from;
      let answer = await readPage(accessToken, id, offset, deadline, endpoint);
      // Apps with an extended quota keep the old endpoint, which also refuses other apps.
      if (isWithheld(answer) && from.endpoint === undefined) {
        endpoint = "tracks";
        answer = await readPage(accessToken, id, offset, deadline, endpoint);
      }
      if (isWithheld(answer)) return null;
      const { total, items } = expectShape(playlistPage, accepted(answer).body);
      return {
        total,
        items: items.map((entry) => itemOf(entry?.item ?? entry?.track, entry?.is_local === true)),
        next: { offset: offset + items.length, endpoint },
      };
    },

    async searchTracks(accessToken, query, page, deadline) {
      const api = new SpotifyWebApi({ accessToken });
      const answer = await answerTo({
        deadline,
        repeatable: true,
        // The library calls "/search/", which Spotify does not document.
        path: "/search",
        send: () => api.searchTracks(query, { ...page, market: "from_token" }),
      });
      const { tracks } = expectShape(searchAnswer, accepted(answer).body);
      return tracks.items.flatMap((found) => trackOf(found) ?? []);
    },

    async getTrack(accessToken, id, deadline) {
      const api = new SpotifyWebApi({ accessToken });
      const answer = await answerTo({
        deadline,
        repeatable: true,
        path: `/tracks/${encodeURIComponent(id)}`,
        send: () => api.getTrack(id, { market: "from_token" }),
      });
      if (isWithheld(answer) || answer.status === 400) return null;
      return trackOf(expectShape(trackAnswer, accepted(answer).body));
    },
  };
}

function accepted(answer: Answer): Answer {
  if (answer.status === 200) return answer;
  // Of 403 Spotify says in words alone which of the two it is.
  if (answer.status === 403 && !lacksScope(answer)) throw new Refusal("SPOTIFY_NOT_ALLOWED");
  if (answer.status === 401 || answer.status === 403) throw new Refusal("SPOTIFY_RELINK_REQUIRED");
  throw new Refusal("SPOTIFY_UNAVAILABLE");
}

/**
 * The playlist does not exist, or not for this person. Other 403 answers mean that the account may do nothing at all.
 */
function isWithheld(answer: Answer): boolean {
  if (answer.status === 404) return true;
  return answer.status === 403 && apiRefusal.safeParse(answer.body).success && !lacksScope(answer);
}

function lacksScope(answer: Answer): boolean {
  const refusal = apiRefusal.safeParse(answer.body);
  return refusal.success && /scope/i.test(refusal.data.error.message);
}

function playlistOf(playlist: SpotifyPlaylist): CatalogPlaylist {
  return {
    id: playlist.id,
    name: playlist.name,
    imageUrl: artworkOf(playlist.images),
    trackCount: (playlist.items ?? playlist.tracks)?.total ?? 0,
    snapshotId: playlist.snapshot_id ?? null,
  };
}

function trackOf(track: SpotifyTrack | null | undefined): CatalogTrack | null {
  const isPlayable =
    track?.uri.startsWith("spotify:track:") === true &&
    track.is_local !== true &&
    track.is_playable !== false &&
    track.duration_ms > 0;
  if (!isPlayable) return null;
  return {
    uri: track.uri,
    name: track.name,
    artists: (track.artists ?? []).map(({ name }) => name),
    durationMs: Math.round(track.duration_ms),
    imageUrl: artworkOf(track.album?.images ?? []),
    explicit: track.explicit ?? false,
    ...(track.external_ids?.isrc !== undefined && { isrc: track.external_ids.isrc }),
  };
}

function itemOf(found: SpotifyTrack | null | undefined, isLocal: boolean): CatalogItem {
  const track = isLocal ? null : trackOf(found);
  return track ? { kind: "track", track } : { kind: "skipped", uri: found?.uri ?? null };
}

/** The smallest picture that is large enough, or otherwise the largest. Spotify lists the widest first. */
function artworkOf(images: Images): string | null {
  const enough = images.filter(({ width }) => (width ?? 0) >= ARTWORK_WIDTH);
  return (enough.at(-1) ?? images[0])?.url ?? null;
}
