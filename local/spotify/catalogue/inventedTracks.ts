import { spotifyId } from "./spotifyId.js";
import type { Track } from "./track.js";

export const inventedCount = 20_000;

let made: readonly Track[] | undefined;

/** Generated tracks: the same in every run, each with a unique name. */
export function inventedTracks(): readonly Track[] {
  made ??= Array.from({ length: inventedCount }, (_, n) => inventedTrack(n));
  return made;
}

function inventedTrack(n: number): Track {
  const first = pick(firstWords, n);
  const second = pick(secondWords, Math.floor(n / firstWords.length));
  const version = pick(versions, Math.floor(n / (firstWords.length * secondWords.length)));
  const artist = pick(artists, n * 7);
  return {
    id: spotifyId(`track ${n}`),
    name: `${first} ${second}${version}`,
    artists: n % 9 === 4 ? [artist, pick(artists, n * 7 + 11)] : [artist],
    album: pick(albums, n * 5 + Math.floor(n / 12)),
    durationMs: shortestMs + ((n * 7_919) % spreadMs),
    explicit: n % 11 === 3,
    markets: "everywhere",
    hasArtwork: true,
  };
}

const shortestMs = 131_000;
const spreadMs = 228_000;

function pick(words: readonly string[], n: number): string {
  return words[n % words.length] ?? "";
}

const firstWords = [
  ...["Amber", "Borrowed", "Carbon", "Distant", "Electric", "Faded", "Golden", "Hollow"],
  ...["Iron", "Jasmine", "Kerosene", "Lunar", "Midnight", "Northern", "Open", "Paper"],
  ...["Quiet", "Restless", "Salt", "Tidal", "Ultraviolet", "Velvet", "Winter", "Yellow"],
  ...["Zero", "Broken", "Crystal", "Dusty", "Empty", "Feral", "Ghost", "Heavy"],
  ...["Inner", "Late", "Marble", "Neon", "Outer", "Plastic", "Rusted", "Silver"],
  ...["Tender", "Unsent", "Violet", "Wild", "Été", "Grüne", "Última", "Øde"],
];
const secondWords = [
  ...["Avenue", "Bloom", "Cathedral", "Daylight", "Echo", "Ferry", "Garden", "Horizon"],
  ...["Island", "Junction", "Kitchen", "Lantern", "Machine", "Nocturne", "Orchard", "Parade"],
  ...["Quarter", "River", "Signal", "Tower", "Umbrella", "Valley", "Window", "Yard"],
  ...["Arcade", "Balcony", "Canal", "Departure", "Elevator", "Frontier", "Gravity", "Harvest"],
  ...["Interlude", "Letter", "Motel", "Engine", "Ocean", "Platform", "Reunion", "Staircase"],
  ...["Thunder", "Underpass", "Voyage", "Weather", "Corazón", "Straße", "Forêt", "Sommernatt"],
];
const versions = [
  ...["", " (Live)", " (Acoustic)", " II", " (Night Version)", " - Demo", " (Slow)"],
  ...[" (Reprise)", " - Radio Edit"],
];
const artists = [
  ...["The Low Tides", "Marta Quell", "Kino Parade", "Sable & Finch", "Orla Vane"],
  ...["Concrete Choir", "Beau Lantier", "Noor Haddad", "The Paper Kings", "Isla Ferro"],
  ...["Tomás Iriarte", "Glass Harbour", "Yuki Amano", "Velours", "DJ Marrow", "Anneli Strand"],
  ...["The Second Floor", "Ruben Achterberg", "Low Orbit", "Cassia Bloom", "Motel Sisters"],
  ...["Åsa Lindholm", "Brother Static", "Nightbus", "Ines Caldeira", "Farrow", "Wren Okoye"],
  ...["Saint Avenue", "Polder", "The Hours After", "Mica Delune", "Ferrous", "Jonah Pike"],
  ...["Little Empire", "Sól", "Queensway", "Theo Marchetti"],
];
const albums = [
  ...["Last Ferry Home", "Rooms Without Clocks", "The Understudy", "Overcast", "Ten Small Fires"],
  ...["A Field Guide to Leaving", "Sodium", "Night Shift", "Postcards", "Weatherproof"],
  ...["Hotel Continental", "What the River Said", "Blue Hour", "Inventory", "Soft Machines"],
  ...["Second Language", "Open Late", "The Long Way", "Static Bloom", "Cartography"],
  ...["Salt & Chrome", "Nocturnes for Two", "Everything Must Go"],
];
