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
import { blockDocument, hiddenDocument } from "../functions/src/contract/blocks.js";
import { commentDocument } from "../functions/src/contract/comments.js";
import { accountDocument, userDocument } from "../functions/src/contract/identity.js";
import {
  adminDocument,
  auditDocument,
  confirmationDocument,
  suspensionDocument,
} from "../functions/src/contract/accounts.js";
import { banDocument } from "../functions/src/contract/moderation.js";
import { noticeDocument } from "../functions/src/contract/notices.js";
import { reportDocument } from "../functions/src/contract/reports.js";
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
  showIdDocument,
  showDocument,
  showSummary,
} from "../functions/src/contract/shows.js";
import { credentialsDocument } from "../functions/src/contract/spotify.js";
import { speakRequestDocument, stageDocument } from "../functions/src/contract/stage.js";
import { termsDocument } from "../functions/src/contract/terms.js";
import { wordFilterDocument } from "../functions/src/contract/wordFilter.js";

export interface DocumentReference {
  readonly path: string;
  readonly schema: z.core.$ZodType;
  readonly description: string;
}

/** Every document with a schema: people first, then shows and what they contain. */
export const documents: readonly DocumentReference[] = [
  {
    path: "users/{uid}",
    schema: userDocument,
    description: "The public profile. Name, picture and link come from Spotify at every sign-in.",
  },
  {
    path: "users/{uid}/private/account",
    schema: accountDocument,
    description: "What Spotify says about the account. Only its owner can read it.",
  },
  {
    path: "users/{uid}/private/terms",
    schema: termsDocument,
    description:
      "Which terms a person has accepted, and their age band. Only its owner can read it.",
  },
  {
    path: "users/{uid}/blocked/{otherUid}",
    schema: blockDocument,
    description: "A person whom the owner has blocked. The owner creates and deletes it.",
  },
  {
    path: "users/{uid}/private/hidden",
    schema: hiddenDocument,
    description:
      "The people whom the owner has blocked or who have blocked the owner. Apps do not show them to each other.",
  },
  {
    path: "spotifyCredentials/{uid}",
    schema: credentialsDocument,
    description: "The encrypted Spotify grant. No client can read it, not even its owner's.",
  },
  {
    path: "liveShows/{creatorUid}",
    schema: liveShowDocument,
    description: "The creator's live show. Only for the server.",
  },
  {
    path: "shows/{showId}/reactions/{uid}",
    schema: reactionDocument,
    description: "How often a person has tapped each reaction in a show. Its owner writes it.",
  },
  {
    path: "stages/{showId}",
    schema: stageDocument,
    description: "The server's state of a live show's stage. Only for the server.",
  },
  {
    path: "stages/{showId}/leases/{uid}",
    schema: leaseDocument,
    description: "Until when the server counts a person as present. Only for the server.",
  },
  {
    path: "stages/{showId}/playlists/{revision}",
    schema: playlistRevisionDocument,
    description: "The lengths of a revision's tracks, for counting plays. Only for the server.",
  },
  {
    path: "stages/{showId}/trackRequests/{requestId}",
    schema: trackRequestDocument,
    description: "An added track, so that a retry does not add it again. Only for the server.",
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
    description: "A person in a show.",
  },
  {
    path: "shows/{showId}/activity/{uid}",
    schema: activityDocument,
    description: "The timestamps that measure slow mode and presence.",
  },
  {
    path: "shows/{showId}/speakRequests/{uid}",
    schema: speakRequestDocument,
    description: "A person's request to speak, and its result.",
  },
  {
    path: "shows/{showId}/comments/{commentId}",
    schema: commentDocument,
    description: "A comment. Its author writes it in one batch with their `activity` timestamp.",
  },
  {
    path: "shows/{showId}/feed/latest",
    schema: feedDocument,
    description:
      "What changes often: the audience's size, reactions and, when comments come fast, the latest comments.",
  },
  {
    path: "shows/{showId}/playlist/current",
    schema: playlistDocument,
    description: "The show's whole playlist, in one document.",
  },
  {
    path: "shows/{showId}/playback/now",
    schema: playbackDocument,
    description: "What the stage plays. In `talk` the track is null and `positionMs` 0.",
  },
  {
    path: "shows/{showId}/timeline/{sequence}",
    schema: timelineDocument,
    description: "A change of `playback/now`. Each change is kept once.",
  },
  {
    path: "shows/{showId}/filter/words",
    schema: wordFilterDocument,
    description: "The words that comments and messages in the show may not contain. For hosts.",
  },
  {
    path: "config/words",
    schema: wordFilterDocument,
    description: "The words that the whole service filters. Only for the server and the rules.",
  },
  {
    path: "shows/{showId}/bans/{uid}",
    schema: banDocument,
    description: "A banned person.",
  },
  {
    path: "shows/{showId}/summary/final",
    schema: showSummary,
    description: "The summary for the creator, written when the show ends.",
  },
  {
    path: "reports/{reportId}",
    schema: reportDocument,
    description:
      "A person's report with a snapshot of what it is about, and what admins decided. Only admins can read it.",
  },
  {
    path: "users/{uid}/notices/{noticeId}",
    schema: noticeDocument,
    description: "The statement of reasons of a decision. Only its owner can read it.",
  },
  {
    path: "suspensions/{uid}",
    schema: suspensionDocument,
    description: "A suspended person. Only for the server and the rules.",
  },
  {
    path: "admins/{uid}",
    schema: adminDocument,
    description: "Whether a person was made an admin. Only for the server.",
  },
  {
    path: "confirmations/{id}",
    schema: confirmationDocument,
    description: "An action on an admin that waits for a second admin. Only for the server.",
  },
  {
    path: "audit/{id}",
    schema: auditDocument,
    description: "What an admin did. Only admins can read it, and nobody can change it.",
  },
  {
    path: "limits/{limit}_{hash}",
    schema: limitDocument,
    description: "When a caller's allowance is full again. Only for the server.",
  },
  {
    path: "quotas/{uid}",
    schema: quotaDocument,
    description: "How many open drafts a person has. Only for the server and the rules.",
  },
  {
    path: "showIds/{showId}",
    schema: showIdDocument,
    description: "That a show has had this id. Only for the server and the rules.",
  },
  {
    path: "config/client",
    schema: clientConfigDocument,
    description: "The configuration that every app reads at startup, signed in or not.",
  },
];
