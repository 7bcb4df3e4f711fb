import { type DocumentData, Timestamp } from "firebase/firestore";
import * as build from "../support/rules/builders.js";
import {
  creatorIn,
  everyone,
  optionsOf,
  personaOf,
  type Role,
  rolesIn,
  somebody,
  type Variant,
  variantOf,
  variants,
} from "./roles.js";
import { everyState, type Scene, type ShowState } from "./table.js";

export const songId = build.songId;

const anHourAgo = (): Timestamp => Timestamp.fromMillis(Date.now() - 3_600_000);
const tenMinutesAgo = (): Timestamp => Timestamp.fromMillis(Date.now() - 600_000);
export const inAWeek = (): Timestamp => Timestamp.fromMillis(Date.now() + 7 * 86_400_000);

export function showIdOf({ status, visibility }: ShowState, variant: Variant): string {
  return `${status}-${visibility}-${variant}`;
}

export function sceneOf(state: ShowState, role: Role): Scene {
  const variant = variantOf(role);
  const show = showIdOf(state, variant);
  return {
    ...state,
    me: role === "signed out" ? "spotify_nobody" : personaOf(role).uid,
    creator: personaOf(creatorIn[variant]).uid,
    show,
    busyShow: `${show}-busy`,
  };
}

/** Every seeded document: each person's account, and the shows of each state with their participants. */
export function seededDocuments(): ReadonlyMap<string, DocumentData> {
  const documents = new Map<string, DocumentData>();
  const put = (path: string, data: DocumentData): void => {
    documents.set(path, data);
  };
  putService(put);
  putAccount(put, somebody.uid, build.user(somebody));
  for (const role of everyone) if (role !== "signed out") putPerson(put, role);
  for (const state of everyState) {
    for (const variant of variants) {
      const showId = showIdOf(state, variant);
      putShow(put, showId, state, variant);
      putWhatIsInAShow(put, `shows/${showId}`);
      putShow(put, `${showId}-busy`, state, variant);
      for (const role of rolesIn(variant)) putOwnDocuments(put, `shows/${showId}-busy`, role);
    }
  }
  return documents;
}

type Put = (path: string, data: DocumentData) => void;

/** One document in each of the server's own collections. */
export const serverDocuments = [
  "liveShows/spotify_somebody",
  "stages/live-public-main",
  "stages/live-public-main/leases/spotify_listener",
  "stages/live-public-main/measures/audience",
  "stages/live-public-main/removedTracks/1",
  "quotas/spotify_somebody",
  "deletions/spotify_somebody",
  "showIds/used-before",
  "limits/signIn_somebody",
  "admins/spotify_admin",
  "suspensions/spotify_suspended",
  "confirmations/setAdmin_somebody",
  "devices/device",
  "spotifyCredentials/spotify_listener",
  "audioEvents/event",
  "config/words",
  "sweeps/shows",
] as const;

function putService(put: Put): void {
  for (const path of serverDocuments) put(path, { uid: somebody.uid, pattern: null });
  put("config/client", {
    minVersions: { ios: "1", android: "1", web: "1" },
    features: {},
    tags: ["soul", "talk"],
    termsVersion: 1,
  });
  put("reports/report", { reporterUid: somebody.uid, uid: "spotify_listener", reason: "rude" });
  put("audit/entry", { by: somebody.uid, action: "setAdmin" });
  put("showSearch/live-public-main", { prefixes: ["night"], rank: 0, at: anHourAgo() });
  put("creatorSearch/spotify_creator", { prefixes: ["cre"], followerCount: 0 });
  put("payments/of-others", {
    supporterUid: "spotify_nobody-1",
    creatorUid: somebody.uid,
    status: "paid",
  });
}

function putAccount(put: Put, uid: string, user: DocumentData): void {
  const home = `users/${uid}`;
  put(home, user);
  put(`${home}/private/account`, { spotifyId: uid, spotifyLinked: true });
  put(`${home}/private/terms`, {
    version: uid === personaOf("without terms").uid ? 0 : 1,
    ageBand: "adult",
  });
  put(`${home}/private/hidden`, { uids: hiddenFrom(uid) });
  put(`${home}/private/follows`, { uids: [] });
  put(`${home}/private/notifications`, {
    push: true,
    quietHours: null,
    timeZone: "Europe/Vienna",
    sent: { day: "2026-01-01", count: 1 },
  });
  put(`${home}/blocked/${personaOf("blocked").uid}`, { createdAt: anHourAgo() });
  put(`${home}/notices/notice`, { decision: "warning_given", at: anHourAgo() });
  put(`${home}/inbox/entry`, { kind: "live", createdAt: anHourAgo(), readAt: null });
  put(`${home}/reminders/reminded`, { showId: "reminded", createdAt: anHourAgo() });
  put(`${home}/following/${somebody.uid}`, { createdAt: anHourAgo(), creatorUid: somebody.uid });
  put(`supportAccounts/${uid}`, { accountId: "account" });
  for (const status of ["pending", "paid"]) {
    put(`payments/${status}-by-${uid}`, {
      supporterUid: uid,
      creatorUid: "spotify_nobody-1",
      status,
    });
    put(`payments/${status}-to-${uid}`, {
      supporterUid: "spotify_nobody-1",
      creatorUid: uid,
      status,
    });
  }
}

/** The creator and the blocked person are hidden from each other. */
function hiddenFrom(uid: string): readonly string[] {
  const creator = personaOf("creator").uid;
  const blocked = personaOf("blocked").uid;
  if (uid === creator) return [blocked];
  return uid === blocked ? [creator] : [];
}

function putPerson(put: Put, role: Role): void {
  const person = personaOf(role);
  putAccount(put, person.uid, build.user(person));
  if (optionsOf(role).isSuspended) {
    put(`suspensions/${person.uid}`, build.suspension(person, null));
  }
  if (role === "admin") put(`admins/${person.uid}`, { isAdmin: true });
  if (role === "former admin") put(`admins/${person.uid}`, { isAdmin: false });
}

function putShow(put: Put, showId: string, state: ShowState, variant: Variant): void {
  const creator = personaOf(creatorIn[variant]);
  const leader = variant === "away" ? personaOf("leading cohost") : creator;
  const owner = { creatorUid: creator.uid, creator: build.cardOf(creator) };
  const shapes = {
    draft: build.draftShow(owner),
    scheduled: build.scheduledShow(owner),
    live: build.liveShow({ ...owner, hostUid: leader.uid }),
    ended: build.endedShow({ ...owner, hostUid: leader.uid }),
    cancelled: build.scheduledShow({ ...owner, status: "cancelled" }),
  };
  put(`shows/${showId}`, { ...shapes[state.status], visibility: state.visibility });
  for (const role of rolesIn(variant)) {
    const person = personaOf(role);
    if (person.part === undefined) continue;
    put(
      `shows/${showId}/participants/${person.uid}`,
      build.participant(person, optionsOf(role).changes),
    );
  }
}

function putWhatIsInAShow(put: Put, show: string): void {
  put(`${show}/participants/${somebody.uid}`, build.participant(somebody));
  put(`${show}/comments/visible`, build.comment(somebody));
  put(`${show}/comments/hidden`, build.comment(somebody, { hidden: true }));
  put(
    `${show}/comments/hidden-by-an-admin`,
    build.comment(somebody, { hidden: true, hiddenByReport: "report" }),
  );
  put(`${show}/activity/${somebody.uid}`, { seenAt: tenMinutesAgo() });
  put(`${show}/speakRequests/${somebody.uid}`, build.speakRequest(somebody));
  put(`${show}/songRequests/${songId}`, build.songRequest(somebody));
  put(`${show}/songVotes/${somebody.uid}`, { requestIds: [], at: tenMinutesAgo() });
  put(`${show}/reactions/${somebody.uid}`, build.reactions());
  put(`${show}/saves/${somebody.uid}`, { opened: true, saved: false, at: tenMinutesAgo() });
  put(`${show}/feed/latest`, { audience: { listeners: 4 }, updatedAt: tenMinutesAgo() });
  put(`${show}/playlist/current`, build.playlist(3, { revision: 4 }));
  put(`${show}/playback/now`, build.playback({ by: somebody.uid }));
  put(`${show}/timeline/7`, build.playback({ by: somebody.uid }));
  const banned = personaOf("banned").uid;
  put(`${show}/bans/${banned}`, { uid: banned, by: somebody.uid, at: tenMinutesAgo(), reason: "" });
  put(`${show}/setlist/final`, { tracks: [] });
  put(`${show}/summary/final`, { durationMs: 1, peak: 9 });
  put(`${show}/filter/words`, { words: [], pattern: null });
}

/** Documents that people write themselves, old enough that the rules allow the next write. */
function putOwnDocuments(put: Put, show: string, role: Role): void {
  const person = personaOf(role);
  const { uid } = person;
  put(`${show}/comments/own-${uid}`, build.comment(person, { hidden: true }));
  put(`${show}/activity/${uid}`, { seenAt: tenMinutesAgo() });
  put(`${show}/speakRequests/${uid}`, build.speakRequest(person));
  put(`${show}/songRequests/open-${uid}`, build.songRequest(person));
  put(`${show}/songRequests/decided-${uid}`, build.songRequest(person, { status: "accepted" }));
  put(`${show}/songVotes/${uid}`, { requestIds: [], at: tenMinutesAgo() });
  put(`${show}/reactions/${uid}`, build.reactions());
  put(`${show}/saves/${uid}`, { opened: true, saved: false, at: tenMinutesAgo() });
}
