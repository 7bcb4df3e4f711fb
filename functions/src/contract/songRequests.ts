import { z } from "zod";
import { defineCallable } from "./callable.js";
import { documentId, timestamp, userId } from "./fields.js";
import { spotifyReasons, track, trackUri } from "./music.js";

/** How many open requests one person can have in a show. */
export const MAX_OPEN_PER_PERSON = 3;

/** How many open requests a show can have: `publishFeed` counts the votes of each. Simultaneous requests may exceed it by a few. */
export const MAX_OPEN_SONG_REQUESTS = 100;

/** How many songs one person can vote for. The next vote replaces the oldest. */
export const MAX_SONG_VOTES = 20;

/** The shortest time between two changes of a person's votes that the rules accept, in ms. */
export const SONG_VOTE_INTERVAL_MS = 5_000;

/** How many of the open requests `feed/latest` carries. */
export const PUBLISHED_SONG_REQUESTS = 20;

/** What a host decides. */
const songDecision = z.enum(["accept", "decline"]);

/**
 * `shows/{showId}/songRequests/{requestId}`: a song that somebody in the audience would like to hear. The id is the track's id at
 * Spotify, so two people who want the same song share one request. A request that is still open when the show ends stays open,
 * because nobody can decide it any more.
 */
export const songRequestDocument = z.object({
  track: track.meta({ data: "songRequest" }),
  requestedBy: userId.meta({ data: "songRequest" }),
  createdAt: timestamp.meta({ data: "songRequest" }),
  status: z.enum(["open", "accepted", "declined"]).meta({ data: "songRequest" }),
  decidedAt: timestamp.nullable().default(null).meta({ data: "songRequest" }),
  decidedBy: userId.nullable().default(null).meta({ data: "actor" }),
});
export type SongRequestDocument = z.infer<typeof songRequestDocument>;

/** An open request as the feed carries it. */
export const publishedSongRequest = songRequestDocument
  .pick({ track: true, requestedBy: true, createdAt: true })
  .extend({ id: z.string(), votes: z.int().nonnegative() });
export type PublishedSongRequest = z.infer<typeof publishedSongRequest>;

/**
 * `shows/{showId}/songVotes/{uid}`: the requests that one person votes for, the oldest vote first. The owner writes it, and so
 * does `requestSong`, because a person who requests a song votes for it. The server counts the votes, so that a crowd never writes to the
 * same counter.
 */
export const songVotesDocument = z.object({
  requestIds: z.array(z.string()).max(MAX_SONG_VOTES).meta({ data: "songVote" }),
  at: timestamp.meta({ data: "songVote" }),
});
export type SongVotesDocument = z.infer<typeof songVotesDocument>;

/** The votes with one more, at the end. */
export function withVote(requestIds: readonly string[], requestId: string): string[] {
  return [...requestIds.filter((id) => id !== requestId), requestId].slice(-MAX_SONG_VOTES);
}

/**
 * It takes a track's URI, not a search text: Spotify limits an app's requests, not a person's. A new song costs one request to
 * Spotify, and a vote for it none. An app can let people find a track with `searchTracks`, whose limit per person is strict.
 */
export const requestSong = defineCallable({
  name: "requestSong",
  summary:
    "Requests a song for the show's playlist, with the caller's vote. If it has been requested already, the caller votes for it. The server reads the track at Spotify, with the caller's own grant. Each song can be requested once per show: after a host has decided it, it cannot be requested again.",
  who: "participant",
  request: z.strictObject({ showId: documentId, trackUri }),
  response: z.strictObject({ requestId: documentId }),
  limit: "requestSong",
  reasons: [
    "RATE_LIMITED",
    "SHOW_NOT_FOUND",
    "SHOW_NOT_LIVE",
    "NOT_PARTICIPANT",
    "TERMS_NOT_ACCEPTED",
    "SONG_REQUESTS_CLOSED",
    "SONG_ALREADY_COMING",
    "SONG_REQUEST_LIMIT",
    "SONG_REQUESTS_FULL",
    "REQUEST_NOT_PENDING",
    "TRACK_NOT_FOUND",
    ...spotifyReasons,
  ],
});

export const decideSongRequest = defineCallable({
  name: "decideSongRequest",
  summary:
    "Accepts an open song request, which adds the track to the end of the show's playlist, or declines it. Repeating the same decision returns the same answer. If the playlist is full, the request stays open.",
  who: "host",
  request: z.strictObject({ showId: documentId, requestId: documentId, decision: songDecision }),
  response: z.strictObject({ status: z.enum(["accepted", "declined"]) }),
  reasons: [
    "SHOW_NOT_FOUND",
    "NOT_HOST",
    "SHOW_NOT_LIVE",
    "REQUEST_NOT_PENDING",
    "PLAYLIST_TOO_LARGE",
  ],
});
