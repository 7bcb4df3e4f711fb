import { defineInt, type IntParam, type SecretParam } from "firebase-functions/params";
import {
  livekitApiSecret,
  spotifyClientSecret,
  spotifyCredentialKeys,
  stripeSecretKey,
  stripeWebhookSecret,
} from "./config.js";
import { REGION } from "./contract/region.js";

/** The options with which a function is deployed. */
export interface FunctionOptions {
  readonly memory: "256MiB" | "512MiB";
  readonly cpu: number;
  /** How many requests one instance serves at a time. */
  readonly concurrency: number;
  readonly timeoutSeconds: number;
  readonly minInstances: number | IntParam;
  readonly maxInstances: number | IntParam;
}

export interface FunctionRow extends Partial<FunctionOptions> {
  readonly group: keyof typeof functionGroups;
  readonly secrets?: readonly SecretParam[];
  /** Why it has these secrets and differs from its group. */
  readonly reason: string;
}

/** An idle instance needs 150 MiB. */
const usual = { memory: "512MiB", cpu: 1, timeoutSeconds: 60, minInstances: 0 } as const;

/**
 * Functions whose load grows with the same thing. All of them wait for Firestore, LiveKit or Spotify most
 * of the time, so one instance serves many requests; more than one request at a time takes a whole CPU.
 */
export const functionGroups = {
  listeners: {
    reason: "Every listener calls these, all at once when a show begins.",
    ...usual,
    concurrency: 80,
    maxInstances: maxInstances("LISTENERS_MAX_INSTANCES", 100, "that listeners call"),
  },
  hosts: {
    reason: "Few people call these, and each of them rarely.",
    ...usual,
    concurrency: 80,
    maxInstances: maxInstances("HOSTS_MAX_INSTANCES", 20, "that hosts and speakers call"),
  },
  events: {
    reason:
      "Nobody waits for these. Events beyond the limit are delivered again later, so a crowd delays them and costs no more.",
    ...usual,
    concurrency: 40,
    maxInstances: maxInstances(
      "EVENTS_MAX_INSTANCES",
      50,
      "that handles events, tasks and schedules",
    ),
  },
} as const satisfies Record<string, FunctionOptions & { readonly reason: string }>;

const audio = [livekitApiSecret];
const spotify = [spotifyClientSecret, spotifyCredentialKeys];
const stripe = [stripeSecretKey];

/** The options of scheduled functions. */
const oneAtATime = { concurrency: 1, maxInstances: 1, timeoutSeconds: 300 } as const;

/** Every deployed function. */
export const functionTable = {
  joinShow: {
    group: "listeners",
    secrets: audio,
    minInstances: defineInt("JOIN_SHOW_MIN_INSTANCES", {
      default: 0,
      description: "How many instances of joinShow are kept warm. Each is billed while it is idle.",
    }),
    reason:
      "Signs the token for the audio room. A warm instance saves the first listeners a cold start.",
  },
  leaveShow: { group: "listeners", reason: "Writes documents only." },
  refreshAudio: {
    group: "listeners",
    secrets: audio,
    reason: "The caller hears nothing until it answers.",
  },
  signInWithSpotify: {
    group: "listeners",
    secrets: spotify,
    reason:
      "Exchanges a code and encrypts the grant. It is the first thing a new person waits for.",
  },
  getSpotifyAccessToken: {
    group: "listeners",
    secrets: spotify,
    reason: "Decrypts a grant and refreshes it: about once an hour per listener.",
  },
  serverTime: {
    group: "listeners",
    memory: "256MiB",
    timeoutSeconds: 10,
    maxInstances: maxInstances("SERVER_TIME_MAX_INSTANCES", 20, "that serves the server's time"),
    concurrency: 500,
    reason:
      "Answers at once from memory. Slow answers make phones' clocks less exact, and music less synchronised.",
  },
  share: {
    group: "listeners",
    concurrency: 8,
    maxInstances: maxInstances("SHARE_MAX_INSTANCES", 20, "that serves shared links"),
    reason:
      "Google's CDN answers most requests. Drawing a card takes 100 ms of CPU, during which the instance answers no other request, so an instance serves few requests at a time.",
  },
  disconnectSpotify: {
    group: "listeners",
    timeoutSeconds: 300,
    reason: "Rewrites the thousands of comments that a person may have left.",
  },
  acceptTerms: { group: "listeners", reason: "Writes documents only." },
  exportAccount: { group: "listeners", reason: "Reads up to a megabyte at a time." },
  deleteAccount: {
    group: "listeners",
    secrets: audio,
    timeoutSeconds: 300,
    reason:
      "Disconnects the person from audio rooms, and begins to delete the thousands of documents that they may have.",
  },
  registerDevice: { group: "listeners", reason: "Writes documents only." },
  unregisterDevice: { group: "listeners", reason: "Writes documents only." },
  cancelDeletion: { group: "listeners", reason: "Writes documents only." },
  report: { group: "listeners", reason: "Writes documents only." },
  checkShow: {
    group: "hosts",
    secrets: [...audio, ...spotify],
    reason: "Tests LiveKit and Spotify before a show.",
  },
  startShow: { group: "hosts", secrets: audio, reason: "Opens the audio room." },
  endShow: { group: "hosts", secrets: audio, reason: "Closes the audio room." },
  cancelShow: { group: "hosts", reason: "Writes documents only." },
  decideSpeakRequest: {
    group: "hosts",
    secrets: audio,
    reason: "Changes permissions in the audio room.",
  },
  setRole: { group: "hosts", secrets: audio, reason: "Changes permissions in the audio room." },
  acceptInvitation: {
    group: "hosts",
    secrets: audio,
    reason: "Changes permissions in the audio room.",
  },
  setStageMode: {
    group: "hosts",
    secrets: audio,
    reason: "Changes permissions in the audio room.",
  },
  muteSpeaker: { group: "hosts", secrets: audio, reason: "Mutes a person in the audio room." },
  removeParticipant: {
    group: "hosts",
    secrets: audio,
    reason: "Disconnects a person from the audio room.",
  },
  setWordFilter: { group: "hosts", reason: "Writes documents only." },
  hideComments: { group: "hosts", reason: "Writes documents only." },
  unban: { group: "hosts", reason: "Writes documents only." },
  appealDecision: { group: "hosts", reason: "Writes documents only." },
  listReports: { group: "hosts", reason: "Reads documents only." },
  resolveReport: {
    group: "hosts",
    secrets: audio,
    timeoutSeconds: 300,
    reason: "May close an audio room, or disconnect a person from several.",
  },
  decideAppeal: {
    group: "hosts",
    secrets: audio,
    timeoutSeconds: 300,
    reason: "May close an audio room, or disconnect a person from several.",
  },
  hideComment: { group: "hosts", reason: "Writes documents only." },
  takeDownShow: {
    group: "hosts",
    secrets: audio,
    timeoutSeconds: 300,
    reason: "Closes the audio room and removes everybody from the show.",
  },
  suspendAccount: {
    group: "hosts",
    secrets: audio,
    timeoutSeconds: 300,
    reason: "Disconnects a person from every audio room.",
  },
  liftSuspension: { group: "hosts", reason: "Enables the account in Firebase Auth." },
  setAdmin: { group: "hosts", reason: "Sets a custom claim in Firebase Auth." },
  listMyPlaylists: { group: "hosts", secrets: spotify, reason: "Reads Spotify." },
  setShowPlaylist: { group: "hosts", secrets: spotify, reason: "Reads Spotify." },
  editShowPlaylist: { group: "hosts", reason: "Writes documents only." },
  requestSong: { group: "listeners", secrets: spotify, reason: "Reads Spotify." },
  decideSongRequest: { group: "hosts", reason: "Writes documents only." },
  addShowTrack: { group: "hosts", secrets: spotify, reason: "Reads Spotify." },
  searchTracks: { group: "hosts", secrets: spotify, reason: "Reads Spotify." },
  supportCreator: {
    group: "listeners",
    secrets: stripe,
    reason: "Opens a payment page at Stripe.",
  },
  openSupportAccount: { group: "hosts", secrets: stripe, reason: "Opens an account at Stripe." },
  supportAccountStatus: { group: "hosts", secrets: stripe, reason: "Reads Stripe." },
  openSupportDashboard: { group: "hosts", secrets: stripe, reason: "Reads Stripe." },
  refundSupport: { group: "hosts", secrets: stripe, reason: "Refunds a payment at Stripe." },
  health: {
    group: "hosts",
    secrets: audio,
    timeoutSeconds: 30,
    maxInstances: 2,
    reason: "Asks Firestore and LiveKit, a few times a minute however many call it.",
  },
  onParticipantWritten: {
    group: "events",
    secrets: audio,
    reason: "Removes speakers who left from the audio room.",
  },
  onCommentWritten: { group: "events", reason: "Enqueues tasks." },
  onReactionWritten: { group: "events", reason: "Enqueues tasks." },
  onSongRequestWritten: { group: "events", reason: "Enqueues tasks." },
  onSongVoteWritten: { group: "events", reason: "Enqueues tasks." },
  onSaveWritten: { group: "events", reason: "Enqueues tasks." },
  onPlaybackWritten: { group: "events", reason: "Writes documents only." },
  onShowWritten: {
    group: "events",
    reason: "Enqueues tasks, makes shows findable, counts open drafts and erases deleted ones.",
  },
  audioWebhook: {
    group: "events",
    secrets: audio,
    reason: "Checks LiveKit's signature and changes permissions in the audio room.",
  },
  publishFeed: {
    group: "events",
    concurrency: 20,
    reason: "Reads 50 comments and counts a show's audience, so an instance runs fewer at a time.",
  },
  notify: {
    group: "events",
    concurrency: 2,
    timeoutSeconds: 300,
    reason: "Writes to 500 people's inboxes and sends as many messages, so an instance runs few.",
  },
  sweepShow: {
    group: "events",
    secrets: audio,
    concurrency: 1,
    timeoutSeconds: 300,
    reason:
      "Reads everyone in an audio room, perhaps tens of thousands of people, in one response from LiveKit, so an instance runs one at a time.",
  },
  sweepShows: {
    group: "events",
    secrets: audio,
    ...oneAtATime,
    reason: "Runs once a minute, never twice at a time. It lists the audio rooms.",
  },
  expireData: {
    group: "events",
    ...oneAtATime,
    timeoutSeconds: 1_800,
    reason: "Runs once an hour, never twice at a time. It deletes what has been kept long enough.",
  },
  stripeWebhook: {
    group: "events",
    secrets: [...stripe, stripeWebhookSecret],
    reason: "Checks Stripe's signature, and asks Stripe about accounts and disputes.",
  },
  checkPayments: {
    group: "events",
    secrets: stripe,
    ...oneAtATime,
    reason: "Runs once an hour, never twice at a time. It asks Stripe about payments.",
  },
  onBlockWritten: {
    group: "events",
    secrets: audio,
    reason: "Removes a blocked person from the show and the audio room.",
  },
  sweepBlocks: {
    group: "events",
    secrets: audio,
    ...oneAtATime,
    reason: "Runs once an hour, never twice at a time. It may remove people from audio rooms.",
  },
  listFollowers: { group: "hosts", reason: "Reads documents only." },
  onFollowWritten: { group: "events", reason: "Writes documents and enqueues tasks." },
  countFollowers: { group: "events", reason: "Counts a creator's followers." },
  sweepFollowers: {
    group: "events",
    ...oneAtATime,
    timeoutSeconds: 1_800,
    reason: "Runs once a day, never twice at a time. It counts each creator's followers.",
  },
  onProfileWritten: { group: "events", reason: "Writes documents only." },
  onCredentialsDeleted: {
    group: "events",
    reason: "Completes a disconnection from Spotify, which may have many comments.",
  },
  sweepAccounts: {
    group: "events",
    secrets: audio,
    ...oneAtATime,
    reason: "Runs once a minute, never twice at a time. It may disconnect people from audio rooms.",
  },
  sweepDeletions: {
    group: "events",
    secrets: audio,
    ...oneAtATime,
    reason: "Runs once a minute, never twice at a time. It disconnects people from audio rooms.",
  },
} as const satisfies Record<string, FunctionRow>;

export type FunctionName = keyof typeof functionTable;

/** A function's options, in the form that `onCall` and the other triggers take. */
export function optionsOf(
  name: FunctionName,
): FunctionOptions & { readonly region: string; readonly secrets: SecretParam[] } {
  const row: FunctionRow = functionTable[name];
  const group = functionGroups[row.group];
  return {
    region: REGION,
    memory: row.memory ?? group.memory,
    cpu: row.cpu ?? group.cpu,
    concurrency: row.concurrency ?? group.concurrency,
    timeoutSeconds: row.timeoutSeconds ?? group.timeoutSeconds,
    minInstances: row.minInstances ?? group.minInstances,
    maxInstances: row.maxInstances ?? group.maxInstances,
    secrets: [...(row.secrets ?? [])],
  };
}

/** A limit that a deployment may change without touching the code. */
function maxInstances(param: string, limit: number, which: string): IntParam {
  return defineInt(param, {
    default: limit,
    description: `The maximum number of instances of each function ${which}. When all are busy, a request waits and then fails with 429.`,
  });
}
