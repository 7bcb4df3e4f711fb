import { spotifyId } from "./spotifyId.js";
import type { Episode, Track } from "./track.js";

const ordinary = {
  explicit: false,
  markets: "everywhere",
  hasArtwork: true,
} as const;

/** The three tracks of the seeded show's playlist. */
export const nightDrive: readonly Track[] = [
  {
    ...ordinary,
    id: "5W3cjX2J3tjhG8zb6u0qHn",
    name: "Harbour Lights",
    artists: ["The Low Tides"],
    album: "Last Ferry Home",
    durationMs: 214_000,
  },
  {
    ...ordinary,
    id: "0VjIjW4GlUZAMYd2vXMi3b",
    name: "Last Exit North",
    artists: ["Marta Quell"],
    album: "The Long Way",
    durationMs: 187_500,
  },
  {
    ...ordinary,
    id: "7qiZfU4dY1lWllzX7mPBI3",
    name: "Sodium Orange",
    artists: ["Kino Parade"],
    album: "Sodium",
    durationMs: 251_300,
  },
];

/** Playable, but awkward to display. */
export const awkward: readonly Track[] = [
  {
    ...ordinary,
    id: spotifyId("no artwork"),
    name: "Sleeve Notes",
    artists: ["Polder"],
    album: "Demos, Side C",
    durationMs: 163_200,
    hasArtwork: false,
  },
  {
    ...ordinary,
    id: spotifyId("long names"),
    name: `Concerto for Two Typewriters and Orchestra in D Minor, Op. 41: III. ${"Allegro ma non troppo, quasi una fantasia – ".repeat(4)}attacca (Live at the Old Customs House)`,
    artists: [
      ...["The Harbour City Philharmonic Orchestra and Chorus", "Anneli Strand", "Tomás Iriarte"],
      ...["Ruben Achterberg", "Noor Haddad", "Ines Caldeira", "Theo Marchetti", "Åsa Lindholm"],
    ],
    album: "The Complete Office Machines, Vol. 2 (Deluxe Anniversary Edition)",
    durationMs: 1_124_800,
    explicit: true,
  },
];

const borderRadio = {
  ...ordinary,
  name: "Border Radio",
  artists: ["Kino Parade"],
  isrc: "GBZZZ2400017",
  releaseDate: "2019-09-06",
};

/**
 * Two releases of one recording, each for other countries. Who plays the one that their country lacks hears the other, which
 * Spotify calls relinking.
 */
export const relinked = {
  europe: {
    ...borderRadio,
    id: spotifyId("border radio, europe"),
    album: "Sodium",
    durationMs: 203_400,
    markets: ["DE", "ES", "FR", "GB", "NL", "SE"],
  },
  america: {
    ...borderRadio,
    id: spotifyId("border radio, america"),
    album: "Sodium (US Edition)",
    durationMs: 203_900,
    markets: ["BR", "CA", "US"],
  },
} as const satisfies Record<string, Track>;

const tokyoOnly = { ...ordinary, markets: ["JP"] } as const;
const nowhere = { ...ordinary, markets: [] } as const;

/** Tracks that none of the personas can play. */
export const unavailable: readonly Track[] = [
  ...["Withdrawn", "Lost Masters", "Never Cleared"].map((name) => ({
    ...nowhere,
    id: spotifyId(`nowhere ${name}`),
    name,
    artists: ["The Second Floor"],
    album: "Inventory",
    durationMs: 201_000,
  })),
  ...["Shinjuku, 4 a.m.", "Last Train"].map((name) => ({
    ...tokyoOnly,
    id: spotifyId(`tokyo ${name}`),
    name,
    artists: ["Yuki Amano"],
    album: "Night Shift",
    durationMs: 236_400,
  })),
  // The remains of a release that was taken down.
  {
    ...nowhere,
    id: spotifyId("taken down"),
    name: "",
    artists: [""],
    album: "",
    durationMs: 0,
    hasArtwork: false,
  },
];

export const episodes: readonly Episode[] = [
  "The Sound of Ferries",
  "How a Chorus Is Built",
  "Tape, and Who Threw It Away",
  "An Hour With Marta Quell",
  "Rooms That Sing",
].map((name, index) => ({
  id: spotifyId(`episode ${name}`),
  name,
  show: "Liner Notes",
  durationMs: 1_800_000 + index * 311_000,
}));
