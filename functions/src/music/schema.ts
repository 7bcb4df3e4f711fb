import { z } from "zod";
import { timestamp, userId } from "../contract.js";

/** The stage's two phases. Spotify forbids its audio to overlap any other, so they exclude each other. */
export const stageMode = z.enum(["talk", "music"]);

export const track = z.object({
  uri: z.string(),
  name: z.string(),
  artists: z.array(z.string()),
  durationMs: z.int().positive(),
  imageUrl: z.string().nullable(),
  explicit: z.boolean(),
});

/** `shows/{showId}/playlist/current`: the whole playlist in one document, read once. */
export const playlistDocument = z.object({
  revision: z.int().nonnegative(),
  tracks: z.array(track).max(500),
});
export type PlaylistDocument = z.infer<typeof playlistDocument>;

/**
 * `shows/{showId}/playback/now`: from it, the tracks' durations and the server's clock every phone
 * derives which track plays at which position. In `talk` the track is null and `positionMs` 0.
 */
export const playbackDocument = z.object({
  mode: stageMode,
  trackUri: z.string().nullable(),
  trackIndex: z.int().nonnegative().nullable(),
  positionMs: z.int().nonnegative(),
  paused: z.boolean(),
  at: timestamp,
  by: userId,
  sequence: z.int().nonnegative(),
  playlistRevision: z.int().nonnegative(),
});
export type PlaybackDocument = z.infer<typeof playbackDocument>;
