import { z } from "zod";
import { defineCallable } from "./callable.js";
import { documentId, epochMillis, timestamp, userId } from "./fields.js";

/** The stage's two phases. Spotify forbids its audio to overlap any other, so they exclude each other. */
export const stageMode = z.enum(["talk", "music"]);

export const track = z.object({
  uri: z.string(),
  name: z.string(),
  artists: z.array(z.string()),
  durationMs: z.int().positive(),
  imageUrl: z.string().nullable(),
  explicit: z.boolean(),
  /** The International Standard Recording Code, by which a follower recognises another release of the track. */
  isrc: z.string().max(15).optional(),
});

export type Track = z.infer<typeof track>;

/** A show's list is one document, and a document holds 1 MiB. */
export const MAX_TRACKS = 500;

/** `shows/{showId}/playlist/current`: the whole playlist in one document, read once. */
export const playlistDocument = z.object({
  revision: z.int().nonnegative().meta({ data: "music" }),
  tracks: z.array(track).max(MAX_TRACKS).meta({ data: "music" }),
});
export type PlaylistDocument = z.infer<typeof playlistDocument>;

/**
 * `shows/{showId}/playback/now`: from it, the tracks' durations and the server's clock every phone
 * derives which track plays at which position. In `talk` the track is null and `positionMs` 0.
 */
export const playbackDocument = z.object({
  mode: stageMode.meta({ data: "music" }),
  trackUri: z.string().nullable().meta({ data: "music" }),
  trackIndex: z.int().nonnegative().nullable().meta({ data: "music" }),
  positionMs: z.int().nonnegative().meta({ data: "music" }),
  paused: z.boolean().meta({ data: "music" }),
  at: timestamp.meta({ data: "music" }),
  by: userId.meta({ data: "actor" }),
  sequence: z.int().nonnegative().meta({ data: "music" }),
  playlistRevision: z.int().nonnegative().meta({ data: "music" }),
});
export type PlaybackDocument = z.infer<typeof playbackDocument>;

/** `stages/{showId}/playlists/{revision}`: what the plays of that revision are counted by. */
export const playlistRevisionDocument = z.object({
  tracks: z.array(track.pick({ uri: true, durationMs: true })).meta({ data: "music" }),
});

/** `stages/{showId}/removedTracks/{revision}`: the tracks that this revision lost, in case they were played. */
export const removedTracksDocument = z.object({
  tracks: z.array(track).max(MAX_TRACKS).meta({ data: "music" }),
});

/** A setlist is one document, too. Of a longer one, the latest plays are kept. */
export const MAX_SETLIST_TRACKS = 500;

const setlistTrack = track.pick({ uri: true, name: true, artists: true, imageUrl: true }).extend({
  startedAt: epochMillis,
  playedMs: z.int().nonnegative().describe("how long it was heard, without pauses"),
});
export type SetlistTrack = z.infer<typeof setlistTrack>;

/** `shows/{showId}/setlist/final`: the tracks that were played, in this order. */
export const setlistDocument = z.object({
  tracks: z
    .array(setlistTrack)
    .max(MAX_SETLIST_TRACKS)
    .describe("the latest 500 plays; `name` is empty where it is no longer known")
    .meta({ data: "setlist" }),
});
export type SetlistDocument = z.infer<typeof setlistDocument>;

/** `stages/{showId}/trackRequests/{requestId}`: a track that was added, so that it is added once. */
export const trackRequestDocument = z.object({
  revision: z.int().nonnegative().meta({ data: "music" }),
  trackUri: z.string().meta({ data: "music" }),
  by: userId.meta({ data: "actor" }),
});
export type TrackRequestDocument = z.infer<typeof trackRequestDocument>;

/** One change of `playback/now`, as `timeline/{sequence}` keeps it. */
export const timelineDocument = playbackDocument;

const page = {
  offset: z
    .int()
    .nonnegative()
    .max(100_000)
    .optional()
    .describe("the number of playlists to skip; 0 by default"),
  limit: z.int().min(1).max(50).optional().describe("20 by default"),
};

/** `spotify:track:…`: the only kind that a show plays. */
export const trackUri = z
  .string()
  .regex(/^spotify:track:[A-Za-z0-9]{22}$/, "must be spotify:track: and an id of 22 characters");

/** The id in a track's URI. */
export function trackIdOf(uri: string): string {
  return uri.slice(-22);
}

/** Spotify's id of a playlist. */
export const playlistId = z
  .string()
  .regex(/^[A-Za-z0-9]{22}$/, "must be a Spotify id of 22 characters");

export const spotifyReasons = [
  "SPOTIFY_RELINK_REQUIRED",
  "SPOTIFY_NOT_ALLOWED",
  "SPOTIFY_RATE_LIMITED",
  "SPOTIFY_QUOTA_EXCEEDED",
  "SPOTIFY_UNAVAILABLE",
] as const;

export const listMyPlaylists = defineCallable({
  name: "listMyPlaylists",
  summary: "Returns a page of the caller's own Spotify playlists.",
  who: "self",
  request: z.strictObject(page),
  response: z.strictObject({
    items: z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        imageUrl: z.string().nullable(),
        trackCount: z.int().nonnegative(),
      }),
    ),
    total: z.int().nonnegative(),
  }),
  limit: "listPlaylists",
  reasons: ["RATE_LIMITED", ...spotifyReasons],
});

export const setShowPlaylist = defineCallable({
  name: "setShowPlaylist",
  summary:
    "Replaces the show's playlist with a Spotify playlist, completely or not at all. The current track keeps playing if the new playlist contains it.",
  who: "creator",
  request: z.strictObject({ showId: documentId, playlistId }),
  response: z.strictObject({
    trackCount: z.int().nonnegative(),
    skipped: z
      .int()
      .nonnegative()
      .describe(
        "the number of items that shows cannot play: local files, episodes, unavailable and missing items",
      ),
  }),
  limit: "setPlaylist",
  reasons: [
    "RATE_LIMITED",
    "SHOW_NOT_FOUND",
    "NOT_CREATOR",
    "SHOW_OVER",
    "PLAYLIST_NOT_FOUND",
    "PLAYLIST_TOO_LARGE",
    ...spotifyReasons,
  ],
});

const revision = z.int().nonnegative();

export const editShowPlaylist = defineCallable({
  name: "editShowPlaylist",
  summary:
    "Reorders the show's tracks, and removes those that are missing from the request. Fails if the playlist has changed since `revision`.",
  who: "host",
  request: z.strictObject({
    showId: documentId,
    revision,
    trackUris: z.array(trackUri).max(MAX_TRACKS),
  }),
  response: z.strictObject({ revision }),
  reasons: ["SHOW_NOT_FOUND", "NOT_HOST", "SHOW_OVER", "PLAYLIST_NOT_FOUND", "PLAYLIST_CHANGED"],
});

export const addShowTrack = defineCallable({
  name: "addShowTrack",
  summary:
    "Adds a track to the end of the show's playlist. Calls with the same `requestId` add it once.",
  who: "host",
  request: z.strictObject({ showId: documentId, trackUri, requestId: documentId }),
  response: z.strictObject({ revision }),
  reasons: [
    "RATE_LIMITED",
    "SHOW_NOT_FOUND",
    "NOT_HOST",
    "SHOW_OVER",
    "TRACK_NOT_FOUND",
    "PLAYLIST_TOO_LARGE",
    ...spotifyReasons,
  ],
});

export const searchTracks = defineCallable({
  name: "searchTracks",
  summary: "Searches Spotify for tracks, with the caller's own grant.",
  who: "signed in",
  request: z.strictObject({
    query: z.string().trim().min(1).max(200),
    offset: z.int().nonnegative().max(1_000).optional(),
    limit: z.int().min(1).max(10).optional().describe("5 by default and at most 10, as at Spotify"),
  }),
  response: z.strictObject({ items: z.array(track) }),
  limit: "searchTracks",
  reasons: ["RATE_LIMITED", ...spotifyReasons],
});
