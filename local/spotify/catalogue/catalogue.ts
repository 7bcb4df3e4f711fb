import { inventedTracks } from "./inventedTracks.js";
import { awkward, episodes, nightDrive, unavailable } from "./namedTracks.js";
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

  /**
   * Tracks that a country may play and that contain every word of the query, matches in the title
   * first.
   */
  search(query: string, country: string): readonly Track[] {
    const words = fold(query).split(/\s+/).filter(Boolean);
    // A changed track replaces the original.
    const all = [...new Map([...unchanged(), ...this.#changed]).values()];
    const found = all.filter(
      (track) => isPlayableIn(track, country) && holdsAll(textOf(track).all, words),
    );
    const byTitle = found.filter((track) => holdsAll(textOf(track).title, words));
    return [...new Set([...byTitle, ...found])];
  }
}

let byId: ReadonlyMap<string, Track> | undefined;

function unchanged(): ReadonlyMap<string, Track> {
  byId ??= new Map(
    [...nightDrive, ...awkward, ...unavailable, ...inventedTracks()].map((track) => [
      track.id,
      track,
    ]),
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

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
