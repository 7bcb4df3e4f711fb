import { fold } from "./fold.js";
import { isrcOf, releaseDateOf, type Track } from "./track.js";

/** https://developer.spotify.com/documentation/web-api/reference/search */
const filterNames = ["album", "artist", "track", "year", "upc", "isrc", "genre", "tag"] as const;

export interface SearchFilter {
  readonly name: (typeof filterNames)[number];
  readonly value: string;
}

/**
 * Splits a query into free text and filters. A filter's value is in quotation marks, or extends to the next filter:
 * `harbour artist:the low tides year:2019-2024`.
 */
export function parseSearch(query: string): {
  readonly text: string;
  readonly filters: readonly SearchFilter[];
} {
  const filters: SearchFilter[] = [];
  const text: string[] = [];
  let rest = query;
  for (;;) {
    const found = nextFilter.exec(rest);
    if (found === null) return { text: [...text, rest].join(" ").trim(), filters };
    text.push(rest.slice(0, found.index));
    rest = rest.slice(found.index + found[0].length);
    const quoted = /^"([^"]*)"/.exec(rest);
    const end = quoted ? quoted[0].length : (nextFilter.exec(rest)?.index ?? rest.length);
    const value = (quoted?.[1] ?? rest.slice(0, end)).trim();
    const name = filterNames.find((each) => each === found[1]?.toLowerCase());
    if (name !== undefined) filters.push({ name, value });
    rest = rest.slice(end);
  }
}

const nextFilter = new RegExp(`(?<![\\w"])(${filterNames.join("|")}):`, "i");

const newForMs = 14 * 86_400_000;

export function matchesFilters(
  track: Track,
  filters: readonly SearchFilter[],
  now: number,
): boolean {
  return filters.every(({ name, value }) => {
    switch (name) {
      case "track":
        return contains(track.name, value);
      case "artist":
        return track.artists.some((artist) => contains(artist, value));
      case "album":
        return contains(track.album, value);
      case "isrc":
        return isrcOf(track) === value.toUpperCase().replaceAll("-", "");
      case "year":
        return isInYears(releaseDateOf(track), value);
      case "tag":
        return value.toLowerCase() === "new" && isNew(releaseDateOf(track), now);
      // Albums have UPCs and artists have genres, but this catalogue knows neither.
      case "upc":
      case "genre":
        return false;
    }
  });
}

function contains(text: string, value: string): boolean {
  const folded = fold(text);
  return fold(value)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

function isInYears(releaseDate: string, years: string): boolean {
  const [, from, to] = /^(\d{4})(?:-(\d{4}))?$/.exec(years) ?? [];
  if (from === undefined) return false;
  const year = releaseDate.slice(0, 4);
  return year >= from && year <= (to ?? from);
}

function isNew(releaseDate: string, now: number): boolean {
  const ageMs = now - Date.parse(releaseDate);
  return ageMs >= 0 && ageMs <= newForMs;
}
