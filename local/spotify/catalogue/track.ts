export interface Track {
  readonly id: string;
  readonly name: string;
  readonly artists: readonly string[];
  readonly album: string;
  readonly durationMs: number;
  readonly explicit: boolean;
  /** The countries where it can be played. */
  readonly markets: "everywhere" | readonly string[];
  readonly hasArtwork: boolean;
  /** Shared by all releases of a recording. By default, the track is its only release. */
  readonly isrc?: string;
  /** `YYYY-MM-DD`. */
  readonly releaseDate?: string;
}

export function isrcOf({ id, isrc }: Track): string {
  return isrc ?? `QZ${id.slice(0, 10).toUpperCase()}`;
}

export function releaseDateOf({ releaseDate = "2024-05-17" }: Track): string {
  return releaseDate;
}

export function isPlayableIn(track: Track, country: string): boolean {
  return track.markets === "everywhere" || track.markets.includes(country);
}

/** A podcast episode, which a playlist can contain too. */
export interface Episode {
  readonly id: string;
  readonly name: string;
  readonly show: string;
  readonly durationMs: number;
}

/** A file on a user's computer: Spotify knows only its URI. */
export interface LocalFile {
  readonly uri: string;
  readonly artist: string;
  readonly album: string;
  readonly name: string;
  readonly durationMs: number;
}

export function trackUri(id: string): string {
  return `spotify:track:${id}`;
}

export function episodeUri(id: string): string {
  return `spotify:episode:${id}`;
}

export function localFileUri(artist: string, name: string, seconds: number): string {
  const words = [artist, "", name].map((part) => encodeURIComponent(part).replaceAll("%20", "+"));
  return ["spotify:local", ...words, seconds].join(":");
}

/** Undefined if the URI names no local file. */
export function localFileOf(uri: string): LocalFile | undefined {
  const found = /^spotify:local:([^:]*):([^:]*):([^:]*):(\d+)$/.exec(uri);
  if (found === null) return undefined;
  const [artist = "", album = "", name = ""] = found.slice(1, 4).map(readWords);
  return { uri, artist, album, name, durationMs: Number(found[4]) * 1000 };
}

function readWords(part: string): string {
  const spaced = part.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
