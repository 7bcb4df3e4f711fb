/**
 * Where something is at Spotify.
 *
 * @example
 * ```ts
 * const { app, web }: SpotifyLink = openInSpotify("playlist", "37i9dQZF1DX0XUsuxWHRQd");
 * ```
 */
export interface SpotifyLink {
  /** Opens in the Spotify app, where it is installed. */
  readonly app: string;
  /** Opens everywhere: in the app where the system hands such links to it, else in the browser. */
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
 * "Open in Spotify": what a show plays is to be found there, and counted there.
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
 * The same from a URI, `spotify:track:…`. Undefined for what has no page: a local file, for one.
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
 * A track in a show names its artists and has no ids of theirs: Spotify looks them up.
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
