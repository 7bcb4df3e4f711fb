import { z } from "zod";

/** The Web API's answers, with the fields that the tests use. */

export const image = z.object({
  url: z.url({ protocol: /^https$/ }),
  height: z.int().nullable(),
  width: z.int().nullable(),
});

export const track = z.looseObject({
  album: z.looseObject({ name: z.string(), images: z.array(image) }),
  artists: z.array(z.looseObject({ name: z.string() })).min(1),
  duration_ms: z.int(),
  explicit: z.boolean(),
  external_urls: z.looseObject({ spotify: z.string().optional() }),
  id: z.string().nullable(),
  is_local: z.boolean(),
  name: z.string(),
  type: z.literal("track"),
  uri: z.string(),
});

const episode = z.looseObject({ type: z.literal("episode"), uri: z.string(), name: z.string() });
const thing = z.discriminatedUnion("type", [track, episode]).nullable();

const paging = {
  href: z.string(),
  limit: z.int(),
  next: z.string().nullable(),
  offset: z.int(),
  previous: z.string().nullable(),
  total: z.int(),
};

const entry = { added_at: z.string(), is_local: z.boolean() };

/** The development mode's format. It is strict, so that no field of the old format remains. */
export const pageOfItems = z.strictObject({
  ...paging,
  items: z.array(z.looseObject({ ...entry, item: thing, track: z.undefined().optional() })),
});

export const pageOfTracks = z.strictObject({
  ...paging,
  items: z.array(z.looseObject({ ...entry, track: thing, item: z.undefined().optional() })),
});

const metadata = {
  collaborative: z.boolean(),
  description: z.string(),
  external_urls: z.object({ spotify: z.string() }),
  id: z.string(),
  images: z.array(image).nullable(),
  name: z.string(),
  owner: z.looseObject({ id: z.string(), display_name: z.string().nullable() }),
  public: z.boolean(),
  snapshot_id: z.string(),
  uri: z.string(),
};
const summary = z.strictObject({ href: z.string(), total: z.int() });

export const newPlaylist = z.looseObject({
  ...metadata,
  items: pageOfItems.optional(),
  tracks: z.undefined().optional(),
});

export const oldPlaylist = z.looseObject({
  ...metadata,
  items: z.undefined().optional(),
  tracks: pageOfTracks,
});

export const pageOfNewPlaylists = z.strictObject({
  ...paging,
  items: z.array(z.looseObject({ ...metadata, items: summary, tracks: z.undefined().optional() })),
});

export const pageOfOldPlaylists = z.strictObject({
  ...paging,
  items: z.array(z.looseObject({ ...metadata, tracks: summary, items: z.undefined().optional() })),
});

export const foundTracks = z.strictObject({
  tracks: z.strictObject({ ...paging, items: z.array(track) }),
});

export const devices = z.strictObject({
  devices: z.array(
    z.strictObject({
      id: z.string(),
      is_active: z.boolean(),
      is_private_session: z.boolean(),
      is_restricted: z.boolean(),
      name: z.string(),
      supports_volume: z.boolean(),
      type: z.string(),
      volume_percent: z.int().nullable(),
    }),
  ),
});

export const playerState = z.looseObject({
  device: z.looseObject({ id: z.string(), name: z.string(), is_restricted: z.boolean() }),
  is_playing: z.boolean(),
  item: track.nullable(),
  progress_ms: z.number(),
  timestamp: z.number(),
});

export const playerQueue = z.strictObject({
  currently_playing: thing,
  queue: z.array(thing),
});
