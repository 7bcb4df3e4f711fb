import { z } from "zod";

/** The part of the catalogue's answers that Ambient reads, in both quota modes. */

const images = z
  .array(z.object({ url: z.string(), width: z.number().nullish() }))
  .nullish()
  .transform((found) => found ?? []);
export type Images = z.output<typeof images>;

/** A track, or what Spotify lists in its place: an episode, a local file, or something that no longer exists. */
const playable = z.object({
  type: z.string().optional(),
  uri: z.string(),
  name: z.string(),
  is_local: z.boolean().optional(),
  is_playable: z.boolean().optional(),
  duration_ms: z.number(),
  explicit: z.boolean().optional(),
  artists: z.array(z.object({ name: z.string() })).optional(),
  album: z.object({ images }).optional(),
  external_ids: z.object({ isrc: z.string().optional() }).optional().catch(undefined),
});
export type SpotifyTrack = z.output<typeof playable>;

export const trackAnswer = playable;

/** If an item cannot be parsed as a track, no show can play it; the answer is still valid. */
const playableOrNot = playable.nullish().catch(null);

/** `items[].item` replaces `items[].track` (Web API migration guide of February 2026). */
export const playlistPage = z.object({
  total: z.int().nonnegative(),
  next: z.string().nullish(),
  items: z.array(
    z
      .object({ is_local: z.boolean().optional(), item: playableOrNot, track: playableOrNot })
      .nullish(),
  ),
});

const total = z.object({ total: z.int().nonnegative() });

/** `items.total` replaces `tracks.total` (same guide). */
export const playlistAnswer = z.object({
  id: z.string(),
  name: z.string(),
  images,
  snapshot_id: z.string().optional(),
  items: total.optional().catch(undefined),
  tracks: total.optional().catch(undefined),
});
export type SpotifyPlaylist = z.output<typeof playlistAnswer>;

export const playlistsAnswer = z.object({
  total: z.int().nonnegative(),
  items: z.array(playlistAnswer.nullish().catch(null)),
});

export const searchAnswer = z.object({
  tracks: z.object({ items: z.array(playable.nullish().catch(null)) }),
});

/** The Web API's regular error object; its refusal of an account off the allow-list is plain text. */
export const apiRefusal = z.object({ error: z.object({ message: z.string() }) });
