import { deleteField, type DocumentData, serverTimestamp, Timestamp } from "firebase/firestore";
import { ada, everybody, gus, type Persona } from "./personas.js";
import { given, merge, set, type Write } from "./world.js";

export const showId = "show-1";
export const commentId = "comment-1";
export const songId = "5W3cjX2J3tjhG8zb6u0qHn";

/** The paths of all documents that the rules cover. */
export const paths = {
  user: ({ uid }: Persona) => `users/${uid}`,
  account: ({ uid }: Persona) => `users/${uid}/private/account`,
  terms: ({ uid }: Persona) => `users/${uid}/private/terms`,
  blocked: (blocker: Persona, other: Persona) => `users/${blocker.uid}/blocked/${other.uid}`,
  follows: ({ uid }: Persona) => `users/${uid}/private/follows`,
  hidden: (owner: Persona) => `users/${owner.uid}/private/hidden`,
  following: (follower: Persona, creator: Persona) =>
    `users/${follower.uid}/following/${creator.uid}`,
  credentials: ({ uid }: Persona) => `spotifyCredentials/${uid}`,
  notice: ({ uid }: Persona, id = "notice-1") => `users/${uid}/notices/${id}`,
  admin: ({ uid }: Persona) => `admins/${uid}`,
  suspension: ({ uid }: Persona) => `suspensions/${uid}`,
  showSearch: (id = showId) => `showSearch/${id}`,
  creatorSearch: ({ uid }: Persona) => `creatorSearch/${uid}`,
  quota: ({ uid }: Persona) => `quotas/${uid}`,
  show: (id = showId) => `shows/${id}`,
  participant: ({ uid }: Persona, show = showId) => `shows/${show}/participants/${uid}`,
  activity: ({ uid }: Persona, show = showId) => `shows/${show}/activity/${uid}`,
  speakRequest: ({ uid }: Persona, show = showId) => `shows/${show}/speakRequests/${uid}`,
  songRequest: (id = songId) => `shows/${showId}/songRequests/${id}`,
  songVotes: ({ uid }: Persona) => `shows/${showId}/songVotes/${uid}`,
  comment: (id = commentId, show = showId) => `shows/${show}/comments/${id}`,
  reactions: ({ uid }: Persona) => `shows/${showId}/reactions/${uid}`,
  feed: `shows/${showId}/feed/latest`,
  playlist: `shows/${showId}/playlist/current`,
  playback: `shows/${showId}/playback/now`,
  timeline: (sequence: number) => `shows/${showId}/timeline/${sequence}`,
  ban: ({ uid }: Persona) => `shows/${showId}/bans/${uid}`,
  saves: ({ uid }: Persona) => `shows/${showId}/saves/${uid}`,
  setlist: `shows/${showId}/setlist/final`,
  summary: `shows/${showId}/summary/final`,
} as const;

export const now = serverTimestamp;
export const gone = deleteField;

/**
 * Seconds before now; negative values lie in the future. Keep a clear distance from zero: the
 * test's clock and the emulator's may agree to the millisecond.
 */
export function secondsAgo(seconds: number): Timestamp {
  return Timestamp.fromMillis(Date.now() - seconds * 1000);
}

export function inAnHour(): Timestamp {
  return secondsAgo(-3600);
}

export function anHourAgo(): Timestamp {
  return secondsAgo(3600);
}

export function without(data: DocumentData, key: string): DocumentData {
  return Object.fromEntries(Object.entries(data).filter(([name]) => name !== key));
}

export function cardOf({ displayName, photoUrl }: Persona): DocumentData {
  return { displayName, photoUrl };
}

export function user(person: Persona): DocumentData {
  return {
    ...cardOf(person),
    spotifyUrl: `https://open.spotify.com/user/${person.uid}`,
    bio: "",
    links: [],
    followerCount: 0,
    createdAt: anHourAgo(),
    updatedAt: anHourAgo(),
  };
}

/** A suspension as the server stores it. With null it is for good. */
export function suspension(person: Persona, until: Timestamp | null): DocumentData {
  return {
    uid: person.uid,
    reportId: "report-1",
    by: "operator",
    reason: "fraud",
    at: anHourAgo(),
    until,
    isApplied: true,
  };
}

export function settings(changes: DocumentData = {}): DocumentData {
  return {
    commentsEnabled: true,
    slowModeSeconds: 0,
    speakRequestsOpen: true,
    maxSpeakers: 5,
    ...changes,
  };
}

/** The document that an app writes to create a show. */
export function newDraft(changes: DocumentData = {}): DocumentData {
  return {
    creatorUid: ada.uid,
    creator: cardOf(ada),
    title: "Night shift",
    visibility: "public",
    status: "draft",
    createdAt: now(),
    updatedAt: now(),
    ...changes,
  };
}

/** A draft as stored in the database. */
export function draftShow(changes: DocumentData = {}): DocumentData {
  return newDraft({
    description: "Slow songs",
    scheduledFor: null,
    settings: settings(),
    createdAt: anHourAgo(),
    updatedAt: anHourAgo(),
    ...changes,
  });
}

export function scheduledShow(changes: DocumentData = {}): DocumentData {
  return draftShow({ status: "scheduled", scheduledFor: inAnHour(), ...changes });
}

export function liveShow(changes: DocumentData = {}): DocumentData {
  return scheduledShow({
    status: "live",
    hostUid: ada.uid,
    startedAt: anHourAgo(),
    pinnedCommentId: null,
    commentFeed: "direct",
    audience: { listeners: 4, peak: 9, countedAt: secondsAgo(60) },
    playlist: { id: "playlist-1", name: "Slow", imageUrl: null, trackCount: 3 },
    ...changes,
  });
}

export function endedShow(changes: DocumentData = {}): DocumentData {
  return liveShow({
    status: "ended",
    endedAt: secondsAgo(60),
    endReason: "ended_by_host",
    ...changes,
  });
}

export function participant(person: Persona, changes: DocumentData = {}): DocumentData {
  const role = person.part?.role ?? "listener";
  const state = person.part?.state ?? "present";
  return {
    uid: person.uid,
    role,
    ...cardOf(person),
    state,
    joinedAt: anHourAgo(),
    leftAt: state === "present" ? null : secondsAgo(600),
    canPublish: state === "present" && role !== "listener",
    invitedTo: null,
    ...changes,
  };
}

export function comment(author: Persona, changes: DocumentData = {}): DocumentData {
  return {
    authorUid: author.uid,
    author: cardOf(author),
    text: "Good evening",
    createdAt: secondsAgo(600),
    hidden: false,
    ...changes,
  };
}

/** The document that an app writes to comment. */
export function newComment(author: Persona, changes: DocumentData = {}): DocumentData {
  return comment(author, { createdAt: now(), ...changes });
}

export function stamp(id = commentId): DocumentData {
  return { lastCommentAt: now(), lastCommentId: id };
}

/** A comment and its stamp, which must be written in one batch. */
export function commentBatch(
  author: Persona,
  changes: DocumentData = {},
  id = commentId,
): readonly [Write, Write] {
  return [
    set(paths.comment(id), newComment(author, changes)),
    merge(paths.activity(author), stamp(id)),
  ];
}

/**
 * The document that an app writes to react: running totals, with five more claps than `reactions`.
 */
export function newReactions(changes: DocumentData = {}): DocumentData {
  return reactions({ clap: 45, at: now(), ...changes });
}

/** A person's totals as stored in the database. */
export function reactions(changes: DocumentData = {}): DocumentData {
  return { clap: 40, heart: 3, fire: 2, laugh: 1, wow: 0, at: secondsAgo(60), ...changes };
}

/** The document that an app writes to ask for the stage. */
export function newSpeakRequest(person: Persona, changes: DocumentData = {}): DocumentData {
  return { uid: person.uid, status: "pending", message: "Me!", createdAt: now(), ...changes };
}

/** A speak request as stored in the database. */
export function speakRequest(person: Persona, changes: DocumentData = {}): DocumentData {
  return newSpeakRequest(person, {
    createdAt: secondsAgo(600),
    decidedAt: null,
    decidedBy: null,
    ...changes,
  });
}

/** A song request as stored in the database. */
export function songRequest(person: Persona, changes: DocumentData = {}): DocumentData {
  return {
    track: track(1),
    requestedBy: person.uid,
    createdAt: secondsAgo(600),
    status: "open",
    decidedAt: null,
    decidedBy: null,
    ...changes,
  };
}

/** The document that an app writes to vote. */
export function newSongVotes(requestIds: unknown, changes: DocumentData = {}): DocumentData {
  return { requestIds, at: now(), ...changes };
}

export function track(index: number): DocumentData {
  return {
    uri: `spotify:track:${index}`,
    name: `Track ${index}`,
    artists: ["Somebody"],
    durationMs: 180_000,
    imageUrl: null,
    explicit: false,
  };
}

export function playlist(length: number, changes: DocumentData = {}): DocumentData {
  return { revision: 4, tracks: Array.from({ length }, (_, index) => track(index)), ...changes };
}

export function playback(changes: DocumentData = {}): DocumentData {
  return {
    mode: "music",
    trackUri: "spotify:track:0",
    trackIndex: 0,
    positionMs: 0,
    paused: false,
    at: secondsAgo(30),
    by: ada.uid,
    sequence: 7,
    playlistRevision: 4,
    ...changes,
  };
}

/** Writes a show with every persona in their place, but without comments, requests or music. */
export async function givenShow(show: DocumentData = liveShow()): Promise<void> {
  const documents: Record<string, DocumentData> = {
    [paths.show()]: show,
    [paths.ban(gus)]: { uid: gus.uid, by: ada.uid, at: secondsAgo(600), reason: "spam" },
  };
  for (const person of everybody) {
    documents[paths.user(person)] = user(person);
    if (person.part !== undefined) documents[paths.participant(person)] = participant(person);
  }
  await given(documents);
}

export async function givenUsers(): Promise<void> {
  await given(Object.fromEntries(everybody.map((person) => [paths.user(person), user(person)])));
}
