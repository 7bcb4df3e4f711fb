/**
 * The addresses of something at Spotify.
 *
 * @example
 * ```ts
 * const { app, web }: SpotifyLink = openInSpotify("playlist", "37i9dQZF1DX0XUsuxWHRQd");
 * ```
 */
export interface SpotifyLink {
  /** Opens in the Spotify app, if it is installed. */
  readonly app: string;
  /** Opens in the app if the system supports it, and in the browser otherwise. */
  readonly web: string;
}

/**
 * What a link leads to.
 *
 * @example
 * ```ts
 * const kind: SpotifyKind = "artist";
 * ```
 */
export type SpotifyKind = "track" | "artist" | "playlist";

/**
 * Links to something at Spotify, where it can be played and counts as a stream.
 *
 * @example
 * ```ts
 * location.assign(openInSpotify("track", "4uLU6hMCjMI75M1A2tKUQC").web);
 * ```
 */
export function openInSpotify(kind: SpotifyKind, id: string): SpotifyLink {
  return { app: `spotify:${kind}:${id}`, web: `https://open.spotify.com/${kind}/${id}` };
}

/**
 * Like `openInSpotify`, from a URI such as `spotify:track:…`. Undefined if there is no page, as for a local file.
 *
 * @example
 * ```ts
 * const link = openUriInSpotify(track.uri);
 * if (link) openLink(link.web, attribution.openButton);
 * ```
 */
export function openUriInSpotify(uri: string): SpotifyLink | undefined {
  const [, kind, id] = /^spotify:(track|artist|playlist):([A-Za-z0-9]+)$/.exec(uri) ?? [];
  if (id === undefined) return undefined;
  if (kind !== "track" && kind !== "artist" && kind !== "playlist") return undefined;
  return openInSpotify(kind, id);
}

/**
 * The URI of the track that a pasted text names: a link to Spotify's web player, or the URI itself. Undefined for anything
 * else, such as a link to an album or a shortened link.
 *
 * @example
 * ```ts
 * const uri = trackUriOf("https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC?si=abc");
 * if (uri) await show.songRequests.request(uri);
 * ```
 */
export function trackUriOf(text: string): string | undefined {
  const link =
    /^https:\/\/open\.spotify\.com\/(?:intl-[a-z-]+\/)?track\/([A-Za-z0-9]{22})(?:[?#].*)?$/i;
  const [, id] =
    link.exec(text.trim()) ?? /^spotify:track:([A-Za-z0-9]{22})$/.exec(text.trim()) ?? [];
  return id === undefined ? undefined : `spotify:track:${id}`;
}

/**
 * Searches Spotify for an artist, because a show's tracks contain names of artists but no ids.
 *
 * @example
 * ```ts
 * for (const name of track.artists) openLink(findArtistInSpotify(name).web, name);
 * ```
 */
export function findArtistInSpotify(name: string): SpotifyLink {
  const words = encodeURIComponent(name);
  return {
    app: `spotify:search:${words}`,
    web: `https://open.spotify.com/search/${words}/artists`,
  };
}
