import { fold } from "./fold.js";
import { inventedTracks } from "./inventedTracks.js";
import { awkward, episodes, nightDrive, relinked, unavailable } from "./namedTracks.js";
import { matchesFilters, parseSearch } from "./searchQuery.js";
import { type Episode, isPlayableIn, type LocalFile, localFileOf, type Track } from "./track.js";

/** What a playlist item's URI refers to; `gone` means that Spotify no longer has it. */
export type Item =
  | { readonly kind: "track"; readonly track: Track }
  | { readonly kind: "episode"; readonly episode: Episode }
  | { readonly kind: "local"; readonly file: LocalFile }
  | { readonly kind: "gone" };

/** Spotify's tracks, including changes from the control endpoint. */
export class Catalogue {
  readonly #changed = new Map<string, Track>();

  track(id: string): Track | undefined {
    return this.#changed.get(id) ?? unchanged().get(id);
  }

  put(track: Track): void {
    this.#changed.set(track.id, track);
  }

  reset(): void {
    this.#changed.clear();
  }

  item(uri: string): Item {
    const [, kind, id = ""] = uri.split(":");
    if (kind === "track") {
      const track = this.track(id);
      if (track !== undefined) return { kind: "track", track };
    }
    if (kind === "episode") {
      const episode = episodes.find((each) => each.id === id);
      if (episode !== undefined) return { kind: "episode", episode };
    }
    const file = localFileOf(uri);
    return file === undefined ? { kind: "gone" } : { kind: "local", file };
  }

  /** The release of a track's recording that a country plays; undefined if it plays none. */
  releaseIn(track: Track, country: string): Track | undefined {
    if (isPlayableIn(track, country)) return track;
    const { isrc } = track;
    if (isrc === undefined) return undefined;
    return this.#all().find((other) => other.isrc === isrc && isPlayableIn(other, country));
  }

  /**
   * Tracks that a country may play, that match the query's filters and contain each of its words, matches in the title
   * first. `now` is for `tag:new`.
   */
  search(query: string, country: string, now: number): readonly Track[] {
    const { text, filters } = parseSearch(query);
    const words = fold(text).split(/\s+/).filter(Boolean);
    const found = this.#all().filter(
      (track) =>
        isPlayableIn(track, country) &&
        holdsAll(textOf(track).all, words) &&
        matchesFilters(track, filters, now),
    );
    const byTitle = found.filter((track) => holdsAll(textOf(track).title, words));
    return [...new Set([...byTitle, ...found])];
  }

  /** A changed track replaces the original. */
  #all(): readonly Track[] {
    return [...new Map([...unchanged(), ...this.#changed]).values()];
  }
}

let byId: ReadonlyMap<string, Track> | undefined;

function unchanged(): ReadonlyMap<string, Track> {
  byId ??= new Map(
    [
      ...nightDrive,
      ...awkward,
      ...Object.values(relinked),
      ...unavailable,
      ...inventedTracks(),
    ].map((track) => [track.id, track]),
  );
  return byId;
}

function holdsAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

interface SearchText {
  readonly title: string;
  readonly all: string;
}

const texts = new WeakMap<Track, SearchText>();

function textOf(track: Track): SearchText {
  let text = texts.get(track);
  if (text === undefined) {
    const title = fold(track.name);
    text = { title, all: `${title} ${fold([...track.artists, track.album].join(" "))}` };
    texts.set(track, text);
  }
  return text;
}
