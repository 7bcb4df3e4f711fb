import { spotifyId } from "../catalogue/spotifyId.js";
import type { Catalogue } from "../catalogue/catalogue.js";
import {
  type Episode,
  isPlayableIn,
  isrcOf,
  type LocalFile,
  releaseDateOf,
  type Track,
} from "../catalogue/track.js";
import { linksOf } from "./links.js";
import type { QuotaMode } from "../state.js";

/** The viewer, who determines what an object contains. */
export interface Viewer {
  readonly quotaMode: QuotaMode;
  /** Null if the request named none. */
  readonly market: string | null;
}

export function trackObject(track: Track, viewer: Viewer): Record<string, unknown> {
  const artists = track.artists.map((name) => ({ name, ...linksOf("artist", artistIdOf(name)) }));
  return {
    album: {
      album_type: "album",
      artists: artists.slice(0, 1),
      ...marketsOf(track, viewer),
      images: track.hasArtwork ? artwork(track.album) : [],
      name: track.album,
      release_date: releaseDateOf(track),
      release_date_precision: "day",
      total_tracks: 12,
      ...linksOf("album", spotifyId(`album ${track.album}`)),
    },
    artists,
    ...marketsOf(track, viewer),
    ...playabilityOf(track, viewer),
    disc_number: 1,
    duration_ms: track.durationMs,
    explicit: track.explicit,
    // Development mode lost it in February 2026 and got it back in March.
    external_ids: { isrc: isrcOf(track) },
    is_local: false,
    name: track.name,
    ...(viewer.quotaMode === "extended" && { popularity: 41 }),
    preview_url: null,
    track_number: 1,
    ...linksOf("track", track.id),
  };
}

/**
 * A track as it is in a country: perhaps another release of its recording, with a URI of its own. Development mode no longer
 * says which track was meant (`linked_from`).
 * https://developer.spotify.com/documentation/web-api/concepts/track-relinking
 */
export function relinkedTrackObject(
  catalogue: Catalogue,
  track: Track,
  country: string | null,
  viewer: Viewer,
): Record<string, unknown> {
  const release = country === null ? undefined : catalogue.releaseIn(track, country);
  if (release === undefined || release.id === track.id) return trackObject(track, viewer);
  return {
    ...trackObject(release, viewer),
    ...(viewer.quotaMode === "extended" && { linked_from: linksOf("track", track.id) }),
  };
}

/** For older apps that name no market: where the track can be played. */
function marketsOf({ markets }: Track, { quotaMode, market }: Viewer) {
  if (quotaMode === "development" || market !== null) return {};
  return { available_markets: markets === "everywhere" ? allMarkets : markets };
}

function playabilityOf(track: Track, { market }: Viewer) {
  if (market === null) return {};
  if (isPlayableIn(track, market)) return { is_playable: true };
  return { is_playable: false, restrictions: { reason: "market" } };
}

// Far fewer than Spotify's, but enough for the personas.
const allMarkets = ["AU", "BR", "CA", "DE", "ES", "FR", "GB", "JP", "NL", "SE", "US"];

export function artistIdOf(name: string): string {
  return spotifyId(`artist ${name}`);
}

/** One picture in three sizes, the largest first. */
export function artwork(seed: string) {
  const hash = Buffer.from(spotifyId(`artwork ${seed}`))
    .toString("hex")
    .slice(0, 24);
  return [
    { url: `https://i.scdn.co/image/ab67616d0000b273${hash}`, height: 640, width: 640 },
    { url: `https://i.scdn.co/image/ab67616d00001e02${hash}`, height: 300, width: 300 },
    { url: `https://i.scdn.co/image/ab67616d00004851${hash}`, height: 64, width: 64 },
  ];
}

/** An episode in a track's format, for clients that do not declare support for episodes (`additional_types`). */
export function episodeAsTrackObject(episode: Episode) {
  const { id, name, show, durationMs } = episode;
  const links = linksOf("show", spotifyId(`show ${show}`));
  return {
    album: {
      album_type: null,
      artists: [],
      images: artwork(show),
      name: show,
      release_date: "2025-02-03",
      release_date_precision: "day",
      ...links,
    },
    artists: [{ name: show, ...links }],
    disc_number: 0,
    duration_ms: durationMs,
    episode: true,
    explicit: false,
    external_ids: {},
    is_local: false,
    is_playable: true,
    name,
    preview_url: null,
    track: false,
    track_number: 0,
    ...linksOf("episode", id),
  };
}

export function episodeObject({ id, name, show, durationMs }: Episode) {
  return {
    audio_preview_url: null,
    description: name,
    duration_ms: durationMs,
    explicit: false,
    html_description: `<p>${name}</p>`,
    images: artwork(show),
    is_externally_hosted: false,
    is_playable: true,
    language: "en",
    languages: ["en"],
    name,
    release_date: "2025-02-03",
    release_date_precision: "day",
    show: {
      description: show,
      images: artwork(show),
      name: show,
      publisher: show,
      ...linksOf("show", spotifyId(`show ${show}`)),
    },
    ...linksOf("episode", id),
  };
}

/** A track with only the fields that are known without Spotify. */
export function localFileObject(file: LocalFile, { quotaMode }: Viewer) {
  const unknown = { external_urls: {}, href: null, id: null, uri: null };
  const markets = quotaMode === "extended" && { available_markets: [] };
  return {
    album: {
      album_type: null,
      artists: [],
      ...markets,
      images: [],
      name: file.album,
      release_date: null,
      release_date_precision: null,
      type: "album",
      ...unknown,
    },
    artists: [{ name: file.artist, type: "artist", ...unknown }],
    ...markets,
    disc_number: 0,
    duration_ms: file.durationMs,
    explicit: false,
    external_ids: {},
    is_local: true,
    name: file.name,
    ...(quotaMode === "extended" && { popularity: 0 }),
    preview_url: null,
    track_number: 0,
    type: "track",
    ...unknown,
    uri: file.uri,
  };
}
