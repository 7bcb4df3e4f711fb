import { noReactions } from "../../src/contract/reactions.js";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { randomUUID } from "node:crypto";
import {
  banRef,
  liveShowRef,
  participantRef,
  playbackRef,
  feedRef,
  showRef,
  speakRequestRef,
  stageRef,
  summaryRef,
  userRef,
} from "../../src/collections.js";
import { arrivingParticipant } from "../../src/audience/arrivingParticipant.js";
import type { ParticipantDocument } from "../../src/contract/audience.js";
import { newStage } from "../../src/contract/newStage.js";
import { silentPlayback } from "../../src/contract/silentPlayback.js";
import { defaultSettings, type ShowStatus } from "../../src/contract/shows.js";
import type { SpeakRequestDocument } from "../../src/contract/stage.js";

interface Part {
  readonly place?: Partial<ParticipantDocument>;
  readonly request?: SpeakRequestDocument["status"];
  readonly isBanned?: true;
}

const cohost = { role: "cohost", canPublish: true } as const;
const invited = { invitedTo: "speaker" } as const;
const speaker = { role: "speaker", canPublish: true } as const;

/** Every part that a person can have in a show. */
const parts = {
  "creator": { place: { role: "creator", canPublish: true } },
  "cohost": { place: cohost },
  "another cohost": { place: cohost },
  "speaker": { place: speaker, request: "accepted" },
  "another speaker": { place: speaker, request: "accepted" },
  "listener": { place: {}, request: "pending" },
  "another listener": { place: {}, request: "pending" },
  "invited": { place: invited },
  "another invited": { place: invited },
  "left": { place: { state: "left" }, request: "cancelled" },
  "another left": { place: { state: "left" }, request: "cancelled" },
  "removed": { place: { state: "removed" } },
  "banned": { place: { state: "removed" }, isBanned: true },
  "another banned": { place: { state: "removed" }, isBanned: true },
  "stranger": {},
  "another stranger": {},
  "admin": {},
} as const satisfies Record<string, Part>;
export type PartName = keyof typeof parts;
const everyPart = Object.keys(parts).filter((name): name is PartName => name in parts);

export interface Cast {
  readonly showId: string;
  uid(name: PartName): string;
}

/** Who leads the show: the creator or, while they are absent, the cohost. */
export type Lead = "creator" | "cohost";

/**
 * Creates a show in `status` with its creator, its lead and a person in each of `names`, even in parts
 * that a real show could not have before it is live.
 */
export async function castOf(
  db: Firestore,
  status: ShowStatus,
  lead: Lead = "creator",
  names: readonly PartName[] = everyPart,
): Promise<Cast> {
  const showId = randomUUID();
  const now = Timestamp.now();
  const isOver = status === "ended";
  const audience = { listeners: 0, peak: 0, countedAt: now };
  const batch = db.batch();
  const uids = new Map<string, string>();
  const creatorUid = `spotify_${randomUUID()}`;
  for (const name of new Set<PartName>(["creator", lead, ...names])) {
    const part: Part = parts[name];
    const uid = name === "creator" ? creatorUid : `spotify_${randomUUID()}`;
    uids.set(name, uid);
    const card = { displayName: name, photoUrl: null };
    batch.set(userRef(db, uid), {
      ...card,
      spotifyUrl: null,
      bio: "",
      links: [],
      followerCount: 0,
      createdAt: now,
      updatedAt: now,
    });
    if (part.place) {
      const arrived = arrivingParticipant(uid, card, creatorUid, now);
      const isAway = name === "creator" && lead !== "creator";
      const place = { ...arrived, ...part.place, ...(isAway && { state: "left" as const }) };
      batch.set(participantRef(db, showId, uid), place);
    }
    if (part.request) {
      batch.set(speakRequestRef(db, showId, uid), {
        uid,
        status: part.request,
        message: "",
        createdAt: now,
        decidedAt: part.request === "accepted" ? now : null,
        decidedBy: part.request === "accepted" ? creatorUid : null,
      });
    }
    if (part.isBanned) {
      batch.set(banRef(db, showId, uid), { uid, by: creatorUid, at: now, reason: null });
    }
  }
  batch.set(showRef(db, showId), {
    creatorUid,
    creator: { displayName: "creator", photoUrl: null },
    title: "Night drive",
    description: "",
    visibility: "public",
    status,
    scheduledFor: null,
    settings: { ...defaultSettings, maxSpeakers: 20 },
    hostUid: uids.get(lead) ?? creatorUid,
    startedAt: now,
    audience,
    ...(isOver && { endedAt: now, endReason: "ended_by_host" }),
    createdAt: now,
    updatedAt: now,
  });
  batch.set(feedRef(db, showId), {
    audience,
    reactions: noReactions,
    comments: [],
    pinned: null,
    digestSince: null,
    songRequests: [],
    listenerMs: 0,
    updatedAt: now,
  });
  batch.set(playbackRef(db, showId), silentPlayback(creatorUid, now, 0, 0));
  batch.set(stageRef(db, showId), newStage(creatorUid));
  if (status === "live") batch.set(liveShowRef(db, creatorUid), { showId });
  if (isOver) {
    const nothing = { durationMs: 0, listeners: 0, peak: 0, comments: 0, tracksPlayed: 0 };
    batch.set(summaryRef(db, showId), { ...nothing, speakers: 1 });
  }
  await batch.commit();
  return {
    showId,
    uid(name) {
      const uid = uids.get(name);
      if (uid === undefined) throw new Error(`there is no part ${name}`);
      return uid;
    },
  };
}
