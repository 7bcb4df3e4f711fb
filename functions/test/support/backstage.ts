import { noReactions } from "../../src/contract/reactions.js";
import { getApps, initializeApp } from "firebase-admin/app";
import { getAuth } from "firebase-admin/auth";
import { getFirestore, Timestamp, type Firestore } from "firebase-admin/firestore";
import { randomUUID } from "node:crypto";
import { openApp, type App } from "../../../local/clientApp/app.js";
import { runningSuite } from "../../../test/support/suite.js";
import {
  feedRef,
  liveShowRef,
  participantRef,
  playbackRef,
  showRef,
  speakRequestRef,
  stageRef,
  userRef,
} from "../../src/collections.js";
import { arrivingParticipant } from "../../src/audience/arrivingParticipant.js";
import type { ParticipantDocument } from "../../src/contract/audience.js";
import type { PersonCard } from "../../src/contract/fields.js";
import { newStage } from "../../src/contract/newStage.js";
import { silentPlayback } from "../../src/contract/silentPlayback.js";
import type { SpeakRequestDocument } from "../../src/contract/stage.js";
import { defaultSettings, type ShowDocument, type ShowStatus } from "../../src/contract/shows.js";

/** Admin access, with which tests set the stage past the rules. */
const firebase =
  getApps()[0] ?? initializeApp({ projectId: process.env.GCLOUD_PROJECT ?? "demo-ambient" });
export const firestore: Firestore = getFirestore(firebase);
export const auth = getAuth(firebase);

/**
 * A database in its own project, where the emulated functions do not trigger. It suits tests of an
 * operation with its own clock.
 */
export function quietFirestore(projectId = `demo-quiet-${randomUUID().slice(0, 8)}`): Firestore {
  return getFirestore(initializeApp({ projectId }, randomUUID()));
}

export interface Person extends PersonCard {
  uid: string;
}

/** Creates a user with a profile, as after their first sign-in. */
export async function somebody(displayName: string, db = firestore): Promise<Person> {
  const uid = `spotify_${randomUUID()}`;
  const now = Timestamp.now();
  await userRef(db, uid).set({
    displayName,
    photoUrl: null,
    spotifyUrl: null,
    bio: "",
    links: [],
    followerCount: 0,
    createdAt: now,
    updatedAt: now,
  });
  return { uid, displayName, photoUrl: null };
}

/** Opens a person's app, signed in without Spotify. An admin's account has the claim as well. */
export async function appOf(
  { uid }: Person,
  claims: Readonly<Record<string, unknown>> = {},
): Promise<App> {
  const app = openApp(await runningSuite());
  await app.signIn(await auth.createCustomToken(uid, claims));
  if (claims.admin === true) await auth.setCustomUserClaims(uid, { admin: true });
  return app;
}

/** Creates a show in `status` with all the documents that such a show has. */
export async function showIn(
  status: ShowStatus,
  creator: Person,
  changes: Partial<ShowDocument> = {},
  db = firestore,
): Promise<string> {
  const showId = randomUUID();
  const now = Timestamp.now();
  const audience = { listeners: 0, peak: 0, countedAt: now };
  const started = status === "live" || status === "ended";
  const batch = db.batch();
  batch.set(showRef(db, showId), {
    creatorUid: creator.uid,
    creator: { displayName: creator.displayName, photoUrl: creator.photoUrl },
    title: "Night drive",
    description: "",
    visibility: "public",
    status,
    scheduledFor: status === "scheduled" ? Timestamp.fromMillis(Date.now() + 3_600_000) : null,
    createdAt: now,
    updatedAt: now,
    ...(started && {
      hostUid: creator.uid,
      startedAt: now,
      settings: defaultSettings,
      pinnedCommentId: null,
      commentFeed: "direct",
      audience,
    }),
    ...changes,
  });
  if (started) {
    batch.set(
      participantRef(db, showId, creator.uid),
      arrivingParticipant(creator.uid, creator, creator.uid, now),
    );
    batch.set(feedRef(db, showId), {
      audience,
      reactions: noReactions,
      pinned: null,
      digestSince: null,
      comments: [],
      songRequests: [],
      listenerMs: 0,
      updatedAt: now,
    });
    batch.set(playbackRef(db, showId), silentPlayback(creator.uid, now, 0, 0));
    batch.set(stageRef(db, showId), newStage(creator.uid));
  }
  if (status === "live") batch.set(liveShowRef(db, creator.uid), { showId });
  await batch.commit();
  return showId;
}

/** Adds a person to a show. */
export async function participantIn(
  showId: string,
  person: Person,
  changes: Partial<ParticipantDocument> = {},
  db = firestore,
): Promise<void> {
  await participantRef(db, showId, person.uid).set({
    ...arrivingParticipant(person.uid, person, "", Timestamp.now()),
    ...changes,
  });
}

/** Adds a person's request to speak, as the rules would allow it. */
export async function requestIn(
  showId: string,
  person: Person,
  changes: Partial<SpeakRequestDocument> = {},
  db = firestore,
): Promise<void> {
  await speakRequestRef(db, showId, person.uid).set({
    uid: person.uid,
    status: "pending",
    message: "",
    createdAt: Timestamp.now(),
    decidedAt: null,
    decidedBy: null,
    ...changes,
  });
}
