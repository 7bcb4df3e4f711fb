import { inventedCount, inventedTracks } from "./inventedTracks.js";
import { awkward, episodes, nightDrive, unavailable } from "./namedTracks.js";
import type { Playlist } from "./playlist.js";
import { spotifyId } from "./spotifyId.js";
import { episodeUri, localFileUri, trackUri } from "./track.js";

/** A playlist for each case, Ada's own ones first. */
export const playlistIds = {
  /** The seed's three tracks. Public. */
  nightDrive: "37i9dQZF1DX2yvmlOdMYzV",
  /** 120 items, of which 100 can be played: see `everythingAtOnce` below. */
  everythingAtOnce: "2xLk7Wq0ZbTnRc4VgJm8Ed",
  fiveHundred: "6pHd3YsUa9QmXe1KfNt5Bw",
  fiveHundredAndOne: "1cVr8MgJz4LoWy7TbXk2Sn",
  twentyThousand: "5tQe0NfPx6GhUd3ZmRa9Lj",
  /** Without tracks, and therefore without a picture. */
  empty: "0kBy2TvHc8RwSj5DqMl7Fx",
  /** Formerly Ada's; everyone gets a 404. */
  deleted: "3wJm9EoKs1XiPz6CuVb4Yh",
  /** Ben's, with Ada and Cleo as collaborators. */
  collaborative: "7aSn4GdRl0TfMq8HxWk5Zc",
  /** Ben's and public, followed by Ada. */
  bensPublic: "4hZx6CbWu2KpYr9NjEt1Vg",
  bensPrivate: "1nFq5LvOa7DsIe0BmXy8Rt",
  /** Dan's, with two tracks. */
  dans: "6uWc1HjTz3QkSg7PoLd9Mb",
} as const;

/** Cleo's 60 playlists, more than one page. */
export const cleosPlaylistCount = 60;

export function startingPlaylists(): readonly Playlist[] {
  const ada = { ...ofNobody, owner: "creator-ada" };
  const ben = { ...ofNobody, owner: "creator-ben" };
  return [
    {
      ...ada,
      id: playlistIds.nightDrive,
      name: "Night drive",
      description: "Slow songs for empty roads.",
      public: true,
      hasOwnCover: true,
      uris: nightDrive.map(({ id }) => trackUri(id)),
    },
    {
      ...ada,
      id: playlistIds.everythingAtOnce,
      name: "Everything at once",
      uris: everythingAtOnce(),
    },
    { ...ada, id: playlistIds.fiveHundred, name: "Five hundred", uris: invented(0, 500) },
    {
      ...ada,
      id: playlistIds.fiveHundredAndOne,
      name: "One too many",
      uris: invented(0, 501),
    },
    {
      ...ada,
      id: playlistIds.twentyThousand,
      name: "The whole record shop",
      uris: invented(0, inventedCount),
    },
    { ...ada, id: playlistIds.empty, name: "Ideas", uris: [] },
    {
      ...ben,
      id: playlistIds.collaborative,
      name: "Passed around",
      description: "Add one, take none.",
      collaborators: ["creator-ada", "creator-cleo"],
      uris: invented(600, 12),
    },
    {
      ...ben,
      id: playlistIds.bensPublic,
      name: "Sunday soul",
      public: true,
      followers: ["creator-ada"],
      uris: invented(700, 40),
    },
    { ...ben, id: playlistIds.bensPrivate, name: "Not for anyone", uris: invented(800, 8) },
    {
      ...ofNobody,
      id: playlistIds.dans,
      owner: "listener-dan",
      name: "On the way to work",
      uris: invented(900, 2),
    },
    ...Array.from({ length: cleosPlaylistCount }, (_, n) => ({
      ...ofNobody,
      id: spotifyId(`playlist of cleo ${n}`),
      owner: "creator-cleo",
      name: `After dark, ${n + 1}`,
      uris: invented(1_000 + n * 5, 5),
    })),
  ];
}

const ofNobody = {
  description: "",
  public: false,
  collaborators: [],
  followers: [],
  hasOwnCover: false,
  version: 1,
};

function invented(from: number, count: number): readonly string[] {
  return inventedTracks()
    .slice(from, from + count)
    .map(({ id }) => trackUri(id));
}

/**
 * 100 playable items (94 tracks, four of them twice, one without artwork, one with long
 * names), and every sixth item an unplayable one: 6 local files, 5 episodes, 3 nulls and 6
 * unavailable tracks.
 */
function everythingAtOnce(): readonly string[] {
  const songs = invented(inventedCount - 94, 94);
  const playable = [...songs, ...songs.slice(10, 14), ...awkward.map(({ id }) => trackUri(id))];
  const odd = [
    ...["Rehearsal, take 3", "Field recording", "Nana singing", "Untitled", "Mix v7", "?"].map(
      (name, n) => localFileUri(n === 3 ? "" : "Ada Okafor", name, 95 + n * 31),
    ),
    ...episodes.map(({ id }) => episodeUri(id)),
    ...["one", "two", "three"].map((name) => trackUri(spotifyId(`forgotten ${name}`))),
    ...unavailable.map(({ id }) => trackUri(id)),
  ];
  const mixed: string[] = [];
  for (const [n, uri] of odd.entries()) {
    // 7 and 20 are coprime, so the kinds alternate.
    mixed.push(...playable.slice(n * 5, n * 5 + 5), odd[(n * 7) % odd.length] ?? uri);
  }
  return mixed;
}
