import type { CatalogTrack } from "../ports/spotifyCatalog.js";
import type { Track } from "../contract/music.js";

/** A document holds 1 MiB, and 500 of the longest tracks must fit: about 1.7 kB each (UTF-8). */
const LONGEST_NAME = 150;
const LONGEST_ARTIST = 60;
const MAX_ARTISTS = 5;
const LONGEST_URL = 300;

/** A track as the show's playlist keeps it. What does not fit is cut as a phone would cut it. */
export function showTrack(track: CatalogTrack): Track {
  return {
    uri: track.uri,
    name: cut(track.name, LONGEST_NAME),
    artists: track.artists.slice(0, MAX_ARTISTS).map((artist) => cut(artist, LONGEST_ARTIST)),
    durationMs: track.durationMs,
    imageUrl: shortUrl(track.imageUrl),
    explicit: track.explicit,
    ...(isIsrc(track.isrc) && { isrc: track.isrc }),
  };
}

/** Spotify passes on what labels enter. */
function isIsrc(code: string | undefined): code is string {
  return code !== undefined && /^[A-Za-z0-9-]{12,15}$/.test(code);
}

/** In ASCII, so that it is as many bytes as it has characters. */
function shortUrl(url: string | null): string | null {
  const parsed = url === null ? null : URL.parse(url);
  if (parsed?.protocol !== "https:" || parsed.href.length > LONGEST_URL) return null;
  return parsed.href;
}

/** Cut at characters as people see them; otherwise a name could end in half an emoji. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  let kept = "";
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (kept.length + segment.length > longest - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
