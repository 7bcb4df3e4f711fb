import type { z } from "zod";
import {
  activityDocument,
  leaseDocument,
  participantDocument,
} from "../functions/src/contract/audience.js";
import { feedDocument } from "../functions/src/contract/feed.js";
import { reactionDocument } from "../functions/src/contract/reactions.js";
import { limitDocument } from "../functions/src/contract/limits.js";
import { clientConfigDocument } from "../functions/src/contract/clientConfig.js";
import { commentDocument } from "../functions/src/contract/comments.js";
import { accountDocument, userDocument } from "../functions/src/contract/identity.js";
import { banDocument, reportDocument } from "../functions/src/contract/moderation.js";
import {
  playbackDocument,
  playlistDocument,
  playlistRevisionDocument,
  timelineDocument,
  trackRequestDocument,
} from "../functions/src/contract/music.js";
import {
  liveShowDocument,
  quotaDocument,
  showDocument,
  showSummary,
} from "../functions/src/contract/shows.js";
import { credentialsDocument } from "../functions/src/contract/spotify.js";
import { speakRequestDocument, stageDocument } from "../functions/src/contract/stage.js";

export interface DocumentReference {
  readonly path: string;
  readonly schema: z.core.$ZodType;
  readonly description: string;
}

/** Every document with a schema: people first, then a show and what is in it. */
export const documents: readonly DocumentReference[] = [
  {
    path: "users/{uid}",
    schema: userDocument,
    description: "The public profile. Name, picture and link come from Spotify at every sign-in.",
  },
  {
    path: "users/{uid}/private/account",
    schema: accountDocument,
    description: "What Spotify tells of the account, for its owner alone.",
  },
  {
    path: "spotifyCredentials/{uid}",
    schema: credentialsDocument,
    description: "The Spotify grant, encrypted. No client reads it, not even its owner.",
  },
  {
    path: "liveShows/{creatorUid}",
    schema: liveShowDocument,
    description: "The one show of a creator that is live. For the server alone.",
  },
  {
    path: "shows/{showId}/reactions/{uid}",
    schema: reactionDocument,
    description: "How often a person has tapped each reaction in a show. Its owner writes it.",
  },
  {
    path: "stages/{showId}",
    schema: stageDocument,
    description: "What the server has to know of a live show's stage. For the server alone.",
  },
  {
    path: "stages/{showId}/leases/{uid}",
    schema: leaseDocument,
    description: "How long the server counts a person as present. For the server alone.",
  },
  {
    path: "stages/{showId}/playlists/{revision}",
    schema: playlistRevisionDocument,
    description: "The lengths of a revision's tracks, for counting plays. For the server alone.",
  },
  {
    path: "stages/{showId}/trackRequests/{requestId}",
    schema: trackRequestDocument,
    description: "A track that was added, so that it is added once. For the server alone.",
  },
  {
    path: "shows/{showId}",
    schema: showDocument,
    description:
      "A show. Limits on what its creator and hosts write (title, description, settings) are in `firestore.rules`.",
  },
  {
    path: "shows/{showId}/participants/{uid}",
    schema: participantDocument,
    description: "One person's place in a show.",
  },
  {
    path: "shows/{showId}/activity/{uid}",
    schema: activityDocument,
    description: "The stamps that slow mode and presence are measured by.",
  },
  {
    path: "shows/{showId}/speakRequests/{uid}",
    schema: speakRequestDocument,
    description: "One person's wish to speak, and what became of it.",
  },
  {
    path: "shows/{showId}/comments/{commentId}",
    schema: commentDocument,
    description: "Written by its author in one batch with his `activity` stamp.",
  },
  {
    path: "shows/{showId}/feed/latest",
    schema: feedDocument,
    description: "What changes too often to be a document each.",
  },
  {
    path: "shows/{showId}/playlist/current",
    schema: playlistDocument,
    description: "The show's playlist, whole, in one document.",
  },
  {
    path: "shows/{showId}/playback/now",
    schema: playbackDocument,
    description: "What the stage plays. In `talk` the track is null and `positionMs` 0.",
  },
  {
    path: "shows/{showId}/timeline/{sequence}",
    schema: timelineDocument,
    description: "What `playback/now` said, each change once.",
  },
  {
    path: "shows/{showId}/bans/{uid}",
    schema: banDocument,
    description: "Who may not come back.",
  },
  {
    path: "shows/{showId}/summary/final",
    schema: showSummary,
    description: "What the creator is told at the end.",
  },
  {
    path: "reports/{reportId}",
    schema: reportDocument,
    description: "What somebody found wrong, for the admins.",
  },
  {
    path: "limits/{limit}_{hash}",
    schema: limitDocument,
    description: "What is left of somebody's allowance. For the server alone.",
  },
  {
    path: "quotas/{uid}",
    schema: quotaDocument,
    description: "How many open drafts a person has. The rules read it; for the server alone.",
  },
  {
    path: "config/client",
    schema: clientConfigDocument,
    description: "What every app reads at its start, signed in or not.",
  },
];
