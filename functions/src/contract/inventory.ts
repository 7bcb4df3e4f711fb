import { globalRegistry, type z } from "zod";
import { activityDocument, leaseDocument, participantDocument } from "./audience.js";
import { adminDocument, auditDocument, confirmationDocument } from "./admins.js";
import { suspensionDocument } from "./suspensions.js";
import { blockDocument, hiddenDocument } from "./blocks.js";
import { clientConfigDocument } from "./clientConfig.js";
import { commentDocument } from "./comments.js";
import {
  dataPolicies,
  type DataPolicy,
  type DataPolicyName,
  type SubjectRole,
} from "./dataPolicies.js";
import { audienceCurveDocument, feedDocument } from "./feed.js";
import { followingDocument, followsDocument } from "./follows.js";
import { accountDocument, userDocument } from "./identity.js";
import { sweepDocument } from "./health.js";
import { limitDocument } from "./limits.js";
import { banDocument } from "./moderation.js";
import { noticeDocument } from "./notices.js";
import {
  deviceDocument,
  notificationDocument,
  notificationSettingsDocument,
  reminderDocument,
} from "./notifications.js";
import { reportDocument } from "./reports.js";
import {
  playbackDocument,
  playlistDocument,
  playlistRevisionDocument,
  removedTracksDocument,
  setlistDocument,
  timelineDocument,
  trackRequestDocument,
} from "./music.js";
import { deletionDocument } from "./privacy.js";
import { queries, type QueryDeclaration } from "./queries.js";
import { creatorSearchDocument, showSearchDocument } from "./search.js";
import { reactionDocument } from "./reactions.js";
import {
  liveShowDocument,
  quotaDocument,
  showDocument,
  showIdDocument,
  showSummary,
} from "./shows.js";
import { saveDocument } from "./saves.js";
import { songRequestDocument, songVotesDocument } from "./songRequests.js";
import { credentialsDocument } from "./spotify.js";
import { paymentDocument, supportAccountDocument } from "./support.js";
import { speakRequestDocument, stageDocument } from "./stage.js";
import { termsDocument } from "./terms.js";
import { wordFilterDocument } from "./wordFilter.js";

/**
 * How a person's documents at a path are found: `path`: the uid is the path's only variable; `beneath`: in the collection
 * beneath their own document; `place`: one in each show in which they have a participant document; or by a query with their
 * uid.
 */
export type Locator = "path" | "place" | { readonly beneath: QueryDeclaration } | QueryDeclaration;

/** One kind of document: where it is, what is in it, and whose it may be. */
export interface InventoryEntry {
  readonly path: string;
  readonly schema: z.ZodObject;
  readonly description: string;
  /** How the documents of a person in each role are found. Deletion and export go by this and the fields' policies. */
  readonly people: readonly (readonly [whose: SubjectRole, locator: Locator])[];
}

/** Every document that is stored: people first, then shows and what they contain. */
export const inventory = [
  {
    path: "users/{uid}",
    schema: userDocument,
    description: "The public profile. Name, picture and link come from Spotify at every sign-in.",
    people: [["owner", "path"]],
  },
  {
    path: "users/{uid}/private/account",
    schema: accountDocument,
    description: "What Spotify says about the account. Only its owner can read it.",
    people: [["owner", "path"]],
  },
  {
    path: "users/{uid}/following/{creatorUid}",
    schema: followingDocument,
    description:
      "That a person follows a creator. Only the person can read it; `listFollowers` names the followers to the creator.",
    people: [
      ["owner", { beneath: queries.everyoneFollowed }],
      ["followed", queries.followersOf],
    ],
  },
  {
    path: "users/{uid}/private/follows",
    schema: followsDocument,
    description: "Whom a person follows, in one document. Only its owner can read it.",
    people: [
      ["owner", "path"],
      ["followed", queries.followListsWith],
    ],
  },
  {
    path: "users/{uid}/private/terms",
    schema: termsDocument,
    description:
      "Which terms a person has accepted, and their age band. Only its owner can read it.",
    people: [["owner", "path"]],
  },
  {
    path: "users/{uid}/blocked/{otherUid}",
    schema: blockDocument,
    description: "A person whom the owner has blocked. The owner creates and deletes it.",
    people: [["owner", { beneath: queries.everyBlockBy }]],
  },
  {
    path: "users/{uid}/reminders/{showId}",
    schema: reminderDocument,
    description:
      "That a person wants to be reminded of a scheduled show. The owner creates and deletes it.",
    people: [["owner", { beneath: queries.everyReminderOf }]],
  },
  {
    path: "users/{uid}/inbox/{notificationId}",
    schema: notificationDocument,
    description: "A notification. Only its owner can read it, and mark it as read.",
    people: [
      ["owner", { beneath: queries.everyNotificationOf }],
      ["creator", queries.notificationsAbout],
    ],
  },
  {
    path: "users/{uid}/private/notifications",
    schema: notificationSettingsDocument,
    description: "How a person wants to be notified. The owner writes it, except `sent`.",
    people: [["owner", "path"]],
  },
  {
    path: "devices/{deviceId}",
    schema: deviceDocument,
    description: "An app that receives a person's notifications. Only for the server.",
    people: [["owner", queries.devicesOf]],
  },
  {
    path: "users/{uid}/private/hidden",
    schema: hiddenDocument,
    description:
      "The people whom the owner has blocked or who have blocked the owner. Apps do not show them to each other.",
    people: [["owner", "path"]],
  },
  {
    path: "spotifyCredentials/{uid}",
    schema: credentialsDocument,
    description: "The encrypted Spotify grant. No client can read it, not even its owner's.",
    people: [["owner", "path"]],
  },
  {
    path: "liveShows/{creatorUid}",
    schema: liveShowDocument,
    description: "The creator's live show. Only for the server.",
    people: [["owner", "path"]],
  },
  {
    path: "shows/{showId}/reactions/{uid}",
    schema: reactionDocument,
    description: "How often a person has tapped each reaction in a show. Its owner writes it.",
    people: [["owner", "place"]],
  },
  {
    path: "stages/{showId}",
    schema: stageDocument,
    description: "The server's state of a live show's stage. Only for the server.",
    people: [["owner", "place"]],
  },
  {
    path: "stages/{showId}/leases/{uid}",
    schema: leaseDocument,
    description: "Until when the server counts a person as present. Only for the server.",
    people: [["owner", "place"]],
  },
  {
    path: "stages/{showId}/playlists/{revision}",
    schema: playlistRevisionDocument,
    description: "The lengths of a revision's tracks, for counting plays. Only for the server.",
    people: [],
  },
  {
    path: "stages/{showId}/removedTracks/{revision}",
    schema: removedTracksDocument,
    description:
      "The tracks that a revision of the playlist lost while the show was live, for the setlist. Only for the server.",
    people: [],
  },
  {
    path: "stages/{showId}/measures/audience",
    schema: audienceCurveDocument,
    description: "The audience over time, for the summary. Only for the server.",
    people: [],
  },
  {
    path: "stages/{showId}/trackRequests/{requestId}",
    schema: trackRequestDocument,
    description: "An added track, so that a retry does not add it again. Only for the server.",
    people: [["actor", queries.tracksAddedBy]],
  },
  {
    path: "shows/{showId}",
    schema: showDocument,
    description:
      "A show. Limits on what its creator and hosts write (title, description, settings) are in `firestore.rules`.",
    people: [
      ["creator", queries.everyShowOf],
      ["actor", queries.showsLedBy],
    ],
  },
  {
    path: "shows/{showId}/participants/{uid}",
    schema: participantDocument,
    description: "A person in a show.",
    people: [["owner", "place"]],
  },
  {
    path: "shows/{showId}/activity/{uid}",
    schema: activityDocument,
    description: "The timestamps that measure slow mode and presence.",
    people: [["owner", "place"]],
  },
  {
    path: "shows/{showId}/speakRequests/{uid}",
    schema: speakRequestDocument,
    description: "A person's request to speak, and its result.",
    people: [
      ["owner", "place"],
      ["actor", queries.requestsDecidedBy],
    ],
  },
  {
    path: "shows/{showId}/songRequests/{requestId}",
    schema: songRequestDocument,
    description:
      "A song that somebody in the audience would like to hear, and its result. Hosts and the person who requested it can read it, and that person can delete it while it is open.",
    people: [
      ["owner", queries.everySongRequestBy],
      ["actor", queries.songRequestsDecidedBy],
    ],
  },
  {
    path: "shows/{showId}/songVotes/{uid}",
    schema: songVotesDocument,
    description: "The song requests that a person votes for. Its owner writes it.",
    people: [["owner", "place"]],
  },
  {
    path: "shows/{showId}/comments/{commentId}",
    schema: commentDocument,
    description: "A comment. Its author writes it in one batch with their `activity` timestamp.",
    people: [
      ["author", queries.everyCommentOf],
      ["answered", queries.repliesTo],
      ["mentioned", queries.commentsMentioning],
    ],
  },
  {
    path: "shows/{showId}/feed/latest",
    schema: feedDocument,
    description:
      "What changes often: the audience's size, reactions, song requests and, when comments come fast, the latest comments.",
    people: [["author", "place"]],
  },
  {
    path: "shows/{showId}/playlist/current",
    schema: playlistDocument,
    description: "The show's whole playlist, in one document.",
    people: [],
  },
  {
    path: "shows/{showId}/playback/now",
    schema: playbackDocument,
    description: "What the stage plays. In `talk` the track is null and `positionMs` 0.",
    people: [["actor", queries.playbackBy]],
  },
  {
    path: "shows/{showId}/timeline/{sequence}",
    schema: timelineDocument,
    description: "A change of `playback/now`. Each change is kept once.",
    people: [["actor", queries.timelineBy]],
  },
  {
    path: "shows/{showId}/filter/words",
    schema: wordFilterDocument,
    description: "The words that comments and messages in the show may not contain. For hosts.",
    people: [],
  },
  {
    path: "config/words",
    schema: wordFilterDocument,
    description: "The words that the whole service filters. Only for the server and the rules.",
    people: [],
  },
  {
    path: "shows/{showId}/bans/{uid}",
    schema: banDocument,
    description: "A banned person.",
    people: [
      ["banned", queries.bansOf],
      ["actor", queries.bansBy],
    ],
  },
  {
    path: "shows/{showId}/saves/{uid}",
    schema: saveDocument,
    description:
      "That a person opened or saved the show's music in Spotify, as their app says. Its owner writes it.",
    people: [["owner", "place"]],
  },
  {
    path: "shows/{showId}/setlist/final",
    schema: setlistDocument,
    description: "The tracks that the show played, written when it ends.",
    people: [],
  },
  {
    path: "shows/{showId}/summary/final",
    schema: showSummary,
    description: "The summary for the creator, written when the show ends.",
    people: [],
  },
  {
    path: "reports/{reportId}",
    schema: reportDocument,
    description:
      "A person's report with a snapshot of what it is about, and what admins decided. Only admins can read it.",
    people: [
      ["reporter", queries.reportsBy],
      ["reported", queries.reportsAbout],
    ],
  },
  {
    path: "users/{uid}/notices/{noticeId}",
    schema: noticeDocument,
    description: "The statement of reasons of a decision. Only its owner can read it.",
    people: [
      ["owner", { beneath: queries.everyNoticeOf }],
      ["reported", queries.noticesAbout],
    ],
  },
  {
    path: "suspensions/{uid}",
    schema: suspensionDocument,
    description: "A suspended person. Only for the server and the rules.",
    people: [["owner", "path"]],
  },
  {
    path: "admins/{uid}",
    schema: adminDocument,
    description: "Whether a person was made an admin. Only for the server.",
    people: [["owner", "path"]],
  },
  {
    path: "confirmations/{id}",
    schema: confirmationDocument,
    description: "An action on an admin that waits for a second admin. Only for the server.",
    people: [],
  },
  {
    path: "audit/{id}",
    schema: auditDocument,
    description: "What an admin did. Only admins can read it, and nobody can change it.",
    people: [["reported", queries.everyAuditAbout]],
  },
  {
    path: "limits/{limit}_{hash}",
    schema: limitDocument,
    description: "When a caller's allowance is full again. Only for the server.",
    people: [],
  },
  {
    path: "quotas/{uid}",
    schema: quotaDocument,
    description: "How many open drafts a person has. Only for the server and the rules.",
    people: [["owner", "path"]],
  },
  {
    path: "showSearch/{showId}",
    schema: showSearchDocument,
    description: "A public show, for the search by the words of its title and its creator's name.",
    people: [["creator", queries.searchedShowsOf]],
  },
  {
    path: "creatorSearch/{uid}",
    schema: creatorSearchDocument,
    description: "A person with a public show, for the search by name.",
    people: [["owner", "path"]],
  },
  {
    path: "showIds/{showId}",
    schema: showIdDocument,
    description: "That a show has had this id. Only for the server and the rules.",
    people: [],
  },
  {
    path: "supportAccounts/{uid}",
    schema: supportAccountDocument,
    description: "A creator's account at Stripe. Only its owner can read it.",
    people: [["owner", "path"]],
  },
  {
    path: "payments/{supportId}",
    schema: paymentDocument,
    description:
      "A payment to a creator. The supporter and the creator can read it, and only the server writes it.",
    people: [
      ["supporter", queries.everyPaymentBy],
      ["supported", queries.everyPaymentTo],
    ],
  },
  {
    path: "deletions/{uid}",
    schema: deletionDocument,
    description: "A pending deletion of an account. Only for the server.",
    people: [["owner", "path"]],
  },
  {
    path: "sweeps/shows",
    schema: sweepDocument,
    description: "When `sweepShows` ran last, for `health`. Only for the server.",
    people: [],
  },
  {
    path: "config/client",
    schema: clientConfigDocument,
    description: "The configuration that every app reads at startup, signed in or not.",
    people: [],
  },
] as const satisfies readonly InventoryEntry[];

/** The policy of each field of a document; undefined where a field names none. */
export function policiesOf({
  schema,
}: Pick<InventoryEntry, "schema">): Readonly<Record<string, DataPolicyName | undefined>> {
  return Object.fromEntries(
    Object.entries<z.core.$ZodType>(schema.shape).map(([field, type]) => [
      field,
      policyNameOf(type),
    ]),
  );
}

/** The fields of a document that belong to a person in the given role. */
export function fieldsOf(
  entry: Pick<InventoryEntry, "schema">,
  whose: SubjectRole,
): readonly (readonly [field: string, policy: DataPolicy])[] {
  return Object.entries(policiesOf(entry)).flatMap(([field, name]) => {
    if (name === undefined) return [];
    const policy: DataPolicy = dataPolicies[name];
    return policy.whose === whose ? [[field, policy] as const] : [];
  });
}

/** The fields of a document that the export of a person in the given role has. */
export function exportedFieldsOf(
  entry: Pick<InventoryEntry, "schema">,
  whose: SubjectRole,
): readonly string[] {
  return Object.entries(policiesOf(entry)).flatMap(([field, name]) => {
    if (name === undefined) return [];
    const policy: DataPolicy = dataPolicies[name];
    const isTheirs = policy.whose === whose || policy.sharedWith === whose;
    return isTheirs && policy.notExported === undefined ? [field] : [];
  });
}

function policyNameOf(type: z.core.$ZodType): DataPolicyName | undefined {
  const { data } = globalRegistry.get(type) ?? {};
  return isPolicyName(data) ? data : undefined;
}

function isPolicyName(name: unknown): name is DataPolicyName {
  return typeof name === "string" && Object.hasOwn(dataPolicies, name);
}
