import type {
  CollectionReference,
  DocumentReference,
  Firestore,
  FirestoreDataConverter,
} from "firebase-admin/firestore";
import type { z } from "zod";
import { activityDocument, leaseDocument, participantDocument } from "./contract/audience.js";
import { blockDocument, hiddenDocument } from "./contract/blocks.js";
import { audienceCurveDocument, feedDocument } from "./contract/feed.js";
import { clientConfigDocument } from "./contract/clientConfig.js";
import { commentDocument } from "./contract/comments.js";
import { followingDocument, followsDocument } from "./contract/follows.js";
import { accountDocument, userDocument } from "./contract/identity.js";
import {
  playbackDocument,
  playlistDocument,
  playlistRevisionDocument,
  removedTracksDocument,
  setlistDocument,
  timelineDocument,
  trackRequestDocument,
} from "./contract/music.js";
import { sweepDocument } from "./contract/health.js";
import { limitDocument, type LimitName } from "./contract/limits.js";
import { deletionDocument } from "./contract/privacy.js";
import { reactionDocument } from "./contract/reactions.js";
import { saveDocument } from "./contract/saves.js";
import { songRequestDocument, songVotesDocument } from "./contract/songRequests.js";
import {
  liveShowDocument,
  quotaDocument,
  showDocument,
  showIdDocument,
  showSummary,
} from "./contract/shows.js";
import { credentialsDocument } from "./contract/spotify.js";
import { adminDocument, auditDocument, confirmationDocument } from "./contract/admins.js";
import { suspensionDocument } from "./contract/suspensions.js";
import { banDocument } from "./contract/moderation.js";
import {
  deviceDocument,
  notificationDocument,
  notificationSettingsDocument,
  reminderDocument,
} from "./contract/notifications.js";
import { noticeDocument } from "./contract/notices.js";
import { reportDocument } from "./contract/reports.js";
import { paymentDocument, supportAccountDocument } from "./contract/support.js";
import { creatorSearchDocument, showSearchDocument } from "./contract/search.js";
import { speakRequestDocument, stageDocument } from "./contract/stage.js";
import { termsDocument } from "./contract/terms.js";
import { wordFilterDocument } from "./contract/wordFilter.js";

/** Reads through the schema, so that a document of another shape is an error where it is read. */
function converter<Schema extends z.ZodObject>(
  schema: Schema,
): FirestoreDataConverter<z.infer<Schema>> {
  return {
    toFirestore: (document) => document,
    fromFirestore: (snapshot) => schema.parse(snapshot.data()),
  };
}

function typed<Schema extends z.ZodObject>(schema: Schema) {
  const withSchema = converter(schema);
  return {
    doc: (firestore: Firestore, path: string): DocumentReference<z.infer<Schema>> =>
      firestore.doc(path).withConverter(withSchema),
    collection: (firestore: Firestore, path: string): CollectionReference<z.infer<Schema>> =>
      firestore.collection(path).withConverter(withSchema),
  };
}

const users = typed(userDocument);
const accounts = typed(accountDocument);
const blocks = typed(blockDocument);
const follows = typed(followingDocument);
const followLists = typed(followsDocument);
const hiddenPeople = typed(hiddenDocument);
const wordFilters = typed(wordFilterDocument);
const terms = typed(termsDocument);
const sweeps = typed(sweepDocument);
const clientConfigs = typed(clientConfigDocument);
const credentials = typed(credentialsDocument);
const liveShows = typed(liveShowDocument);
const shows = typed(showDocument);
const participants = typed(participantDocument);
const activities = typed(activityDocument);
const speakRequests = typed(speakRequestDocument);
const songRequests = typed(songRequestDocument);
const songVotes = typed(songVotesDocument);
const comments = typed(commentDocument);
const reactions = typed(reactionDocument);
const feeds = typed(feedDocument);
const playlists = typed(playlistDocument);
const playbacks = typed(playbackDocument);
const bans = typed(banDocument);
const summaries = typed(showSummary);
const stages = typed(stageDocument);
const leases = typed(leaseDocument);
const playlistRevisions = typed(playlistRevisionDocument);
const removedTracks = typed(removedTracksDocument);
const audienceCurves = typed(audienceCurveDocument);
const saves = typed(saveDocument);
const setlists = typed(setlistDocument);
const trackRequests = typed(trackRequestDocument);
const timelines = typed(timelineDocument);
const reports = typed(reportDocument);
const notices = typed(noticeDocument);
const notifications = typed(notificationDocument);
const notificationSettings = typed(notificationSettingsDocument);
const reminders = typed(reminderDocument);
const devices = typed(deviceDocument);
const suspensions = typed(suspensionDocument);
const admins = typed(adminDocument);
const confirmations = typed(confirmationDocument);
const audits = typed(auditDocument);
const allowances = typed(limitDocument);
const quotas = typed(quotaDocument);
const showSearches = typed(showSearchDocument);
const creatorSearches = typed(creatorSearchDocument);
const showIds = typed(showIdDocument);
const deletions = typed(deletionDocument);
const supportAccounts = typed(supportAccountDocument);
const payments = typed(paymentDocument);

/** Every document the server touches. The rules, triggers and client repeat these paths. */
export const usersRef = (db: Firestore) => users.collection(db, "users");
export const userRef = (db: Firestore, uid: string) => users.doc(db, `users/${uid}`);
export const accountRef = (db: Firestore, uid: string) =>
  accounts.doc(db, `users/${uid}/private/account`);
export const followRef = (db: Firestore, uid: string, creatorUid: string) =>
  follows.doc(db, `users/${uid}/following/${creatorUid}`);
export const inboxRef = (db: Firestore, uid: string) =>
  notifications.collection(db, `users/${uid}/inbox`);
export const notificationRef = (db: Firestore, uid: string, notificationId: string) =>
  notifications.doc(db, `users/${uid}/inbox/${notificationId}`);
export const notificationSettingsRef = (db: Firestore, uid: string) =>
  notificationSettings.doc(db, `users/${uid}/private/notifications`);
export const reminderRef = (db: Firestore, uid: string, showId: string) =>
  reminders.doc(db, `users/${uid}/reminders/${showId}`);
export const devicesRef = (db: Firestore) => devices.collection(db, "devices");
export const deviceRef = (db: Firestore, deviceId: string) =>
  devices.doc(db, `devices/${deviceId}`);
export const followsRef = (db: Firestore, uid: string) =>
  followLists.doc(db, `users/${uid}/private/follows`);
export const blockRef = (db: Firestore, uid: string, otherUid: string) =>
  blocks.doc(db, `users/${uid}/blocked/${otherUid}`);
export const hiddenRef = (db: Firestore, uid: string) =>
  hiddenPeople.doc(db, `users/${uid}/private/hidden`);
export const serviceWordsRef = (db: Firestore) => wordFilters.doc(db, "config/words");
export const showWordsRef = (db: Firestore, showId: string) =>
  wordFilters.doc(db, `shows/${showId}/filter/words`);
export const termsRef = (db: Firestore, uid: string) => terms.doc(db, `users/${uid}/private/terms`);
export const clientConfigRef = (db: Firestore) => clientConfigs.doc(db, "config/client");
export const sweepRef = (db: Firestore) => sweeps.doc(db, "sweeps/shows");
export const credentialsRef = (db: Firestore, uid: string) =>
  credentials.doc(db, `spotifyCredentials/${uid}`);
export const credentialsOfAll = (db: Firestore) => credentials.collection(db, "spotifyCredentials");
export const liveShowRef = (db: Firestore, creatorUid: string) =>
  liveShows.doc(db, `liveShows/${creatorUid}`);
export const showsRef = (db: Firestore) => shows.collection(db, "shows");
export const showRef = (db: Firestore, showId: string) => shows.doc(db, `shows/${showId}`);
export const participantsRef = (db: Firestore, showId: string) =>
  participants.collection(db, `shows/${showId}/participants`);
export const participantRef = (db: Firestore, showId: string, uid: string) =>
  participants.doc(db, `shows/${showId}/participants/${uid}`);
export const activityRef = (db: Firestore, showId: string, uid: string) =>
  activities.doc(db, `shows/${showId}/activity/${uid}`);
export const speakRequestsRef = (db: Firestore, showId: string) =>
  speakRequests.collection(db, `shows/${showId}/speakRequests`);
export const speakRequestRef = (db: Firestore, showId: string, uid: string) =>
  speakRequests.doc(db, `shows/${showId}/speakRequests/${uid}`);
export const songRequestsRef = (db: Firestore, showId: string) =>
  songRequests.collection(db, `shows/${showId}/songRequests`);
export const songRequestRef = (db: Firestore, showId: string, requestId: string) =>
  songRequests.doc(db, `shows/${showId}/songRequests/${requestId}`);
export const allSongVotesRef = (db: Firestore, showId: string) =>
  songVotes.collection(db, `shows/${showId}/songVotes`);
export const songVotesRef = (db: Firestore, showId: string, uid: string) =>
  songVotes.doc(db, `shows/${showId}/songVotes/${uid}`);
export const reactionsRef = (db: Firestore, showId: string) =>
  reactions.collection(db, `shows/${showId}/reactions`);
export const commentsRef = (db: Firestore, showId: string) =>
  comments.collection(db, `shows/${showId}/comments`);
export const commentRef = (db: Firestore, showId: string, commentId: string) =>
  comments.doc(db, `shows/${showId}/comments/${commentId}`);
export const feedRef = (db: Firestore, showId: string) =>
  feeds.doc(db, `shows/${showId}/feed/latest`);
export const playlistRef = (db: Firestore, showId: string) =>
  playlists.doc(db, `shows/${showId}/playlist/current`);
export const playbackRef = (db: Firestore, showId: string) =>
  playbacks.doc(db, `shows/${showId}/playback/now`);
export const timelineRef = (db: Firestore, showId: string, sequence: number) =>
  timelines.doc(db, `shows/${showId}/timeline/${sequence}`);
export const timelinesRef = (db: Firestore, showId: string) =>
  timelines.collection(db, `shows/${showId}/timeline`);
export const banRef = (db: Firestore, showId: string, uid: string) =>
  bans.doc(db, `shows/${showId}/bans/${uid}`);
export const savesRef = (db: Firestore, showId: string) =>
  saves.collection(db, `shows/${showId}/saves`);
export const setlistRef = (db: Firestore, showId: string) =>
  setlists.doc(db, `shows/${showId}/setlist/final`);
export const summaryRef = (db: Firestore, showId: string) =>
  summaries.doc(db, `shows/${showId}/summary/final`);
export const stagesRef = (db: Firestore) => stages.collection(db, "stages");
export const stageRef = (db: Firestore, showId: string) => stages.doc(db, `stages/${showId}`);
export const leasesRef = (db: Firestore, showId: string) =>
  leases.collection(db, `stages/${showId}/leases`);
export const leaseRef = (db: Firestore, showId: string, uid: string) =>
  leases.doc(db, `stages/${showId}/leases/${uid}`);
export const playlistRevisionRef = (db: Firestore, showId: string, revision: number) =>
  playlistRevisions.doc(db, `stages/${showId}/playlists/${revision}`);
export const removedTracksRef = (db: Firestore, showId: string, revision: number) =>
  removedTracks.doc(db, `stages/${showId}/removedTracks/${revision}`);
export const removedTracksOf = (db: Firestore, showId: string) =>
  removedTracks.collection(db, `stages/${showId}/removedTracks`);
export const audienceCurveRef = (db: Firestore, showId: string) =>
  audienceCurves.doc(db, `stages/${showId}/measures/audience`);
export const trackRequestRef = (db: Firestore, showId: string, requestId: string) =>
  trackRequests.doc(db, `stages/${showId}/trackRequests/${requestId}`);
export const reportRef = (db: Firestore, reportId: string) =>
  reports.doc(db, `reports/${reportId}`);
export const reportsRef = (db: Firestore) => reports.collection(db, "reports");
export const noticeRef = (db: Firestore, uid: string, noticeId: string) =>
  notices.doc(db, `users/${uid}/notices/${noticeId}`);
export const suspensionRef = (db: Firestore, uid: string) =>
  suspensions.doc(db, `suspensions/${uid}`);
export const suspensionsRef = (db: Firestore) => suspensions.collection(db, "suspensions");
export const adminRef = (db: Firestore, uid: string) => admins.doc(db, `admins/${uid}`);
export const adminsRef = (db: Firestore) => admins.collection(db, "admins");
export const confirmationRef = (db: Firestore, id: string) =>
  confirmations.doc(db, `confirmations/${id}`);
export const auditRef = (db: Firestore, id: string) => audits.doc(db, `audit/${id}`);
export const auditsRef = (db: Firestore) => audits.collection(db, "audit");
export const limitRef = (db: Firestore, limit: LimitName, hash: string) =>
  allowances.doc(db, `limits/${limit}_${hash}`);
export const showIdRef = (db: Firestore, showId: string) => showIds.doc(db, `showIds/${showId}`);
export const deletionsRef = (db: Firestore) => deletions.collection(db, "deletions");
export const deletionRef = (db: Firestore, uid: string) => deletions.doc(db, `deletions/${uid}`);
export const supportAccountsRef = (db: Firestore) =>
  supportAccounts.collection(db, "supportAccounts");
export const supportAccountRef = (db: Firestore, uid: string) =>
  supportAccounts.doc(db, `supportAccounts/${uid}`);
export const paymentsRef = (db: Firestore) => payments.collection(db, "payments");
export const paymentRef = (db: Firestore, supportId: string) =>
  payments.doc(db, `payments/${supportId}`);
export const quotaRef = (db: Firestore, uid: string) => quotas.doc(db, `quotas/${uid}`);
export const showSearchesRef = (db: Firestore) => showSearches.collection(db, "showSearch");
export const showSearchRef = (db: Firestore, showId: string) =>
  showSearches.doc(db, `showSearch/${showId}`);
export const creatorSearchRef = (db: Firestore, uid: string) =>
  creatorSearches.doc(db, `creatorSearch/${uid}`);
